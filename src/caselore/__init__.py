"""caselore: published case reports to comparable patients, every fact with the words it came from."""

from caselore.service import read, read_text, rows

__all__ = ["read", "read_text", "rows"]
__version__ = "0.1.0"
