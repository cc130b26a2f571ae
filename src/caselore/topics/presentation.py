"""How the patient came: complaints and signs at presentation, those that were denied, and for how long."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from importlib.resources import files

import msgspec

from caselore.language.compounds import Compound, compounds
from caselore.language.illness import dated_illness, time_of_illness
from caselore.language.lexicon import Mention
from caselore.language.patterns import Pattern
from caselore.language.scenes import at_presentation, may_present
from caselore.language.view import SentenceView
from caselore.model.fact import Assertion, Phase, Value
from caselore.model.text import TextSpan
from caselore.topics.topic import Draft, Topic


class Symptom(Value, frozen=True, tag="symptom"):
    """A complaint or sign. `label` is the usual term, singular, without the side; `concept` the row of symptoms.csv.

    `broader` are the concepts above it: "knee pain" is a pain. A `finding` (anemia, hydrocephalus) is a complaint only
    where it was told as the reason for coming.
    """

    label: str
    concept: str
    broader: tuple[str, ...] = ()
    finding: bool = False

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


_MANNERS = frozenset({"nocturnal_pain", "radiating_pain", "tenderness", "swelling", "mass", "pain"})
"""Terms for the manner of a complaint: "nocturnal pain in the knee" is still told of the knee."""
_MASSES = frozenset({"mass", "swelling", "nodule", "nodules", "papule", "lesion", "enlargement"})
"""Heads of compounds that are complaints only near a cue: imaging and operation have masses as well."""
NOT_COMPLAINTS = frozenset({"asymptomatic", "recent_trauma", "stroke_like_onset"})
"""Rows of symptoms.csv that say how the patient came but are no symptom."""

_WORDING = tomllib.loads((files("caselore.topics") / "presentation_wording.toml").read_text(encoding="utf-8"))
_HEADS = frozenset(_WORDING["heads"])
_PHRASE_WITHIN = Pattern(rf"\b(?:{'|'.join(_WORDING['verbs'])}|un\w+ to)\b", re.I)


def _read(table: str, around: str = "{}") -> tuple[tuple[Pattern, Symptom], ...]:
    """The rows of a table of presentation_wording.toml: one pattern each, and what it says."""
    return tuple(
        (
            Pattern(around.format("|".join(f"(?:{pattern})" for pattern in row["patterns"])), re.I),
            Symptom(label=row["label"], concept=row["concept"]),
        )
        for row in _WORDING[table]
    )


_SPELLINGS: dict[str, str] = _WORDING["spellings"]
_BRITISH = re.compile("|".join(_SPELLINGS))
_ABSENT = _read("absent")
_PRESENT = _read("present")
_FELT_LESS = [pattern for pattern, value in _PRESENT if value.concept == "sensory_disturbance"]
""" "Loss of pain and temperature sense" is no pain."""
_QUALITIES = _read(
    "quality",
    r"\b(?:{})(?:(?:,\s*|\s+(?:and\s+)?)(?!(?:in|of|on|and|with|was|were)\b)[\w-]+){{0,4}}?(?:,\s*|\s+(?:and\s+)?)"
    r"(?:mass(?:es)?|lumps?|swellings?|nodul(?:es?|ar)|lesions?|tumou?rs?|growths?|papules?|plaques?|bump)\b",
)
_INNER = Pattern(
    r"\s*,?\s+(?:was |were )?(?:seen |found |located )?(?:(?:of|measuring)\s+[\d.]+\s*[cm]m\s+)?(?:just\s+)?"
    r"(?:of|in|within|involving|arising from|below|at)\s+(?:[\w-]+\s+){0,3}?[\w-]*"
    rf"(?:{'|'.join(_WORDING['inner_sites'])})",
    re.I,
)
_INNER_BEFORE = Pattern(rf"\b(?:{'|'.join(_WORDING['inner_sites'])}|pulmon|lisch)\w*\s+\Z", re.I)
_BLOODY_PART = Pattern(
    r"ha?emorrhagic\s+(?:[\w-]+\s+){0,2}(?:\w+oma|tumou?r|mass|lesion)s?\b|"
    r"ha?emorrhagic(?:,? (?:and|or|/)?\s*[\w-]+)?\s+(?:areas?|foc(?:us|i)|components?|necrosis|contents?|chang\w+|transformation|"
    r"portions?|parts?|regions?|zones?|fluid|cysts?|degeneration|spots?|stroma)\b|"
    r"bled into\b|bleeding (?:rates?|risk|tendency|time|complications?|into|metastas\w+)\b",
    re.I,
)
"""A bloody part of the tumour, seen by imaging or the pathologist, is no bleeding that anybody complained of."""
_KNOWN_LESION = Pattern(r"\b(?:the|this|that|these|those|his|her|its|all|both|such|other) (?:[\w-]+ )?\Z", re.I)
"""In front of a lesion that was told before: it is no further complaint."""
_TOLD_OF = Pattern(r"\b(?:in|over|of|around|from|within|on) (?:the|this|that) (?:[\w-]+ )?\Z", re.I)
_WAS_REMOVED = Pattern(
    r"\s+(?:was|were|could be) (?:detected|identified|visualized|demonstrated)\b|\s+(?:was|were"
    r"|had been) (?:[\w-]+ly )?(?:excised|resected|removed|biopsied|enucleated|extirpated|aspirated)",
    re.I,
)
_HAS = Pattern(
    r"\b(?:he|she|who|(?:the|this|our) (?:patient|child|boy|girl|man|woman|infant|neonate|baby)|and"
    r"|because of|(?:first|second|third) patient[^.;]{0,25})"
    r"(?:,?\s+(?:was|were|had|also|been|became|appeared|noted to be|found to be|found to have|[\w-]+ly"
    r"|severe|marked|mild|tumou?r-related|paraneoplastic"
    r"|persistent|recurrent|symptomatic|acute|an?|signs of|episodes of|attacks of|repeated|(?:history|histories) of)){1,5}\s*\Z",
    re.I,
)
_WAS_THERE = Pattern(r"\s+(?:was|were) (?:severe|marked|profound|massive|present|evident|noted|obvious)\b", re.I)
_PREDICATED = frozenset(
    {
        "anemia",
        "hypercalcemia",
        "hypoglycemia",
        "respiratory_failure",
        "cardiac_tamponade",
        "coagulopathy",
        "thrombocytopenia",
        "intussusception",
        "increased_intracranial_pressure",
        "hydrops_fetalis",
        "cushing_syndrome",
        "acromegaly",
        "hyponatremia",
        "hypokalemia",
        "shock",
        "bowel_perforation",
    }
)
"""Findings that count as complaints also where the patient simply has them: "on arrival she was anemic"."""
_NO_SWELLING = Pattern(r"\b(?:bone|body|muscle|lean|fat) mass\b", re.I)
_ONE_LABEL = frozenset(
    {
        "mass",
        "visual_disturbance",
        "occult_blood_in_stool",
        "increased_intracranial_pressure",
        "upgaze_palsy",
        "gastroesophageal_reflux",
        "hematochezia",
        "anal_pain",
        "cardiac_tamponade",
        "word_finding_difficulty",
        "stridor",
        "loose_teeth",
        "dysphagia",
        "dark_urine",
        "weak_stream",
        "hearing_loss",
        "deep_voice",
    }
)
"""Concepts whose printed words ("firm", "raised", "bloody stool") give way to the usual term."""

_OTHERS = Pattern(r"\bno (?:other|further|additional|new|more)\s+(?:[\w-]+\s+){0,3}\Z", re.I)
_AGAIN = Pattern(
    r"\b(?:recurr\w+|relaps\w+|again|returned|re-?presented|at the age|when (?:he|she) was|later|"
    r"had (?:previously |already )?(?:undergone|been (?:treated|diagnosed|operated|irradiated)))\b",
    re.I,
)
"""In a sentence with an age that need not introduce the patient."""
_YEARS_AGO = r"\b(?:years|decades) (?:previously|earlier|before|ago)\b"
_HAD_COME = (
    r"\bhad (?:first |initially |already )?"
    r"(?:come|presented|visited|consulted|complained|been (?:seen|admitted|evaluated|referred))\b"
)
_CAME_EARLIER = Pattern(
    rf"{_HAD_COME}[^.;]{{0,60}}?{_YEARS_AGO}|{_YEARS_AGO},? (?:he|she|the patient) {_HAD_COME}", re.I
)
"""Behind the present complaints: those of another illness, years before."""
_SCALE = Pattern(r"\s*(?:scale|score)|-like\b", re.I)
"""Behind a complaint that is none: a "pain score", a "shock-like pain"."""
_SIDE = Pattern(
    r"\b(?:left|right|bilateral|progressive|severe|mild|acute|chronic|new|onset|sided|both|persistent|intermittent|"
    r"recurrent|worsening|sudden|significant|massive|diffuse|generalized|focal|unilateral|painless)\b[\s-]*",
    re.I,
)


def extract(view: SentenceView) -> Iterator[Draft]:
    if not _tells_anything(view) or not may_present(view):
        return
    if view.search(_CAME_EARLIER) and view.previous is not None and may_present(view.previous):
        return
    told = _told(view)
    for complaint in told:
        assertion = _assertion(view, complaint.span)
        if assertion is not None:
            yield Draft(value=complaint.value, spans=(complaint.span,), assertion=assertion, phase=_phase(view))
    yield from _implied(view)
    lasting = time_of_illness(view, [c.span for c in told if _assertion(view, c.span) is Assertion.AFFIRMED])
    if lasting is not None and lasting.months:
        value = SymptomDuration(months=round(lasting.months, 2))
        yield Draft(value=value, spans=(lasting.span,), phase=_phase(view))
    elif dated := dated_illness(view):
        yield Draft(value=SymptomDuration(months=dated[1]), spans=(dated[0],))


def _told(view: SentenceView) -> list[Complaint]:
    """The complaints of the presentation. A word too weak alone counts in a list of denials: "no pain, fever or dysuria"."""
    found = list(_complaints(view))
    told = [c for c in found if at_presentation(view, c.span, weak=c.weak, finding=c.finding)]
    if not any(_assertion(view, c.span) is Assertion.NEGATED for c in told):
        return told
    return [c for c in found if c in told or _is_denied_along(view, c)]


def _is_denied_along(view: SentenceView, complaint: Complaint) -> bool:
    lump = complaint.value.concept in _MASSES or not _MASSES.isdisjoint(complaint.value.broader)
    return (
        complaint.weak
        and not lump
        and _assertion(view, complaint.span) is Assertion.NEGATED
        and at_presentation(view, complaint.span, weak=False, finding=complaint.finding)
    )


def _tells_anything(view: SentenceView) -> bool:
    """Whether the sentence holds words of which one of the readers below makes something."""
    implied = (*_ABSENT, *_PRESENT, *_QUALITIES)
    return bool(
        view.has_any(("symptom",))
        or any(view.search(pattern) for pattern, _ in implied)
        or any(compounds(view.text))
        or view.times
    )


def _implied(view: SentenceView) -> Iterator[Draft]:
    """What a sentence says of complaints without their noun: "afebrile", "lost 5 kg", "an ulcerated mass"."""
    for assertion, table in (
        (Assertion.NEGATED, _ABSENT),
        (Assertion.AFFIRMED, _PRESENT),
        (Assertion.AFFIRMED, _QUALITIES),
    ):
        for pattern, value in table:
            match = view.search(pattern)
            if match is None or not at_presentation(view, view.place(match), weak=False, finding=False):
                continue
            place = view.place(match)
            if match[0].lower() == "painless" and view.assertion(place) is Assertion.NEGATED:
                continue  # "none of the painless swelling that is typical"
            if assertion is Assertion.NEGATED or _assertion(view, place) is Assertion.AFFIRMED:
                yield Draft(value=value, spans=(place,), assertion=assertion, phase=_phase(view))


def _phase(view: SentenceView) -> Phase | None:
    """A sentence that introduces the patient tells how he came, whatever earlier diseases it names as well."""
    return Phase.FIRST if view.ages and not view.search(_AGAIN) else None


def _complaints(view: SentenceView) -> Iterator[Complaint]:
    """Terms of the table and compounds of a body part and a complaint; of those that overlap, the longer."""
    mentions = [
        m for m in view.of("symptom") if m.concept not in NOT_COMPLAINTS and not _SCALE.match(view.after(m.span))
    ]
    joined = [
        compound
        for compound in compounds(view.text)
        if not _told_better(view, compound, mentions)
        and not (compound.head == "lesion" and _KNOWN_LESION.search(view.text[: compound.head_start]))
        and not _NO_SWELLING.search(view.text[compound.start : compound.end])
    ]
    found = [_of_compound(view, compound) for compound in joined]
    for mention in mentions:
        if mention.concept == "bleeding" and _BLOODY_PART.match(
            view.words(mention.span) + view.after(mention.span, 60)
        ):
            continue
        if _NO_SWELLING.search(view.before(mention.span, 6) + view.words(mention.span)):
            continue
        if mention.concept in _MASSES and (
            _INNER.match(view.after(mention.span, 80))
            or _INNER_BEFORE.search(view.before(mention.span))
            or _TOLD_OF.search(view.before(mention.span))
        ):
            continue
        finding = mention.get("nature") == "finding" and not _is_had(view, mention)
        value = Symptom(
            label=_label_as_joined(view, mention, joined),
            concept=mention.concept,
            broader=mention.term.parents,
            finding=finding,
        )
        if mention.concept in _MASSES and _WAS_REMOVED.match(view.after(mention.span, 60)):
            continue
        found.append(Complaint(value=value, span=mention.span, weak=mention.weak, finding=finding))
    taken: list[Complaint] = []
    felt_less = [view.place(match) for pattern in _FELT_LESS for match in view.find(pattern)]
    for complaint in sorted(found, key=lambda c: (c.span.start - c.span.end, c.weak)):
        if any(place.overlaps(complaint.span) for place in felt_less):
            continue
        if not any(other.span.overlaps(complaint.span) and not _joined(other, complaint) for other in taken):
            taken.append(complaint)
    yield from sorted(taken, key=lambda c: c.span)


def _is_had(view: SentenceView, mention: Mention) -> bool:
    """Whether the patient is said to have the finding, which is more than a scan or a laboratory that shows it."""
    if mention.concept not in _PREDICATED:
        return False
    return (
        _HAS.search(view.before(mention.span, 90)) is not None or _WAS_THERE.match(view.after(mention.span)) is not None
    )


def _of_compound(view: SentenceView, compound: Compound) -> Complaint:
    span = TextSpan(compound.start + view.span.start, compound.end + view.span.start)
    value = Symptom(label=compound.label, concept=compound.label, broader=(compound.head,))
    return Complaint(value=value, span=span, weak=compound.head in _MASSES, finding=False, compound=True)


def _told_better(view: SentenceView, compound: Compound, mentions: list[Mention]) -> bool:
    """Whether a more precise term holds the complaint of the compound: "sciatic pain and numbness of the leg"."""
    place = compound.head_start + view.span.start
    return compound.behind and any(
        mention.span.start < place < mention.span.end
        and compound.head not in (mention.concept, mention.label)
        and mention.concept not in _MANNERS
        for mention in mentions
    )


def _joined(one: Complaint, other: Complaint) -> bool:
    """Two compounds out of the same words: "pain and swelling of the knee", "neck and shoulder pain"."""
    return one.compound and other.compound and one.value.label != other.value.label


def _label_as_joined(view: SentenceView, mention: Mention, joined: list[Compound]) -> str:
    """A lump goes by its part and noun as printed: "swelling of the wrist" is a wrist swelling, not an "upper limb mass"."""
    if not {"mass", "swelling"}.isdisjoint((mention.concept, *mention.term.parents)):
        start, end = mention.span.start - view.span.start, mention.span.end - view.span.start
        for compound in joined:
            if compound.head in _MASSES and compound.start <= start and end <= compound.end:
                return compound.label
    return _label(mention)


def _label(mention: Mention) -> str:
    """The words as printed where they are a usual term themselves (`own` of the table, or by their noun); else the label."""
    printed = _american(_SIDE.sub("", mention.words.lower().replace("\n", " ")).strip())
    if printed in _american(mention.get("own")).split("|"):
        return printed
    printed = re.sub(
        r"(?<=nerve )(?:paresis|paralysis|weakness|deficit)\Z|(?<=facial )(?:paresis|paralysis)\Z", "palsy", printed
    )
    if len(printed.split()) == 1 and printed != mention.words.lower() and _singular(printed) in mention.term.parents:
        return _singular(printed)  # "intermittent headaches"
    if mention.concept in _ONE_LABEL or len(printed.split()) < 2 or _PHRASE_WITHIN.search(printed):
        return mention.label
    last = _singular(printed.split()[-1])
    usual = last in _HEADS or last in re.findall(r"\w+", mention.label.lower())
    if usual and last == "nodule":
        return printed  # one is told from several
    return _singular(printed) if usual else mention.label


def _american(term: str) -> str:
    """The spelling of the labels: "haematuria" to "hematuria"."""
    return _BRITISH.sub(lambda match: _SPELLINGS[match[0]], term)


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
    if judgement.assertion is Assertion.PLANNED:
        return Assertion.AFFIRMED  # "referred for dysuria": nobody plans a complaint
    if judgement.assertion is Assertion.HISTORICAL and judgement.cue:
        cue = view.words(judgement.cue).lower()
        told_as_disease = "tumo" in view.words(span).lower()
        return Assertion.AFFIRMED if cue == "history of" and not told_as_disease else Assertion.HISTORICAL
    return judgement.assertion


TOPIC = Topic(name="presentation", extract=extract, values=(Symptom, SymptomDuration), terms=("symptoms.csv",))
