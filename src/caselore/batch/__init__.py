"""Many reports: cut into shards, read side by side, kept as Parquet files in a lake."""
