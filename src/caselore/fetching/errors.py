"""What goes wrong on the way to an article, in one plain sentence that a user can act on."""

from __future__ import annotations


class FetchFailed(RuntimeError):
    """A service does not give what was asked for."""


class NotThere(FetchFailed):
    """The service works and says that it does not have it."""


class WrongIdentifier(ValueError):
    """Something that is no identifier of an article."""
