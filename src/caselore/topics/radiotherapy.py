"""Radiotherapy of the patient: whether it was given, dose, fractions, technique and target of each course."""

from __future__ import annotations

import re
from collections.abc import Iterator

from caselore.language.given import ASSERTION, Giving, giving, is_generic, treatments
from caselore.language.lexicon import Mention
from caselore.language.past_treatment import is_past_treatment
from caselore.language.patterns import Pattern
from caselore.language.quantities import Quantity, QuantityKind
from caselore.language.view import SentenceView
from caselore.model.fact import Phase, Value
from caselore.model.text import TextSpan
from caselore.topics.topic import Draft, Topic


class RadiotherapyCourse(Value, frozen=True, tag="radiotherapy_course"):
    """One course. Doses in Gy; `dose_gy` is the total with the boost where one is told.

    `technique` is "WBRT", "SRS", "brachytherapy", "IMRT", "conformal", "proton", "carbon ion" or "external beam" (only
    where printed); `setting` is "adjuvant", "neoadjuvant", "palliative" or "definitive".
    """

    dose_gy: float | None = None
    fractions: float | None = None
    per_fraction_gy: float | None = None
    technique: str | None = None
    target: str | None = None
    setting: str | None = None

    def __str__(self) -> str:
        dose = "" if self.dose_gy is None else f" {self.dose_gy:g} Gy"
        fractions = "" if self.fractions is None else f" in {self.fractions:g} fractions"
        target = "" if self.target is None else f" to {self.target}"
        named = " ".join(part for part in (self.setting, self.technique, "radiotherapy") if part)
        return f"{named}{dose}{fractions}{target}"


_NATURES = ("radiation", "radiosurgery", "brachytherapy")
_NOT_A_COURSE = Pattern(
    r"^[-\s]+(?:induced|associated|related|oncolog\w+|exposure|necrosis|fields?\b|dermatitis|type|fibroblast\w*|units?\b|department|centre|center|team|protection|injur\w+"
    r"|enteritis|pneumonitis|na[iï]ve|changes?|portals?|resistan\w+|sensitiv\w+|therapists?|hazards?|source|safety|recall|effects?|fibrosis|skin|areas?|scar|damage|tissue|breast|region|zone|volume|patients|bone|PCR|planning\s+system)",
    re.I,
)
_NOT_A_DOSE = Pattern(
    r"(?:below|under|less\s+than|<|≤|>|exceed\w*|constraint|maxim\w+(?:\s+(?:point\s+)?dose)?|Dmax|mean\s+(?:\w+\s+){0,3}dose(?:\s+to\s+(?:\w+\s+){1,3})?|median(?:\s+\w+)*|tolerance|spared|V\d+|limited\s+to|estimated\s+(?:mean\s+)?dose)"
    r"\s*(?:of|to|at|was|=)?\s*$",
    re.I,
)
_BOOST = Pattern(r"\bboost", re.I)
_TOTAL = Pattern(r"\b(?:total|cumulative|overall|altogether|final)\b[^.;]{0,30}$", re.I)
_SETTINGS = (
    ("neoadjuvant", Pattern(r"\b(?:neo-?adjuvant|pre-?operative)\b", re.I)),
    ("adjuvant", Pattern(r"\b(?:adjuvant|post-?operative(?:ly)?)\b", re.I)),
    ("palliative", Pattern(r"\bpalliati\w+\b", re.I)),
    ("definitive", Pattern(r"\bdefinitive\b", re.I)),
)
_TARGETS = (
    ("metastasis", Pattern(r"\bmetasta\w+|\bbone\s+lesion|\bvertebra\w*", re.I)),
    ("craniospinal axis", Pattern(r"\bcranio-?\s?spinal\b|\bneuraxis\b", re.I)),
    ("whole brain", Pattern(r"\bwhole[-\s]brain\b", re.I)),
    (
        "tumor bed",
        Pattern(
            r"\b(?:tumou?r|surgical|resection|operative|nephrectomy|renal)\s+(?:bed|cavity|site)\b|\bbed\s+of\s+the\s+tumou?r\b",
            re.I,
        ),
    ),
    ("residual tumor", Pattern(r"\bresid\w+|\bremnant", re.I)),
)
_EARLIER = Pattern(
    r"\b(?:history\s+of|(?:previously|formerly)\s+(?:been\s+)?(?:irradiated|received|treated|undergone)|(?:prior|previous|past)\s+(?:radio\w+|radiation|irradiation)"
    r"|(?:years?|decades?)\s+after\s+(?:(?:the|his|her|their|external|therapeutic)\s+)*(?:radio\w+|radiation|irradiation))\b",
    re.I,
)
# "no history of irradiation" is about the past, not about the treatment
_NEVER_EXPOSED = Pattern(
    r"\b(?:never\s+(?:\w+\s+){0,4}|(?:history|exposure)\s+(?:of|to)\s+(?:\w+\s+){0,3}|(?:no|denied|without)\s+(?:any\s+)?(?:previous|prior|past|known)\s+(?:\w+\s+){0,2})$",
    re.I,
)


