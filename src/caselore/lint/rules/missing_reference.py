"""A citation number that the reference list does not have.

What it finds: "[31]" in a report whose list ends at 28.
Why it matters: the claim cannot be traced; the numbering is off by an unknown number of entries.
Example: "Similar cases are known [44]." above a list of 20.
What it leaves alone: reports without a numbered list, lists that were cut off, numbers in brackets that are no citations.
"""

from __future__ import annotations

from collections.abc import Iterator

from caselore.lint.checked import Checked
from caselore.lint.rule import Finding, Rule, found
from caselore.model.diagnostic import Severity
from caselore.reading.references import read_references

_FEWEST = 3
"""A shorter list may be what is left of a longer one."""


def check(checked: Checked) -> Iterator[Finding]:
    listed = [entry.number for entry in read_references(checked.report.document) if entry.number]
    if len(listed) < _FEWEST or len(listed) < 0.8 * max(listed):
        return
    last = max(listed)
    for view in checked.sentences:
        for mark in view.citations:
            beyond = [number for number in mark.numbers if number > last]
            if beyond and checked.reading.document.text[mark.span.start : mark.span.end].strip().startswith("["):
                yield found(f"Reference {beyond[0]} is cited; the list ends at {last}.", (checked.place(mark.span),))


RULE = Rule(code="CL703", severity=Severity.WARNING, check=check)
