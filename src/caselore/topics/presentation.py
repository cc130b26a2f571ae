"""How the patient came: complaints and signs at presentation, those that were denied, and for how long."""

from __future__ import annotations

import re
from collections.abc import Iterator

import msgspec

from caselore.language.compounds import compounds
from caselore.language.lexicon import Mention
from caselore.language.scenes import at_presentation
from caselore.language.times import Direction, TimeExpression, TimeKind
from caselore.language.view import SentenceView
from caselore.model.fact import Assertion, Value
from caselore.model.text import TextSpan
from caselore.topics.topic import Draft, Topic


class Symptom(Value, frozen=True, tag="symptom"):
    """A complaint or sign. `label` is the usual term, singular, without the side; `concept` the row of symptoms.csv.

    `broader` are the concepts above it: "knee pain" is a pain.
    """

    label: str
    concept: str
    broader: tuple[str, ...] = ()

    def __str__(self) -> str:
        return self.label


class SymptomDuration(Value, frozen=True, tag="symptom_duration"):
    """How long before presentation the complaint had lasted, in months of 30.44 days."""

    months: float

    def __str__(self) -> str:
        return f"symptoms for {self.months:g} months"


class Complaint(msgspec.Struct, frozen=True, kw_only=True):
    """A complaint in a sentence before it is known whether the patient had it."""

    value: Symptom
    span: TextSpan
    weak: bool
    finding: bool
    compound: bool = False


_NEAR = 90
_BEGUN = re.compile(
    r"\b(?:beg[au]n|started|noticed|noted|appeared|present for|been present|lasting|lasted|gr[oe]wn?|growing|symptoms?|"
    r"complaints?|onset|increas\w+|enlarg\w+|progress\w+|persist\w+|existed|aware|duration)\b",
    re.I,
)
NOT_COMPLAINTS = frozenset({"asymptomatic", "recent_trauma", "stroke_like_onset"})
"""Rows of symptoms.csv that say how the patient came but are no symptom."""

_IMPLIED_ABSENT = (
    (re.compile(r"\b(?:painless|pain-free|not painful)\b", re.I), Symptom(label="pain", concept="pain")),
    (
        re.compile(r"\b(?:non-?\s?tender|not tender|without tenderness)\b", re.I),
        Symptom(label="tenderness", concept="tenderness"),
    ),
)
_ONE_LABEL = frozenset({"mass", "visual_disturbance"})
"""Concepts whose printed adjectives ("firm", "growing") are not part of the term."""

_OTHERS = re.compile(r"\bno (?:other|further|additional|new|more|specific)\s+(?:[\w-]+\s+){0,3}\Z", re.I)
_SCALE = re.compile(r"\s*(?:scale|score)", re.I)
_PHRASE_WITHIN = re.compile(
    r"\b(?:of|in|to|on|his|her|the|was|were|could|not|unable|un\w+ to|lost|with|from|at)\b", re.I
)
_SIDE = re.compile(
    r"\b(?:left|right|bilateral|progressive|severe|mild|acute|chronic|new|onset|sided|both|persistent|intermittent|"
    r"recurrent|worsening|sudden|significant|massive|diffuse|generalized|focal|unilateral)\b[\s-]*",
    re.I,
)


def extract(view: SentenceView) -> Iterator[Draft]:
    told = [c for c in _complaints(view) if at_presentation(view, c.span, weak=c.weak, finding=c.finding)]
    for complaint in told:
        assertion = _assertion(view, complaint.span)
        if assertion is not None:
            yield Draft(value=complaint.value, spans=(complaint.span,), assertion=assertion)
    for pattern, value in _IMPLIED_ABSENT:
        match = view.search(pattern)
        if match and at_presentation(view, view.place(match), weak=False, finding=False):
            yield Draft(value=value, spans=(view.place(match),), assertion=Assertion.NEGATED)
    yield from _durations(view, [c for c in told if _assertion(view, c.span) is Assertion.AFFIRMED])