def _of_whole_brain(text: str) -> str | None:
    """The target that is a technique as well."""
    return "WBRT" if _first(_TARGETS, text) == "whole brain" else None


def _is_earlier(text: str) -> bool:
    """Whether the sentence tells an irradiation of the past, for another disease or in childhood."""
    return _EARLIER.search(text) is not None or is_past_treatment(text)


def extract(view: SentenceView) -> Iterator[Draft]:
    """A course for each total dose; without a dose one course for what the sentence says was given or withheld."""
    yield from _elided(view)
    mentions = [mention for mention in view.of("procedure") if _is_course(view, mention)]
    doses = [dose for dose in view.quantities_of(QuantityKind.RADIATION_DOSE) if _is_dose(view, dose)]
    if not mentions and not doses:
        return
    named = treatments(view)
    totals = _distinct([dose for dose in doses if not dose.each]) or _computed(view, doses)
    phase = Phase.BEFORE if _is_earlier(view.text) else None
    statuses = {mention.span: _status(view, mention, named, bool(totals)) for mention in mentions}
    told: set[Giving] = set()
    for course, span in _courses(view, totals, mentions):
        nearest = min(mentions, key=lambda m: abs(m.span.start - span.start), default=None)
        status = statuses[nearest.span] if nearest else _dose_status(view, span, named)
        if status is Giving.PLANNED and giving(view, span, named) is Giving.GIVEN:
            # "chemoradiation was recommended; he received 54 Gy"
            status = Giving.GIVEN
        if status is Giving.GENERAL and not is_generic(view):
            status = Giving.GIVEN
        if status not in (Giving.GENERAL, Giving.UNTOLD):
            told.add(status)
            spans = (span, nearest.span) if nearest else (span,)
            yield Draft(value=course, spans=spans, assertion=ASSERTION[status], phase=phase)
    for status in dict.fromkeys(statuses.values()):
        if status in told or status in (Giving.GENERAL, Giving.UNTOLD):
            continue
        same = [mention for mention in mentions if statuses[mention.span] is status]
        course = RadiotherapyCourse(
            fractions=_undosed_fractions(view) if status is Giving.GIVEN else None,
            technique=_technique(same) or _of_whole_brain(view.text),
            target=_first(_TARGETS, view.text),
            setting=_first(_SETTINGS, view.text),
        )
        yield Draft(value=course, spans=tuple(m.span for m in same), assertion=ASSERTION[status], phase=phase)


_ELIDED = Pattern(r"\bradio-\s*(?:and|or|nor|and/or|/)\s*chemo", re.I)
""" "No radio- or chemotherapy": the first noun is printed by half."""


def _elided(view: SentenceView) -> Iterator[Draft]:
    for match in view.find(_ELIDED):
        span = view.place(match)
        status = giving(view, span, [other for other in treatments(view) if not other.overlaps(span)])
        if status not in (Giving.GENERAL, Giving.UNTOLD):
            course = RadiotherapyCourse(setting=_first(_SETTINGS, view.text))
            yield Draft(value=course, spans=(span,), assertion=ASSERTION[status])


