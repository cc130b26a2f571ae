"""How facts become columns of the review row: one file per group, each with a `COLUMNS` mapping found by discovery."""
