"""What goes wrong when a file is read, in one plain sentence that a user can act on."""


class UnreadableReport(ValueError):
    """The file holds no text that can be read as a report."""


class NothingToRead(ValueError):
    """A path does not exist or holds no report; the message is a sentence for the user."""