def _is_course(view: SentenceView, mention: Mention) -> bool:
    if mention.get("nature") not in _NATURES or mention.concept == "radionuclide_therapy":
        return False
    if _NOT_A_COURSE.search(view.after(mention.span)) or _NEVER_EXPOSED.search(view.before(mention.span)):
        return False
    if mention.words == "RT":
        return "RT" in view.reading.abbreviations() or bool(view.quantities_of(QuantityKind.RADIATION_DOSE))
    if mention.words.lower() in ("electrons", "protons", "electron beam", "co-60"):
        return bool(view.quantities_of(QuantityKind.RADIATION_DOSE))
    return True


def _is_dose(view: SentenceView, dose: Quantity) -> bool:
    return not _NOT_A_DOSE.search(view.before(dose.span, 50)) and 0 < dose.value < 200


def _distinct(totals: list[Quantity]) -> list[Quantity]:
    """Without a total that repeats the one before it ("50.4 Gy (28 x 1.8 Gy)")."""
    return [dose for index, dose in enumerate(totals) if not index or abs(dose.value - totals[index - 1].value) > 0.01]


def _computed(view: SentenceView, doses: list[Quantity]) -> list[Quantity]:
    """The total of "30 fractions of 2 Gy", where no total is printed."""
    fractions = view.quantities_of(QuantityKind.FRACTIONS)
    if len(doses) != 1 or len(fractions) != 1:
        return []
    each, count = doses[0], fractions[0]
    total = each.value * count.value
    amounts = (type(each.amounts[0])(total, total),)
    return [Quantity(kind=each.kind, span=each.span, amounts=amounts, unit=each.unit)]


def _status(view: SentenceView, mention: Mention, named: tuple[TextSpan, ...], with_dose: bool) -> Giving:
    """What is said of it; a dose, a technique or the verb itself speak for a course where no cue does."""
    status = giving(view, mention.span, named)
    speaks = with_dose or mention.words.lower().endswith("irradiated") or bool(mention.get("rt_technique"))
    if status is Giving.UNTOLD and speaks and not is_generic(view):
        return Giving.GIVEN
    return status


def _dose_status(view: SentenceView, span: TextSpan, named: tuple[TextSpan, ...]) -> Giving:
    status = giving(view, span, named)
    return Giving.GIVEN if status is Giving.UNTOLD and not is_generic(view) else status


def _courses(
    view: SentenceView, totals: list[Quantity], mentions: list[Mention]
) -> Iterator[tuple[RadiotherapyCourse, TextSpan]]:
    boosts = [dose for dose in totals if _is_boost(view, dose)]
    sums = [dose for dose in totals if _TOTAL.search(view.before(dose.span, 45))]
    mains = sums[:1] if sums and boosts else [dose for dose in totals if dose not in boosts] or boosts
    added = [] if sums or mains == boosts else boosts
    for number, dose in enumerate(mains):
        course = _course(view, dose, totals, mentions)
        following = mains[number + 1].span.start if number + 1 < len(mains) else view.span.end
        first = view.span.start if number == 0 else dose.span.start
        for boost in (b for b in added if first <= b.span.start < following):
            more = _course(view, boost, totals, mentions)
            both = course.fractions is not None and more.fractions is not None
            course = RadiotherapyCourse(
                dose_gy=_with_boost(course.dose_gy or 0, more.dose_gy or 0),
                fractions=(course.fractions or 0) + (more.fractions or 0) if both else course.fractions,
                per_fraction_gy=course.per_fraction_gy,
                technique=course.technique,
                target=course.target,
                setting=course.setting,
            )
        yield course, dose.span


def _with_boost(main: float, boost: float) -> float:
    """Their sum; a boost above the main dose is the total it was raised to ("36 Gy with a boost up to 54 Gy")."""
    return boost if boost > main else round(main + boost, 3)


