"""The side is said twice in one name, where once is meant, or the second stands for the other side.

What it finds: "the left posterior horn of the left lateral ventricle".
Why it matters: a doubled side is often what is left of a correction, and one of the two may be wrong.
Example: "a lesion in the right temporal pole of the right hemisphere".
What it leaves alone: two places with a side each ("the left lung and the left pleura").
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from caselore.lint.checked import Checked
from caselore.lint.rule import Finding, Rule, found
from caselore.model.diagnostic import Severity

_TWICE = re.compile(
    r"\b(?P<side>left|right)\s(?:[a-z-]+\s){1,3}of\s(?:the\s)?(?P<again>left|right)\s(?:[a-z-]+)", re.IGNORECASE
)


def check(checked: Checked) -> Iterator[Finding]:
    for view in checked.sentences:
        for match in view.find(_TWICE):
            yield found(f"The side is said twice: {match[0]!r}.", (checked.place(view.place(match)),))


RULE = Rule(code="CL105", severity=Severity.NOTE, check=check)
