"""Agreement between two sets of review rows."""