def _complaints(view: SentenceView) -> Iterator[Complaint]:
    """Terms of the table and compounds of a body part and a complaint; of those that overlap, the longer."""
    found: list[Complaint] = []
    for compound in compounds(view.text):
        span = TextSpan(compound.start + view.span.start, compound.end + view.span.start)
        value = Symptom(label=compound.label, concept=compound.label, broader=(compound.head,))
        found.append(Complaint(value=value, span=span, weak=False, finding=False, compound=True))
    for mention in view.of("symptom"):
        if mention.concept in NOT_COMPLAINTS or _SCALE.match(view.after(mention.span)):
            continue
        value = Symptom(label=_label(mention), concept=mention.concept, broader=mention.term.parents)
        finding = mention.get("nature") == "finding"
        found.append(Complaint(value=value, span=mention.span, weak=mention.weak, finding=finding))
    taken: list[Complaint] = []
    for complaint in sorted(found, key=lambda c: (c.span.start - c.span.end, c.weak)):
        if not any(other.span.overlaps(complaint.span) and not _joined(other, complaint) for other in taken):
            taken.append(complaint)
    yield from sorted(taken, key=lambda c: c.span)


def _joined(one: Complaint, other: Complaint) -> bool:
    """Two compounds out of the same words: "pain and swelling of the knee", "neck and shoulder pain"."""
    return one.compound and other.compound and one.value.label != other.value.label


def _label(mention: Mention) -> str:
    """The words as printed where they are a plain noun phrase that shares a word with the usual term; else that term."""
    printed = _SIDE.sub("", mention.words.lower().replace("\n", " ")).strip()
    printed = re.sub(
        r"(?<=nerve )(?:paresis|paralysis|weakness|deficit)\Z|(?<=facial )(?:paresis|paralysis)\Z", "palsy", printed
    )
    if mention.concept in _ONE_LABEL or len(printed.split()) < 2 or _PHRASE_WITHIN.search(printed):
        return mention.label
    stems = {word[:5] for word in re.findall(r"[a-z]{4,}", mention.label.lower())}
    shared = any(word[:5] in stems for word in re.findall(r"[a-z]{4,}", printed))
    return _singular(printed) if shared else mention.label


def _singular(term: str) -> str:
    """ "seizures" to "seizure", "palsies" to "palsy"; words on -ss, -us and -is stay."""
    if term.endswith("ies"):
        return term[:-3] + "y"
    return term[:-1] if re.search(r"[^sui]s\Z", term) and len(term) > 4 else term


def _assertion(view: SentenceView, span: TextSpan) -> Assertion | None:
    """The author's stance; None where the words were there and went. "A history of headache" is the present complaint."""
    judgement = view.judge(span)
    if judgement.resolved or _OTHERS.search(view.before(span)):
        return None
    if judgement.assertion is Assertion.HISTORICAL and judgement.cue:
        cue = view.words(judgement.cue).lower()
        return Assertion.AFFIRMED if cue == "history of" else Assertion.HISTORICAL
    return judgement.assertion


def _durations(view: SentenceView, present: list[Complaint]) -> Iterator[Draft]:
    """The first time of the sentence that says how long the complaint, or "it", had lasted."""
    for time in view.times:
        if not time.months or not _lasted(view, time) or any(age.span.overlaps(time.span) for age in view.ages):
            continue
        near = any(max(c.span.start - time.span.end, time.span.start - c.span.end) <= _NEAR for c in present)
        begun = _BEGUN.search(view.before(time.span, 70) + view.after(time.span, 40)) is not None
        if near or (begun and at_presentation(view, time.span, weak=False, finding=False)):
            yield Draft(value=SymptomDuration(months=round(time.months, 2)), spans=(time.span,))
            return


def _lasted(view: SentenceView, time: TimeExpression) -> bool:
    after, before = view.after(time.span, 40).lower(), view.before(time.span, 40).lower()
    if re.search(
        r"follow(?:ed|[- ]?up)|every|each|within|postoperat|later\b|at the age|free|surviv|alive|remission",
        before + after[:14],
    ):
        return False
    if re.match(r"[\s-]*(?:years?[\s-]*)?old\b", after):
        return False
    if time.kind is TimeKind.DURATION:
        return True
    if time.direction is not Direction.BEFORE:
        return False
    return time.anchor in (None, "admission", "diagnosis", "symptom", "operation")


TOPIC = Topic(name="presentation", extract=extract, values=(Symptom, SymptomDuration), terms=("symptoms.csv",))
