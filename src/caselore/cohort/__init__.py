"""Cohorts from review rows: selection, times to an event, curves, proportions."""
