"""What imaging showed: studies with their dates, signal, enhancement, attenuation, and signs such as a dural tail."""

from __future__ import annotations

import re
from collections.abc import Iterator

from caselore.language.lexicon import Mention
from caselore.language.patterns import Pattern
from caselore.language.quantities import QuantityKind
from caselore.language.times import TimeKind
from caselore.language.view import SentenceView
from caselore.model.fact import Assertion, Value
from caselore.model.time import PartialDate
from caselore.topics.topic import Draft, Topic


class ImagingStudy(Value, frozen=True, tag="imaging_study"):
    """A study that was done, with its date where the sentence has just one."""

    modality: str
    date: PartialDate | None = None

    def __str__(self) -> str:
        return f"{self.modality} of {self.date}" if self.date else self.modality


class ImagingFinding(Value, frozen=True, tag="imaging_finding"):
    """A sign named in imaging.toml, with the modality that the sentence names."""

    finding: str
    modality: str | None = None

    def __str__(self) -> str:
        return f"{self.finding} on {self.modality}" if self.modality else self.finding


class Signal(Value, frozen=True, tag="imaging_signal"):
    """`intensity` ("hypo", "iso", "hyper", "mixed") on `sequence` ("T1", "T2", "FLAIR", "DWI", or "CT" for density)."""

    sequence: str
    intensity: str

    def __str__(self) -> str:
        return f"{self.intensity}{'dense' if self.sequence == 'CT' else 'intense'} on {self.sequence}"


class Attenuation(Value, frozen=True, tag="imaging_attenuation"):
    """Hounsfield units between two bounds."""

    low: float
    high: float

    def __str__(self) -> str:
        return f"{self.low:g} HU" if self.low == self.high else f"{self.low:g} to {self.high:g} HU"


_SEQUENCE = r"(?P<sequence{n}>T1|T2|FLAIR|DWI)"
_INTENSITY = r"(?P<intensity{n}>hypo|iso|hyper|low|high|intermediate|equal|long|short|mixed|heterogeneous)"
_SIGNAL = Pattern(
    rf"\b{_INTENSITY.format(n=1)}[\s-]?(?:intens\w+|signals?)?(?:\s+(?:signal|intensity|to|and|slightly|brain|"
    rf"muscle|gr[ae]y|matter|relative|lesion|"
    rf"mass|with|the|tumou?r)\b){{0,6}}\s*(?:on|in|at)?\s*(?:both\s+)?{_SEQUENCE.format(n=1)}\b"
    rf"|\b{_SEQUENCE.format(n=2)}(?:[- ]?(?:weighted|WI|W))?(?:\s+(?:MRI?|images?|imaging|sequences?|scans?|it|"
    rf"the|lesion|mass|tumou?r|was|is|appeared|"
    rf"showed|shows|showing|a|slightly|with|revealed)\b,?){{0,7}}\s+{_INTENSITY.format(n=2)}[\s-]?(?:intens\w+|"
    rf"signals?)",
    re.I,
)
_DENSITY = Pattern(r"\b(?P<intensity>hypo|iso|hyper)[\s-]?(?:dens\w+|attenuat\w+)", re.I)
_LOOKS = Pattern(r"intens|signal|dens|attenuat|T[12]|FLAIR|DWI", re.I)
"""Words of which one must stand in a sentence that describes signal or density."""
_HOUNSFIELD = Pattern(r"H\.?U|hounsfield", re.I)
_WORDS = {
    "low": "hypo",
    "short": "hypo",
    "equal": "iso",
    "intermediate": "iso",
    "high": "hyper",
    "heterogeneous": "mixed",
}


def extract(view: SentenceView) -> Iterator[Draft]:
    yield from _studies(view)
    yield from _findings(view)
    if _LOOKS.search(view.text):
        yield from _signals(view)
    if _HOUNSFIELD.search(view.text):
        yield from _attenuations(view)


def _attenuations(view: SentenceView) -> Iterator[Draft]:
    for quantity in view.quantities_of(QuantityKind.ATTENUATION):
        low, high = quantity.amounts[0].low, quantity.amounts[0].high
        yield Draft(value=Attenuation(low=low, high=high), spans=(quantity.span,))


def _findings(view: SentenceView) -> Iterator[Draft]:
    for mention in view.of("imaging_finding"):
        finding = ImagingFinding(finding=mention.label, modality=_modality_before(view, mention))
        yield Draft(value=finding, spans=(mention.span,), assertion=view.assertion(mention.span))


def _signals(view: SentenceView) -> Iterator[Draft]:
    for match in view.find(_SIGNAL):
        which = "1" if match["sequence1"] else "2"
        sequence = match[f"sequence{which}"].upper()
        yield Draft(
            value=Signal(sequence=sequence, intensity=_intensity(match[f"intensity{which}"], sequence)),
            spans=(view.place(match),),
        )
    for match in view.find(_DENSITY):
        yield Draft(value=Signal(sequence="CT", intensity=match["intensity"].lower()), spans=(view.place(match),))


def _studies(view: SentenceView) -> Iterator[Draft]:
    """One draft for each modality named; a date counts only where the sentence holds no other."""
    if not view.of("modality"):
        return
    dates = [time.date for time in view.times if time.kind is TimeKind.DATE]
    date = dates[0] if len(dates) == 1 else None
    seen: set[str] = set()
    for mention in view.of("modality"):
        assertion = view.assertion(mention.span)
        if mention.label not in seen and assertion is not Assertion.NEGATED:
            seen.add(mention.label)
            yield Draft(
                value=ImagingStudy(modality=mention.label, date=date), spans=(mention.span,), assertion=assertion
            )


def _modality_before(view: SentenceView, mention: Mention) -> str | None:
    before = [modality for modality in view.of("modality") if modality.span.start < mention.span.start]
    return before[-1].label if before else None


def _intensity(printed: str, sequence: str) -> str:
    """Long T1 and T2 are told by relaxation times: long T1 is dark, long T2 is bright."""
    word = printed.lower()
    if word == "long":
        return "hypo" if sequence == "T1" else "hyper"
    if word == "short":
        return "hyper" if sequence == "T1" else "hypo"
    return _WORDS.get(word, word)


TOPIC = Topic(
    name="imaging",
    extract=extract,
    values=(ImagingStudy, ImagingFinding, Signal, Attenuation),
    terms=("imaging.toml",),
)
