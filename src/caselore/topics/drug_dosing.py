"""Doses of drugs: how much, on which days, how often, and at which interval ("doxorubicin 75 mg/m2 every 4 weeks")."""

from __future__ import annotations

import re
from collections.abc import Iterator

from caselore.language.given import ASSERTION, Giving, giving, is_generic, treatments
from caselore.language.lexicon import Mention
from caselore.language.numbers import NUMBER, number
from caselore.language.patterns import Pattern
from caselore.language.quantities import Quantity, QuantityKind
from caselore.language.view import SentenceView
from caselore.model.fact import Assertion, Value
from caselore.topics.topic import Draft, Topic


class DrugDose(Value, frozen=True, tag="drug_dose"):
    """A dose of a `drug` (a generic name) in `unit` as printed; "AUC" is mg/ml x min (Calvert 1989).

    `dose_up_to` is the upper end of a range; `days` are those of a cycle, "1-3" or "1, 8"; `frequency` is "daily",
    "twice daily" or "weekly"; `every` the interval between two cycles, "3 weeks".
    """

    drug: str
    dose: float
    unit: str
    dose_up_to: float | None = None
    days: str | None = None
    frequency: str | None = None
    every: str | None = None

    def __str__(self) -> str:
        upper = "" if self.dose_up_to is None else f"-{self.dose_up_to:g}"
        dose = f"AUC {self.dose:g}{upper}" if self.unit == "AUC" else f"{self.dose:g}{upper} {self.unit}"
        days = f", day{'s' if re.search('[-,]', self.days) else ''} {self.days}" if self.days else ""
        frequency = f", {self.frequency}" if self.frequency else ""
        return f"{self.drug} {dose}{days}{frequency}{f', every {self.every}' if self.every else ''}"


_DRUG_IN_FRONT = Pattern(
    r"^\s*(?:\([^()\d]{1,30}\)\s*)?[(\[,:]?\s*(?:(?:at|in|was|were|is|given|administered|started|infused|used|increased|reduced|to|a|an|the"
    r"|dose|dosage|doses|of|intravenous|intravenously|oral|orally|iv|i\.v\.|po|p\.o\.|treatment|therapy|monotherapy|daily|weekly|total"
    r"|once|continuous|infusion|with|initial|starting|standard|by|mouth|tablets?)\b[\s,.]*)*\(?\s*$",
    re.I,
)
_DRUG_BEHIND = Pattern(
    r"^(?:\s*(?:/|per|a|once|twice|each|daily|weekly|day|of|intravenous|oral|\(?(?:iv|i\.v\.|po)\)?)\b)*\s*$", re.I
)
_DAY = r"\d{1,2}"
_DAYS = Pattern(
    rf"\b(?:on\s+)?(?:days?|d\.?)\s?(?P<days>{_DAY}(?:\s?(?:[-–]|to|through)\s?d?{_DAY}|(?:\s?(?:,|and|&|,\s?and)\s?{_DAY}\b)+)?)(?![\d.]|\s?(?:mg|g|weeks?)\b)",
    re.I,
)
# "cortisol after 1 mg of dexamethasone" is a test, no treatment
_TEST = Pattern(r"\b(?:cortisol|suppression)\b[^.;]{0,20}\b(?:after|with)\s+$", re.I)
_FOR_DAYS = Pattern(rf"\bfor\s+(?P<n>{NUMBER})\s+(?:consecutive\s+)?days\b", re.I)
_FREQUENCIES = (
    (
        "twice daily",
        Pattern(r"\b(?:twice[\s-](?:daily|a\s+day|per\s+day)|b\.?i\.?d\b|every\s+(?:12|twelve)\s+h)", re.I),
    ),
    ("twice weekly", Pattern(r"\btwice[\s-](?:weekly|a\s+week|per\s+week)\b", re.I)),
    (
        "three times daily",
        Pattern(r"\b(?:three\s+times\s+(?:daily|a\s+day|per\s+day)|t\.?i\.?d\b|every\s+(?:8|eight)\s+h)", re.I),
    ),
    (
        "weekly",
        Pattern(r"(?<!two-)(?<!three-)\b(?:weekly|(?:a|per|once\s+a|every)\s+week)\b|/\s?week\b|\bq1w\b", re.I),
    ),
    ("daily", Pattern(r"\b(?:daily|(?:per|a|each|every)\s+day|once[\s-]daily|q\.?d)\b|/\s?d(?:ay)?\b", re.I)),
)
_EVERY = Pattern(
    rf"\b(?:every|each|at\s+intervals\s+of)\s+(?P<n>{NUMBER})(?:\s?(?:-|–|to)\s?(?P<m>{NUMBER}))?[\s-]*(?P<unit>week|day|month)s?\b|\bq\s?(?P<q>\d{{1,2}})\s?(?P<u>[wd])\b"
    rf"|\b(?P<adjective>\d{{1,2}}|two|three|four)[\s-]weekly\b|\b(?P<cycle>\d{{2}})-day\s+cycles?\b",
    re.I,
)


