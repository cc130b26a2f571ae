"""A date in the story of the case lies before the date at which the story began.

What it finds: admission in May 2015, operation in June 2015, "at the last visit, in March 2013".
Why it matters: intervals and survival are counted between these dates; a wrong year is hard to see.
Example: "He was admitted in May 2015. ... In January 2014 he was free of disease."
What it leaves alone: what is told as earlier ("had been resected in 2009", "since 2011", "history of"), dates of years only.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from caselore.language.times import TimeExpression
from caselore.lint.checked import Checked
from caselore.lint.rule import Finding, Rule, found
from caselore.lint.tellings import TELLINGS
from caselore.model.case import Owner
from caselore.model.diagnostic import Severity
from caselore.model.text import SectionKind

_LOOKS_BACK = re.compile(
    r"\b(?:had|histor\w+|previous\w*|prior|earlier|before|since|ago|initial\w*|first|original\w*|background|born|known|past"
    r"|formerly|already|primary|retrospective\w*|review\w*)\b",
    re.IGNORECASE,
)


def check(checked: Checked) -> Iterator[Finding]:
    for case in checked.own:
        dates = list(_dates(checked, case.patient.id))
        began = dates[0][0] if dates else None
        if began is None or began.date is None:
            continue
        start = began.date.earliest
        earlier = [time for time, looks_back in dates if time.date and time.date.latest < start and not looks_back]
        # Several of them are a passage that looks back without saying so.
        if len(earlier) == 1:
            message = f"{earlier[0].date} is told after the story began in {began.date}."
            yield found(message, [checked.place(began.span), checked.place(earlier[0].span)])


def _dates(checked: Checked, patient: str) -> Iterator[tuple[TimeExpression, bool]]:
    """The dates of a month at least in the story of a patient, and whether their sentence looks back."""
    spans = [s.span for s in checked.report.segments if s.owner is Owner.INDEX and patient in s.patient_ids]
    for view in checked.sentences:
        if view.section not in TELLINGS["case"] or view.section is SectionKind.TABLE:
            continue
        for time in view.times:
            if time.date is not None and time.date.month and any(span.covers(time.span) for span in spans):
                yield time, _LOOKS_BACK.search(view.text) is not None


RULE = Rule(code="CL204", severity=Severity.WARNING, check=check)
