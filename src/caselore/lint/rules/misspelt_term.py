"""A technical term that is misspelt, or another word than the one that must be meant.

What it finds: "H-calmodulin" for h-caldesmon, "dura matter", "Ebstein-Barr", "metastasises", "fibular sarcoma".
Why it matters: searches miss the report, and calmodulin is another protein.
Example: "The dura matter was infiltrated."
What it leaves alone: British and American spellings; names that only look alike.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from tomllib import loads

from caselore.lint.checked import Checked
from caselore.lint.rule import Finding, Rule, found
from caselore.model.diagnostic import Severity


def check(checked: Checked) -> Iterator[Finding]:
    for view in checked.sentences:
        for match in _pattern().finditer(view.text):
            meant = next(right for wrong, right in _spellings() if wrong.fullmatch(match[0]))
            yield found(f"{match[0]!r} should probably be {meant!r}.", (checked.place(view.place(match)),))


@cache
def _spellings() -> tuple[tuple[re.Pattern[str], str], ...]:
    table = loads((files(__package__) / "misspelt_term.toml").read_text(encoding="utf-8"))
    return tuple(
        (re.compile(wrong, re.IGNORECASE), right) for right, forms in table["terms"].items() for wrong in forms
    )


@cache
def _pattern() -> re.Pattern[str]:
    return re.compile(r"\b(?:" + "|".join(wrong.pattern for wrong, _ in _spellings()) + r")\b", re.IGNORECASE)


RULE = Rule(code="CL701", severity=Severity.WARNING, check=check)
