"""A number that its scale does not have.

What it finds: Ki-67 of 130%, Karnofsky 85 or 110, Glasgow Coma Scale 2 or 16, muscle power 6/5, 31 February, FNCLCC grade 4.
Why it matters: a value that cannot be is a slip for one that can.
Example: "GCS was 17 on admission."
What it leaves alone: ranges between two steps of a scale, values of other scales.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from functools import cache
from importlib.resources import files
from tomllib import loads

import msgspec

from caselore.lint.checked import Checked
from caselore.lint.rule import Finding, Rule, found
from caselore.model.diagnostic import Severity


class Scale(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    name: str
    before: str
    behind: str
    low: int
    high: int
    step: int


@cache
def _scales() -> tuple[tuple[Scale, re.Pattern[str]], ...]:
    table = loads((files(__package__) / "value_out_of_bounds.toml").read_text(encoding="utf-8"))
    scales = msgspec.convert(table["scale"], list[Scale])
    return tuple((one, re.compile(rf"\b{one.before}(?<![\d./-])(?P<n>\d{{1,3}}){one.behind}", re.I)) for one in scales)


_MONTHS = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
]
_MONTH = "|".join(f"{name[:3]}(?:{name[3:]})?" if name[3:] else name for name in _MONTHS)
_DATES = (
    re.compile(
        rf"\b(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\s(?:of\s)?(?P<month>{_MONTH})\.?,?\s(?P<year>(?:19|20)\d\d)\b", re.I
    ),
    re.compile(rf"\b(?P<month>{_MONTH})\.?\s(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,?\s(?P<year>(?:19|20)\d\d)\b", re.I),
)


def check(checked: Checked) -> Iterator[Finding]:
    for view in checked.sentences:
        for scale, pattern in _scales():
            for match in pattern.finditer(view.text):
                value = int(match["n"])
                if not scale.low <= value <= scale.high or value % scale.step:
                    steps = f" in steps of {scale.step}" if scale.step > 1 else ""
                    message = f"{scale.name} goes from {scale.low} to {scale.high}{steps}; {value} cannot be."
                    yield found(message, (checked.place(view.place(match)),))
        for match in (m for pattern in _DATES for m in pattern.finditer(view.text)):
            month = next(n for n, name in enumerate(_MONTHS, 1) if name.startswith(match["month"].lower()[:3]))
            try:
                date(int(match["year"]), month, int(match["day"]))
            except ValueError:
                yield found(f"There is no {match[0]}.", (checked.place(view.place(match)),))


RULE = Rule(code="CL303", severity=Severity.ERROR, check=check)
