"""Similar patients as text for a person: the outcome of the nearest above, then each with reasons, treatment and outcome."""

from __future__ import annotations

from collections.abc import Iterator

from caselore.exchange.cohorts import curve_text
from caselore.model.row import ReviewRow
from caselore.model.similarity import Comparison, Hit, Similar, Verdict


def to_text(found: Similar) -> str:
    """The answer for a person; the caveat comes last, where it stays on the screen."""
    parts = [
        _asked(found),
        *found.notes,
        _outcome(found),
        *(_hit(number, hit) for number, hit in enumerate(found.hits, start=1)),
        found.caveat,
    ]
    return "\n\n".join(part for part in parts if part) + "\n"


def _asked(found: Similar) -> str:
    told = ((one.aspect, one.mine) for one in found.hits[0].comparisons if one.mine) if found.hits else ()
    return f"Patients like: {'; '.join(f'{aspect} {words}' for aspect, words in told)}\n" + (
        f"{len(found.hits)} nearest of {found.of} patients"
    )


def _outcome(found: Similar) -> str:
    if found.survival is None:
        return ""
    without = f"\n  without a time: {len(found.without_time)}" if found.without_time else ""
    return f"Overall survival of the nearest, {found.definition}\n{curve_text(found.survival)}{without}"


def _hit(number: int, hit: Hit) -> str:
    row, member = hit.member.row, hit.member
    reference = f", {member.reference}" if member.reference else ""
    return "\n".join(
        [
            f"{number}. {member.source} {row.label}{reference}  (score {hit.score:.2f})",
            *_reasons(hit),
            f"   treatment: {treatment(row) or 'not reported'}",
            f"   outcome:   {outcome(row) or 'not reported'}",
        ]
    )


def _reasons(hit: Hit) -> Iterator[str]:
    for verdict in (Verdict.AGREES, Verdict.NEAR, Verdict.DIFFERS):
        if found := hit.of(verdict):
            yield f"   {verdict + ':':<10} " + "; ".join(map(_reason, found))
    unknown = [one.aspect for one in hit.of(Verdict.UNKNOWN) if one.mine]
    if unknown:
        yield f"   {'unknown:':<10} {', '.join(unknown)}"


def _reason(one: Comparison) -> str:
    return f"{one.aspect} {one.theirs}"


def treatment(row: ReviewRow) -> str:
    """What was done, in words; what is silent is left out."""
    dose = f"{row.rt_dose_gy:g} Gy" if row.rt_dose_gy is not None else ""
    radiation = " ".join(filter(None, (dose, row.rt_technique)))
    drugs = ", ".join(row.agents)
    parts = (
        f"surgery {row.surgery}" if row.surgery else "",
        f"margin {row.margin}" if row.margin else "",
        _given("radiotherapy", row.radiotherapy, radiation),
        _given("chemotherapy", row.chemotherapy, drugs),
    )
    return "; ".join(filter(None, parts))


def _given(name: str, told: str | None, details: str) -> str:
    if told == "no":
        return f"no {name}"
    return f"{name} ({details})" if details else name if told else ""


def outcome(row: ReviewRow) -> str:
    """What became of the patient, in words; what is silent is left out."""
    after = f"after {row.months_to_recurrence:g} months" if row.months_to_recurrence is not None else ""
    recurrence = {"yes": f"local recurrence {after}".strip(), "no": "no local recurrence"}.get(row.recurrence or "", "")
    last = " ".join(filter(None, (row.status, f"({row.disease})" if row.disease else "")))
    follow_up = f"at {row.follow_up_months:g} months" if row.follow_up_months is not None else ""
    return "; ".join(filter(None, (recurrence, " ".join(filter(None, (last, follow_up))))))
