"""Bytes to Document: one file per format, and the normalisation, sections and sentences that all share."""
