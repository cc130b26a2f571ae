"""One lane a patient, as the swimmer chart draws it: how long the course is told, and what happened when."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

import msgspec

from caselore.cohort.endpoints import Grouping
from caselore.model.case import Event
from caselore.model.cohort import Exclusion, Member

Courses = Mapping[tuple[str, str], Sequence[Event]]
"""The told events of patients, by source and label; the review row itself holds only recurrence and last contact."""

_TOLD_BY_EVENTS = ("reoperation", "radiotherapy", "chemotherapy", "metastasis")


class Happening(msgspec.Struct, frozen=True, kw_only=True):
    """An event of the course, in months from the start of the lane."""

    event: str
    months: float


class Lane(msgspec.Struct, frozen=True, kw_only=True):
    """A patient's course to the last time that is told; `state` is the disease at its end, empty where not told."""

    name: str
    group: str
    months: float
    happenings: tuple[Happening, ...]
    state: str = ""


def lanes(
    members: Iterable[Member], grouping: Grouping = lambda row: "", courses: Courses | None = None
) -> tuple[list[Lane], list[Exclusion]]:
    """A lane for each member with a time to show, the longest of each group first; and who has none."""
    known = list(members)
    names = patient_names([(member.source, member.row.label) for member in known])
    drawn, left_out = [], []
    for member, name in zip(known, names, strict=True):
        row = member.row
        if row.follow_up_months is None and row.months_to_recurrence is None:
            reason = "neither follow-up time nor time to recurrence reported"
            left_out.append(Exclusion(source=member.source, label=row.label, reason=reason))
        else:
            events = (courses or {}).get((member.source, row.label), ())
            drawn.append(_lane(member, name, grouping(row), events))
    return sorted(drawn, key=lambda lane: (lane.group, -lane.months, lane.name)), left_out


def patient_names(patients: Sequence[tuple[str, str]]) -> list[str]:
    """A name for each patient, given by source and label, that is unlike the others.

    That is the label where it names a publication in words, else the source, with the label where the source has several patients.
    """
    sources = Counter(source for source, _ in patients)
    labels = Counter(label for _, label in patients)
    names = []
    for source, label in patients:
        if labels[label] == 1 and not label.startswith("case ") and any(letter.isalpha() for letter in label):
            names.append(label)
        else:
            names.append(source if sources[source] == 1 else f"{source}, {label}")
    return names


def _lane(member: Member, name: str, group: str, events: Sequence[Event]) -> Lane:
    row = member.row
    end = max(row.follow_up_months or 0.0, row.months_to_recurrence or 0.0)
    found = [
        Happening(event=event.kind, months=event.when.months)
        for event in events
        if event.kind in _TOLD_BY_EVENTS and event.when is not None and 0 <= event.when.months <= end
    ]
    if row.months_to_recurrence is not None and row.recurrence != "no":
        found.append(Happening(event="recurrence", months=row.months_to_recurrence))
    if row.follow_up_months is not None and row.status is not None:
        found.append(Happening(event="death" if row.status == "dead" else "alive", months=end))
    return Lane(name=name, group=group, months=end, happenings=tuple(dict.fromkeys(found)), state=row.disease or "")
