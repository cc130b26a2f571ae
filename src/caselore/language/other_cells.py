"""Whose result a stain is: the tumour's, or that of vessels, lymphocytes and entrapped tissue."""

from __future__ import annotations

import re

from caselore.language.coordination import MARK
from caselore.language.generality import clause
from caselore.language.patterns import Pattern
from caselore.language.verdict import Verdict
from caselore.language.view import SentenceView
from caselore.model.text import TextSpan

_OTHER_CELLS = Pattern(
    r"\b(?:(?:blood |capillary |feeding |tumou?r )?vess?els?|vasculature|(?:vessel|vascular) walls?"
    r"|endotheli(?:um|al cells)|pericytes|lymphocyt\w+"
    r"|[TB][- ](?:cells?|lymphocytes)(?! (?:\w+ ){0,2}(?:lympho(?:ma|blastic)|leuk|neoplas|lineage|marker|receptor))"
    r"|histiocytes|macrophages|mast cells"
    r"|plasma cells|inflammatory (?:cells|infiltrate)|reactive astrocytes|entrapped"
    r"|internal (?:positive |negative )?controls?|normal|non-?neoplastic|adjacent|overlying"
    r"|background|osteoclast\w*|multinucleated giant cells|positive controls?|negative controls?)\b",
    re.I,
)
_OF_DISEASES = (
    (
        Pattern(r"\b(?:lymphocytes|[TB][- ]cells|lymphoid cells)\b(?! (?:infiltrat|aggregat))", re.I),
        Pattern(r"\blymphoma", re.I),
    ),
    (Pattern(r"\bhistiocytes\b", re.I), Pattern(r"\b(?:histiocyto(?:sis|ses)|histiocytic|rosai|erdheim)", re.I)),
    (Pattern(r"\bplasma cells\b", re.I), Pattern(r"\b(?:plasmacytoma|myeloma)", re.I)),
    (Pattern(r"\bmast cells\b", re.I), Pattern(r"\bmast(?:ocytosis|ocytoma| cell (?:sarcoma|tumou?r|leuk))", re.I)),
)
"""Cells that are the tumour's own in reports on these diseases."""
_SHOWS = r"(?:picked\s+out|outlined?|highlight(?:s|ed)|decorate[sd]|mark(?:s|ed)|stain(?:s|ed)|label(?:s|led|ed)|delineate[sd])"
_OUTLINES = Pattern(
    rf"\s+(?:\w+ly\s+|only\s+)*{_SHOWS}\s+(?:\w+ly\s+|only\s+|the\s+|small\s+|few\s+|scattered\s+|numerous\s+|\w+ing\s+)*{_OTHER_CELLS.pattern}",
    re.I,
)
""" "CD31 picked out the vessels": the marker's own predicate, whatever list it stands behind."""
_TUMOUR_CELLS = Pattern(
    r"\b(?:tumou?r(?:al|ous)?|neoplastic|lesional|spindle|malignant|epithelioid|round|atypical|these"
    r"|rhabdoid|sarcomat\w+|mass|lesion)\b",
    re.I,
)
_IN_OTHER_CELLS = Pattern(
    rf"\s*(?:\w+ly\s+|only\s+)?(?:in\s+|on\s+|to\s+|the\s+|within\s+|of\s+|only\s+|small\s+|few\s+"
    rf"|scattered\s+|\w+ing\s+)*{_OTHER_CELLS.pattern}",
    re.I,
)


def is_of_own_kind(view: SentenceView) -> bool:
    """Whether the sentence is about cells that are the tumour in this report: lymphocytes in one on a lymphoma."""
    return any(view.search(cells) and disease.search(view.reading.document.text) for cells, disease in _OF_DISEASES)


def is_of_other_cells(text: str, span: TextSpan, verdict: Verdict) -> bool:
    """Whether the result is that of vessels, lymphocytes or entrapped tissue rather than of the tumour."""
    if _OUTLINES.match(text, span.end):
        return True
    start, stop = clause(text, span.start)
    first = min(span.start, verdict.cue.start)
    lead = text[start:first]
    subject = _OTHER_CELLS.search(lead)
    between = lead[subject.end() :] if subject else ""
    if subject and MARK not in between and not re.search(r"\band\b", between) and len(lead) - subject.end() < 40:
        return not _TUMOUR_CELLS.search(lead[subject.start() :]) and not re.search(
            r"vessel|vascular", lead[subject.end() :]
        )
    rest = text[max(verdict.members[-1].end, span.end, verdict.cue.end) : stop]
    return _IN_OTHER_CELLS.match(rest) is not None
