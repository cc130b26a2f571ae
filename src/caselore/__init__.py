"""caselore: published case reports to comparable patients, every fact with the words it came from."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from caselore.service import read, read_text, rows

__all__ = ["read", "read_text", "rows"]
__version__ = "0.1.0"


def __getattr__(name: str) -> Any:
    """The verbs are loaded when one is first used: they need half a second that `caselore --help` does not have."""
    if name in __all__:
        return getattr(import_module("caselore.service"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
