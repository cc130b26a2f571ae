"""The version that every JSON of caselore carries: it changes with what a reader of that JSON must know."""

SCHEMA_VERSION = "1"
