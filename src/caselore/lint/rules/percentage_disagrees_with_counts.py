"""A percentage that its own numbers do not make.

What it finds: "8 of 40 (35%)", "40 of 3,829, less than 1%", "92% of 16 patients" (no whole number of 16 gives 92%: GRIM).
Why it matters: rates go from paper to paper; nobody recomputes them.
Example: "Recurrence was seen in 12 of 30 patients (60%)."
What it leaves alone: rounding to the printed digits; percentages of something else in the same sentence.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from caselore.lint.checked import Checked
from caselore.lint.rule import Finding, Rule, found
from caselore.model.diagnostic import Severity

_N = r"(\d{1,3}(?:,\d{3})+|\d{1,6})"
_OF = r"(?:of|out of|/|in|from among|among)"
_COUNTED = re.compile(
    rf"(?<![\d./])(?P<part>{_N})\s?(?:(?:patients?|cases?|tumou?rs?|lesions?)\s)?{_OF}\s?(?:the\s|all\s|these\s)?"
    rf"(?P<whole>{_N})(?![\d./])"
    r"(?P<between>[^.;,%()]{0,40}?)[\s(=:]*(?:,\s?(?=less|more|under|over|or\s))?(?:or\s)?"
    r"(?P<less>less than\s|under\s|<\s?|more than\s|over\s|>\s?)?"
    r"(?P<percent>\d{1,3}(?:\.\d{1,2})?)\s?(?:%|per ?cent)",
    re.I,
)
_PERCENT_FIRST = re.compile(
    rf"(?<![\d.])(?P<percent>\d{{1,3}}(?:\.\d{{1,2}})?)\s?(?:%|percent)\s?\(\s?(?P<part>{_N})\s?{_OF}\s?(?:the\s)?(?P<whole>{_N})(?![\d./])",
    re.I,
)


def check(checked: Checked) -> Iterator[Finding]:
    for view in checked.sentences:
        if "%" not in view.text and "cent" not in view.text:
            continue
        for pattern in (_COUNTED, _PERCENT_FIRST):
            for match in pattern.finditer(view.text):
                message = _wrong(match)
                if message:
                    yield found(message, (checked.place(view.place(match)),))


def _wrong(match: re.Match[str]) -> str | None:
    part, whole = (int(match[name].replace(",", "")) for name in ("part", "whole"))
    if whole == 0 or part > whole or whole in range(1900, 2100):
        return None
    printed, real = float(match["percent"]), 100 * part / whole
    bound = (match.groupdict().get("less") or "").strip().lower()
    if bound in ("less than", "under", "<"):
        wrong = real >= printed
    elif bound:
        wrong = real <= printed
    else:
        decimals = len(match["percent"].partition(".")[2])
        wrong = abs(real - printed) > (1.0 if decimals == 0 else 10**-decimals)
    return (
        f"{part} of {whole} is {real:.3g}%, not {bound + ' ' if bound else ''}{match['percent']}%." if wrong else None
    )


RULE = Rule(code="CL401", severity=Severity.ERROR, check=check)
