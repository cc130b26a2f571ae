"""Statements that nothing was given besides ("no adjuvant therapy", "declined further treatment", "surgery alone")."""

from __future__ import annotations

import re
from collections.abc import Iterator

from caselore.language.given import ASSERTION, Giving
from caselore.language.patterns import Pattern
from caselore.language.view import SentenceView
from caselore.model.fact import Value
from caselore.topics.topic import Draft, Topic


class FurtherTreatment(Value, frozen=True, tag="further_treatment"):
    """Treatment after the operation, of whatever kind; only ever negated or declined."""

    def __str__(self) -> str:
        return "further treatment"


_NOTHING = Pattern(
    r"(?:\b(?:no|without(?:\s+any)?|neither)|(?:\bnot|n['’]t)\s+(?:\w+\s+)?(?:given|receive|undergo|require|need|treated\s+with|have)(?:\s+any)?|never\s+received)"
    r"\s+(?:\w+\s+){0,2}?(?:adjuvant|further|additional|postoperative|post-operative|adjunctive|supplementary|subsequent|other|oncological?|systemic\s+or\s+local)"
    r"(?:\s+(?:anti-?cancer|systemic|oncological?|medical|anti-?tumou?r|adjuvant|or))*\s+(?:treatments?|therap(?:y|ies)|interventions?)\b"
    r"|\b(?:adjuvant|further|additional|postoperative|post-operative)\s+(?:\w+\s+)?(?:treatments?|therap(?:y|ies))\s+(?:was|were)\s+(?:\w+\s+)?"
    r"(?:(?:not|n['’]t)\s+(?:\w+\s+)?(?:given|administered|required|needed|necessary|proposed|offered|recommended|considered|indicated|advised|planned|performed|pursued|undertaken|received)"
    r"|withheld|omitted|declined|refused|unnecessary)"
    r"|\b(?:refus|declin|reject)(?:ed|es|ing)\s+(?:any\s+|all\s+|to\s+(?:undergo|receive|have)\s+)?(?:kind\s+of\s+|type\s+of\s+|form\s+of\s+)?"
    r"(?:adjuvant|further|additional|postoperative|post-operative|subsequent|other|any|oncological?)\s+(?:\w+\s+)?(?:treatments?|therap(?:y|ies))"
    r"|\b(?:observed|followed(?:\s+up)?|discharged|surveillance)\s+without\s+(?:any\s+)?(?:further|adjuvant|additional)\s+(?:treatment|therapy)"
    r"|(?<!had\s)\b(?:received|was\s+given|underwent)\s+no\s+(?:specific\s+|active\s+|anti-?cancer\s+|anti-?tumou?r\s+|oncological?\s+)?(?:treatment|therapy)\b"
    r"(?!\s+(?:before|prior|previously|until|till|for|at\s+that))"
    r"|(?<!had\s)\b(?:received|was\s+given|underwent|had)\s+(?:nothing\s+(?:further|more|else)|no\s+other\s+treatment)\b"
    r"|\bno\s+(?:other\s+)?treatment\s+(?:other\s+than|besides|beyond|apart\s+from|except)\s+(?:the\s+)?(?:surgery|resection|excision|operation)\b"
    r"|\b(?:surgery|resection|excision|the\s+operation)\s+(?:was|remained)\s+(?:the|his|her)\s+(?:only|sole)\s+(?:form\s+of\s+)?(?:treatment|therapy)\b"
    r"|\b(?:surgery|surgical\s+(?:resection|excision|treatment)|resection|excision)\s+(?:alone|only)\b(?!\s+(?:is|has|may|can|seems|does))"
    r"|\b(?:only|nothing\s+but)\s+(?:best\s+)?(?:supportive|palliative|symptomatic|comfort)\s+(?:care|treatment|therapy|measures)\b"
    r"|\b(?:supportive|symptomatic)\s+(?:care|treatment|therapy|measures)\s+(?:only|alone)\b"
    r"|\bnothing\s+(?:but|besides|beyond|other\s+than)\s+(?:the\s+)?(?:surgery|resection|excision|operation)\s+was\b",
    re.I,
)
_GENERAL = Pattern(r"\b(?:should|may|can|must|patients\s+(?:who|with)|series|literature|of\s+the\s+\d+)\b", re.I)
_REFUSED = Pattern(r"refus|declin|reject|want|wish", re.I)


def extract(view: SentenceView) -> Iterator[Draft]:
    """At most one fact, declined or negated."""
    match = view.search(_NOTHING)
    if match is None or _GENERAL.search(view.text):
        return
    status = Giving.DECLINED if _REFUSED.search(match[0]) else Giving.WITHHELD
    yield Draft(value=FurtherTreatment(), spans=(view.place(match),), assertion=ASSERTION[status])


TOPIC = Topic(name="further_treatment", extract=extract, values=(FurtherTreatment,))