def _is_boost(view: SentenceView, dose: Quantity) -> bool:
    return bool(_BOOST.search(view.before(dose.span, 30)) or _BOOST.match(view.after(dose.span, 12).lstrip(" -")))


def _course(view: SentenceView, dose: Quantity, totals: list[Quantity], mentions: list[Mention]) -> RadiotherapyCourse:
    """What stands next to this dose belongs to it; a technique may be shared."""
    index = totals.index(dose)
    start = totals[index - 1].span.end if index else view.span.start
    end = totals[index + 1].span.start if index + 1 < len(totals) else view.span.end
    fractions = [f for f in view.quantities_of(QuantityKind.FRACTIONS) if _nearest(f.span, totals) is dose]
    behind = [f for f in fractions if f.span.start >= dose.span.start]
    each = [
        d
        for d in view.quantities_of(QuantityKind.RADIATION_DOSE)
        if d.each and start <= d.span.start < end and d.span.start != dose.span.start
    ]
    stretch = view.words(TextSpan(start, end))
    count = next(iter(behind or fractions), None)
    return RadiotherapyCourse(
        dose_gy=dose.value,
        fractions=count.value if count else (_count(dose.value, each[0].value) if each else _single(stretch)),
        per_fraction_gy=each[0].value if each else None,
        technique=_technique([m for m in mentions if _nearest(m.span, totals) is dose])
        or _technique([m for m in mentions if _is_shared(view, m, totals)])
        or _of_whole_brain(stretch),
        target=_first(_TARGETS, stretch),
        setting=_first(_SETTINGS, view.text),
    )


def _is_shared(view: SentenceView, mention: Mention, totals: list[Quantity]) -> bool:
    """Named in front of all doses, behind them all, or behind a boost: "45 Gy and a boost of 5.4 Gy (conformal)"."""
    span = mention.span
    nearest = _nearest(span, totals)
    behind = span.start >= nearest.span.end and (nearest is totals[-1] or _is_boost(view, nearest))
    return behind or span.end <= totals[0].span.start


def _nearest(span: TextSpan, totals: list[Quantity]) -> Quantity:
    """The total dose that it stands next to."""
    return min(totals, key=lambda dose: max(0, dose.span.start - span.end, span.start - dose.span.end))


def _count(total: float, each: float) -> float | None:
    """Fractions from total and single dose, where they divide."""
    count = total / each if each else 0
    return float(round(count)) if count >= 1 and abs(count - round(count)) < 0.02 else None


_SESSIONS = Pattern(
    r"\b(?P<n>\d{1,2})\s+(?:sessions|sittings)\s+(?:of\s+)?(?:\w+\s+){0,2}(?:radio\w+|radiation|irradiation)", re.I
)


def _undosed_fractions(view: SentenceView) -> float | None:
    """ "25 sessions of radiotherapy": fractions of a course without a dose."""
    counted = view.quantities_of(QuantityKind.FRACTIONS)
    if len(counted) == 1:
        return counted[0].value
    sessions = view.search(_SESSIONS)
    return float(sessions["n"]) if sessions and not counted else None


def _single(words: str) -> float | None:
    return (
        1.0
        if re.search(r"\bsingle[-\s](?:fraction|session|dose)\b|\bone\s+(?:fraction|session)\b", words, re.I)
        else None
    )


def _technique(mentions: list[Mention]) -> str | None:
    """The most telling technique; "external beam" only where nothing narrower is named."""
    named = [technique for mention in mentions if (technique := mention.get("rt_technique"))]
    narrow = [technique for technique in named if technique != "external beam"]
    return next(iter(narrow or named), None)


def _first(table: tuple[tuple[str, Pattern], ...], text: str) -> str | None:
    return next((name for name, pattern in table if pattern.search(text)), None)


TOPIC = Topic(name="radiotherapy", extract=extract, values=(RadiotherapyCourse,), terms=("procedures.csv",))
