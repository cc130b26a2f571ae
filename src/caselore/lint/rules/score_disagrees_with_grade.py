"""The FNCLCC score and the grade, or the score and its parts, do not agree.

What it finds: "FNCLCC grade 2 (score 6)", "differentiation 2 + mitoses 1 + necrosis 1 = 5".
Why it matters: the grade is the strongest predictor that a report of a sarcoma has.
Example: "classified as grade 2 (3 + 2 + 1 = 6)".
What it leaves alone: other grading systems. Scores 2-3 are grade 1, 4-5 grade 2, 6-8 grade 3 (Trojani 1984; Coindre 2006).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from caselore.lint.checked import Checked
from caselore.lint.rule import Finding, Rule, found
from caselore.model.diagnostic import Severity

_GRADES = {2: 1, 3: 1, 4: 2, 5: 2, 6: 3, 7: 3, 8: 3}
_ROMAN = {"i": 1, "ii": 2, "iii": 3}
_NEAR = re.compile(r"FNCLCC|French|Trojani|\bscore\b", re.I)
_GRADE = r"grade\s?(?P<grade>[1-3]|I{1,3})\b"
_SCORE = r"(?:total\s)?score\s?(?:of|was|:|=)?\s?(?P<score>[2-8])\b(?!\s?(?:/|out of)?\s?(?:[Gg]y|%))"
_PAIRS = (re.compile(rf"{_GRADE}[^.;]{{0,40}}?{_SCORE}", re.I), re.compile(rf"{_SCORE}[^.;]{{0,40}}?{_GRADE}", re.I))
_SUM = re.compile(r"\b([1-3])\s?\+\s?([0-3])\s?\+\s?([0-3])\s?=\s?([2-9])\b")


def check(checked: Checked) -> Iterator[Finding]:
    for view in checked.sentences:
        if not _NEAR.search(view.text):
            continue
        for match in (m for pattern in _PAIRS for m in pattern.finditer(view.text)):
            score, grade = int(match["score"]), match["grade"].lower()
            told = _ROMAN.get(grade) or int(grade)
            if _GRADES[score] != told:
                message = f"A score of {score} is FNCLCC grade {_GRADES[score]}, not {told}."
                yield found(message, (checked.place(view.place(match)),))
        for match in _SUM.finditer(view.text):
            parts = [int(match[i]) for i in (1, 2, 3)]
            if sum(parts) != int(match[4]):
                message = f"{parts[0]} + {parts[1]} + {parts[2]} is {sum(parts)}, not {match[4]}."
                yield found(message, (checked.place(view.place(match)),))


RULE = Rule(code="CL302", severity=Severity.ERROR, check=check)
