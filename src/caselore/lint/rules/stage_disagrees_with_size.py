"""The T category does not fit the size.

What it finds: a sarcoma of 5.4 cm called T1 where T1 ends at 5 cm.
Why it matters: T category and stage decide treatment and inclusion in trials.
Example: "The recurrence measured 5.4 x 3.9 x 1.9 cm (pT1b)."
What it leaves alone: T3 and T4; tumours whose T category does not go by size; sizes of other lesions; what one edition of
the classification allows.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from tomllib import loads

import msgspec

from caselore.lint.checked import Checked, facts, places
from caselore.lint.rule import Finding, Rule, found
from caselore.model.diagnostic import Severity
from caselore.topics.diagnosis import Diagnosis
from caselore.topics.lesion_size import LesionSize
from caselore.topics.staging import Tnm

_T = re.compile(r"T([12])(?!\d)")


class Limits(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Largest T1 and, where T2 goes by size, smallest T2, in mm; None where it does not."""

    tumours: str
    largest_t1: float
    smallest_t2: float | None = None


@cache
def _limits() -> tuple[tuple[re.Pattern[str], Limits], ...]:
    table = loads((files(__package__) / "stage_disagrees_with_size.toml").read_text(encoding="utf-8"))
    limits = msgspec.convert(table["family"], list[Limits])
    return tuple((re.compile(one.tumours, re.IGNORECASE), one) for one in limits)


def check(checked: Checked) -> Iterator[Finding]:
    for case in checked.own:
        names = " ".join(f.value.label for f in facts(case, Diagnosis) if f.value.status in ("final", "named"))
        limits = next((limits for pattern, limits in _limits() if pattern.search(names)), None)
        for tnm in facts(case, Tnm) if limits else ():
            match = _T.search(tnm.value.code)
            sizes = [f for f in facts(case, LesionSize) if f.value.of == "tumour" and f.phase is tnm.phase]
            wrong = [
                size for size in sizes if match and limits and not _fits(int(match[1]), size.value.largest, limits)
            ]
            if wrong and len(wrong) == len(sizes):
                message = f"{tnm.value.code} does not fit a tumour of {wrong[0].value.largest / 10:g} cm."
                yield found(message, places([tnm]), places(wrong))


def _fits(category: int, largest: float, limits: Limits) -> bool:
    if category == 1:
        return largest <= limits.largest_t1
    return limits.smallest_t2 is None or largest > limits.smallest_t2


RULE = Rule(code="CL301", severity=Severity.ERROR, check=check)