def extract(view: SentenceView) -> Iterator[Draft]:
    """A dose for each printed amount that stands at a drug; an interval at the end of a list is of all its drugs."""
    doses = view.quantities_of(QuantityKind.DRUG_DOSE)
    drugs = [mention for mention in view.of("drug") if mention.get("group") != "class"]
    if not doses or not drugs or is_generic(view):
        return
    named = treatments(view)
    intervals = list(view.find(_EVERY))
    for number_of_dose, quantity in enumerate(doses):
        drug = _drug_of(view, quantity, drugs)
        status = giving(view, drug.span, named) if drug else Giving.GENERAL
        if drug is None or status is Giving.GENERAL or _TEST.search(view.before(quantity.span)):
            continue
        following = doses[number_of_dose + 1].span.start if number_of_dose + 1 < len(doses) else view.span.end
        schedule = _schedule(view, quantity, following, drugs)
        every = _interval(intervals[0]) if len(intervals) == 1 else _first_interval(schedule)
        low, high = quantity.amounts[0].low, quantity.amounts[0].high
        value = DrugDose(
            drug=drug.label,
            dose=low,
            dose_up_to=high if high != low else None,
            unit=quantity.unit,
            days=_days(schedule),
            frequency=_frequency(_EVERY.sub(" ", schedule)),
            every=every,
        )
        assertion = Assertion.AFFIRMED if status is Giving.UNTOLD else ASSERTION[status]
        yield Draft(value=value, spans=(drug.span, quantity.span), assertion=assertion)


def _drug_of(view: SentenceView, quantity: Quantity, drugs: list[Mention]) -> Mention | None:
    """ "doxorubicin (75 mg/m2", "75 mg/m2 of doxorubicin"."""
    start, text = view.span.start, view.text
    for drug in reversed(drugs):
        if drug.span.end <= quantity.span.start:
            between = text[drug.span.end - start : quantity.span.start - start]
            if len(between) <= 80 and _DRUG_IN_FRONT.match(between):
                return drug
            break
    for drug in drugs:
        if drug.span.start >= quantity.span.end:
            between = text[quantity.span.end - start : drug.span.start - start]
            return drug if _DRUG_BEHIND.match(between) else None
    return None


def _schedule(view: SentenceView, quantity: Quantity, following: int, drugs: list[Mention]) -> str:
    """The words behind a dose, up to the next drug or dose."""
    start = view.span.start
    at = [drug.span.start for drug in drugs if drug.span.start > quantity.span.end + 25]
    end = min([following, *at])
    behind = view.text[quantity.span.end - start : end - start]
    return re.split(r";|\.\s", behind)[0]


def _days(schedule: str) -> str | None:
    match = _DAYS.search(schedule)
    if match:
        days = re.sub(r"\s*(?:to|through|[-–])\s*d?", "-", match["days"])
        return re.sub(r"\s*(?:,\s*and|,|and|&)\s*", ", ", days).strip()
    counted = _FOR_DAYS.search(schedule)
    return f"1-{number(counted['n']):g}" if counted and number(counted["n"]) > 1 else None


def _frequency(schedule: str) -> str | None:
    return next((name for name, pattern in _FREQUENCIES if pattern.search(schedule[:60])), None)


def _first_interval(schedule: str) -> str | None:
    match = _EVERY.search(schedule)
    return _interval(match) if match else None


def _interval(match: re.Match[str]) -> str:
    if match["n"]:
        low = f"{number(match['n']):g}" + (f"-{number(match['m']):g}" if match["m"] else "")
        return f"{low} {match['unit'].lower()}" + ("" if low == "1" else "s")
    if match["q"]:
        return f"{match['q']} {'weeks' if match['u'].lower() == 'w' else 'days'}"
    if match["adjective"]:
        return f"{number(match['adjective']):g} weeks"
    return f"{match['cycle']} days"


TOPIC = Topic(
    name="drug_dosing",
    extract=extract,
    values=(DrugDose,),
    terms=("drugs.csv", "procedures.csv"),
    reads=("drug",),
    alone=False,
)
