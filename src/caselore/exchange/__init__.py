"""Reports and review rows in the formats of others."""
