"""A linter for case reports: rules that find what contradicts itself, and checklists of what should be there."""
