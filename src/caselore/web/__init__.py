"""The web application: read, check, correct, compare. Handlers parse, call the service and render; nothing is decided here."""
