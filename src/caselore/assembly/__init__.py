"""Facts to cases: whose fact it is, facts said twice, the order of events, the review row."""
