"""Histology: cells, growth pattern, atypia, differentiation, invasion, stroma and components, as the pathologist saw them.

Mitoses, necrosis and Ki-67 are read by pathology, stains by ihc, tumour names by diagnosis.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from caselore.language.generality import is_general
from caselore.language.lexicon import Mention
from caselore.language.patterns import Pattern
from caselore.language.view import SentenceView
from caselore.model.fact import Value
from caselore.model.text import SectionKind
from caselore.topics.topic import Draft, Topic


class HistologyFeature(Value, frozen=True, tag="histology_feature"):
    """A `feature` of histology.toml with its `aspect` ("cell type", "pattern", "nuclei", "invasion" ...).

    `degree` is the printed word in front of it: "marked", "severe", "moderate", "mild", "focal", "extensive" ...
    """

    feature: str
    aspect: str
    degree: str | None = None

    def __str__(self) -> str:
        return f"{self.aspect}: {f'{self.degree} ' if self.degree else ''}{self.feature}"


_DEGREE = Pattern(
    r"\b(?P<degree>marked|severe|moderate|mild|minimal|slight(?:ly)?|little|focal|extensive|prominent|significant|high-grade|low-grade|abundant|scattered|occasional"
    r"|multifocal|striking)\s+(?:to\s+(?P<upper>marked|severe|moderate)\s+)?(?:nuclear\s+|cytologic(?:al)?\s+|cellular\s+)?$",
    re.I,
)
_TISSUE = Pattern(
    r"microscop|histolog|histopath|pathol|mitos|mitotic|atypi|pleomorph|\bnuclei|nuclear|\bcells\b|spindle|biops|H&E|h(?:a)?ematoxylin"
    r"|\bspecimen|cut (?:surface|section)|macroscop|fascic|stroma|immunohisto|cytoplasm|tumou?r cells",
    re.I,
)
_IMAGED = Pattern(
    r"\b(?:CT|MRI|MR|PET|T1|T2|FLAIR|enhanc\w+|(?:hypo|hyper|iso)-?(?:dens|intens|echo)\w+|ultraso\w+|tomograph\w+|radiograph\w*|scans?|imaging|angiograph\w*"
    r"|endoscop\w+|uptake)\b"
)
# "spindle cell sarcoma", "clear cell type" name a tumour, "giant cell arteritis" a disease
_PART_OF_A_NAME = Pattern(
    r"^[\s-]+(?:(?:\w+\s+){0,2}?(?:\w*oma|tumou?r|neoplasm|cancer|malignancy|lesion|variant|subtype|arteritis|type)s?\b|(?:\w+\s+)?proliferation\b)",
    re.I,
)
_TO_THE_NAKED_EYE = Pattern(r"\bcut\s+(?:surface|section)|\bmacroscop|\bgross(?:ly)?\b", re.I)
_ABOUT_TESTS = Pattern(r"\b(?:whether|to\s+(?:rule\s+out|exclude)|criteria|grading\s+system|according\s+to)\b", re.I)


def extract(view: SentenceView) -> Iterator[Draft]:
    """Each feature once a sentence, unless its words are part of a tumour's name."""
    if _ABOUT_TESTS.search(view.text):
        return
    seen: set[str] = set()
    for mention in view.of("histology"):
        if mention.label in seen or not _is_of_tissue(view, mention) or _names_a_tumour(view, mention):
            continue
        if is_general(view.text, mention.span.start - view.span.start):
            continue
        seen.add(mention.label)
        value = HistologyFeature(feature=mention.label, aspect=mention.get("aspect"), degree=_degree(view, mention))
        yield Draft(value=value, spans=(mention.span,), assertion=view.assertion(mention.span))


def _is_of_tissue(view: SentenceView, mention: Mention) -> bool:
    if mention.get("aspect") == "pattern" and _TO_THE_NAKED_EYE.search(view.text):
        return False
    if view.section is SectionKind.IMAGING or _IMAGED.search(view.text):
        return False
    if mention.get("everywhere") or view.section is SectionKind.PATHOLOGY:
        return True
    previous = view.previous
    return bool(
        _TISSUE.search(view.text) or (previous and _TISSUE.search(previous.text) and not _IMAGED.search(previous.text))
    )


def _names_a_tumour(view: SentenceView, mention: Mention) -> bool:
    if any(mention.span.overlaps(tumour.span) for tumour in view.of("tumour")):
        return True
    singular = not mention.words.lower().endswith("s")
    return singular and bool(_PART_OF_A_NAME.match(view.after(mention.span)))


def _degree(view: SentenceView, mention: Mention) -> str | None:
    match = _DEGREE.search(view.before(mention.span))
    if match is None:
        return None
    return match["degree"].lower() + (f" to {match['upper'].lower()}" if match["upper"] else "")


TOPIC = Topic(
    name="histology",
    extract=extract,
    values=(HistologyFeature,),
    terms=("histology.toml", "tumours.csv"),
    reads=("histology",),
    alone=False,
)
