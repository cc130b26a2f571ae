"""The casebook: reports, their patients, and what people decided about each value, in SQLite or PostgreSQL."""
