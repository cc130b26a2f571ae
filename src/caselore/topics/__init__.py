"""Clinical topics: one file of code and one of terms each, found by discovery."""
