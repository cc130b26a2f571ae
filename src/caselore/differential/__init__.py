"""Which diagnoses fit a set of stains, how strongly, by which published figures; and which stain to do next."""
