"""Total dose, number of fractions and dose per fraction do not agree.

What it finds: "60 Gy in 25 fractions of 2 Gy".
Why it matters: dose and fractionation make the biologically effective dose; one wrong number makes it wrong.
Example: "She received 50.4 Gy in 30 fractions of 1.8 Gy."
What it leaves alone: rounding in the last printed digit; boosts that are told beside; ranges; two numbers only, unless the
dose per fraction that follows is not given in tenths of a gray by anybody (61.8 Gy in 34 fractions is 1.818 Gy).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from caselore.lint.checked import Checked
from caselore.lint.rule import Finding, Rule, found
from caselore.model.diagnostic import Severity

_N = r"(\d{1,3}(?:[.,]\d{1,2})?)"
_TOTAL_FIRST = re.compile(
    rf"(?P<total>{_N})\s?Gy\b[^.;]{{0,40}}?\(?(?P<fractions>\d{{1,2}})\s?(?:daily\s|equal\s)?(?:fractions?|fx)\b"
    rf"(?:[^.;]{{0,25}}?(?P<each>{_N})\s?Gy\b(?!\s?boost))?",
    re.I,
)
_EACH_FIRST = re.compile(
    rf"(?P<total>{_N})\s?Gy\b[^.;]{{0,40}}?(?P<each>{_N})\s?Gy\s?(?:/|per|a|each|daily)\s?(?:fraction|fx|day)?[^.;]{{0,20}}?(?P<fractions>\d{{1,2}})\s?(?:fractions?|fx)\b",
    re.I,
)
_PRODUCT = re.compile(
    rf"(?P<fractions>\d{{1,2}})\s?(?:fractions?\s?of|x|×)\s?(?P<each>{_N})\s?Gy\b[^.;]{{0,30}}?(?:total(?:\s\w+){{0,3}}?\s|=\s?|to\s)(?P<total>{_N})\s?Gy",
    re.I,
)
_BOOST = re.compile(r"\bboost\b|\bfollowed by\b|\bto\s?$|[-–]\s?$", re.I)
_USUAL_PER_FRACTION = (0.9, 40.0)
"""From hyperfractionation to a single radiosurgical dose."""


def check(checked: Checked) -> Iterator[Finding]:
    for view in checked.sentences:
        if "Gy" not in view.text:
            continue
        for pattern in (_EACH_FIRST, _PRODUCT, _TOTAL_FIRST):
            match = next((m for m in pattern.finditer(view.text) if not _BOOST.search(m[0])), None)
            if match:
                finding = _finding(match)
                if finding:
                    yield found(finding, (checked.place(view.place(match)),))
                break


def _finding(match: re.Match[str]) -> str | None:
    total, fractions = _number(match["total"]), int(match["fractions"])
    each = _number(match["each"]) if match["each"] else None
    if fractions == 0:
        return "A dose in 0 fractions cannot be."
    if each is not None:
        if each >= total:
            return None
        rounding = 0.005 if _decimals(match["each"]) > 1 else 0.05
        slack = fractions * rounding + 0.5 * 10 ** -_decimals(match["total"])
        product = fractions * each
        return (
            f"{fractions} fractions of {each:g} Gy are {product:g} Gy, not {total:g}."
            if abs(product - total) > slack
            else None
        )
    return (
        None
        if _is_usual(total / fractions, total, fractions)
        else (
            f"{total:g} Gy in {fractions} fractions is {total / fractions:.3f} Gy a fraction, which nobody prescribes."
        )
    )


def _is_usual(each: float, total: float, fractions: int) -> bool:
    """Whether some dose per fraction in twentieths of a gray gives the total as printed."""
    low, high = _USUAL_PER_FRACTION
    nearest = round(each * 20) / 20
    return low <= each <= high and abs(nearest * fractions - total) <= 0.051 + 0.004 * total * (each > 2.2)


def _number(text: str) -> float:
    return float(text.replace(",", "."))


def _decimals(text: str) -> int:
    return len(re.split(r"[.,]", text)[1]) if re.search(r"[.,]", text) else 0


RULE = Rule(code="CL304", severity=Severity.ERROR, check=check)
