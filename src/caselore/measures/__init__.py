"""Harmonised numbers: one measure a file, with its parameters, dates and sources in a TOML file beside it."""
