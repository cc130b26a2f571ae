"""One module for each kind of page that is generated: `docs/build_reference.py` writes them all."""
