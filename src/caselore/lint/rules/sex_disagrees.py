"""A patient is told as a man and as a woman.

What it finds: "a 40-year-old man ... the woman was discharged", a pronoun of the other sex, a hysterectomy in a man.
Why it matters: sex is in every table of cases, and a wrong pronoun is often left from another patient's report.
Example: "A 35-year-old woman was admitted. He had had headache for a month."
What it leaves alone: relatives, the sexes of series, one pronoun only where the text may speak of somebody else.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from caselore.lint.checked import Checked, facts, places
from caselore.lint.rule import Finding, Rule, found
from caselore.model.case import Owner
from caselore.model.diagnostic import Place, Severity
from caselore.model.text import SectionKind, TextSpan
from caselore.topics.demographics import Sex

_ORGANS = {
    "male": re.compile(
        r"\b(?:hysterectom\w+|oophorectom\w+|ovarian cyst|menopaus\w+|cesarean|pregnan\w+|menstrua\w+|gravida"
        r"|her (?:uterus|ovar\w+))\b",
        re.I,
    ),
    "female": re.compile(
        r"\b(?:prostatectom\w+|orchiectom\w+|prostate[- ]specific antigen|his prostate|scrotal swelling|vasectomy)\b",
        re.I,
    ),
}
_NEGATED = re.compile(r"\b(?:no|not|without|denied|never|unlike|versus|whereas)\b", re.I)
_PRONOUN = {
    "male": re.compile(r"\b(?:[Hh]e|[Hh]is|[Hh]im(?:self)?)\b"),
    "female": re.compile(r"\b(?:[Ss]he|[Hh]er(?:s|self)?)\b"),
}
_OTHERS = re.compile(
    r"\b(?:wife|husband|mother|father|brother|sister|son|daughter|parents?|family|surgeon|physician|doctor)\b", re.I
)
_STORY = frozenset(SectionKind) - {
    SectionKind.CAPTION,
    SectionKind.TABLE,
    SectionKind.TITLE,
    SectionKind.DISCUSSION,
    SectionKind.INTRODUCTION,
}


def check(checked: Checked) -> Iterator[Finding]:
    for case in checked.own:
        told = [fact for fact in facts(case, Sex) if fact.value.by == "noun"]
        by_sex = {sex: [fact for fact in told if fact.value.sex == sex] for sex in ("male", "female")}
        if all(by_sex.values()):
            yield found(
                "The patient is called a man and a woman.", places(by_sex["male"], 9), places(by_sex["female"], 9)
            )
            continue
        if not told:
            continue
        sex, words = told[0].value.sex, places(told, 1)
        other = "female" if sex == "male" else "male"
        for span in _segments(checked, case.patient.id):
            text = checked.report.document.text[span.start : span.end]
            if _OTHERS.search(text):
                continue
            for match in _PRONOUN[other].finditer(text):
                if not _PRONOUN[sex].search(text):
                    yield found(f"The patient is {sex}, the pronoun is {other}.", words, _place(checked, span, match))
                    break
            organ = _ORGANS[sex].search(text)
            if organ and not _NEGATED.search(text):
                yield found(
                    f"The patient is {sex}, but {organ[0].lower()} is told.", words, _place(checked, span, organ)
                )


def _segments(checked: Checked, patient: str) -> Iterator[TextSpan]:
    """What is told of this patient alone, in the case itself."""
    for segment in checked.report.segments:
        if (
            segment.owner is Owner.INDEX
            and segment.patient_ids == (patient,)
            and checked.reading.at(segment.span.start).section in _STORY
        ):
            yield segment.span


def _place(checked: Checked, span: TextSpan, match: re.Match[str]) -> tuple[Place, ...]:
    return (checked.place(TextSpan(span.start + match.start(), span.start + match.end())),)


RULE = Rule(code="CL103", severity=Severity.ERROR, check=check)
