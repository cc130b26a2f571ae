"""What goes wrong when a file is read, in one plain sentence that a user can act on."""


class UnreadableReport(ValueError):
    """The file holds no text that can be read as a report."""
