"""What is checked in a report: whether it is complete."""
