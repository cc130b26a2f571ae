"""What a casebook refuses; every message is one sentence for the user."""


class CasebookUnusable(Exception):
    """The database cannot be opened as a casebook."""


class NotInCasebook(LookupError):
    """A report or a patient that is not there."""


class DecisionRefused(ValueError):
    """A decision that cannot be taken: an unknown column, a wrong value, a quote that the report does not hold."""


class Outdated(Exception):
    """Somebody decided on the same cell in the meantime; `theirs` is the newer decision."""

    def __init__(self, message: str, theirs: object) -> None:
        super().__init__(message)
        self.theirs = theirs
