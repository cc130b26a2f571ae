"""The families of topics, by which the reader orders, colours, underlines and letters what was read."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files

import msgspec


class Family(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`code` is the two letters of the family and the name of its style."""

    code: str
    name: str
    columns: tuple[str, ...]
    topics: tuple[str, ...]


@cache
def families() -> tuple[Family, ...]:
    """The families in the order of the page."""
    table = tomllib.loads((files("caselore.web") / "families.toml").read_text(encoding="utf-8"))
    return msgspec.convert(table["family"], tuple[Family, ...])


@cache
def _by_topic() -> dict[str, str]:
    return {topic: family.code for family in families() for topic in family.topics}


def family_of(topic: str) -> str:
    """The family of a topic; what no family claims belongs to the patient."""
    return _by_topic().get(topic, "pt")


def label_of(column: str) -> str:
    """A column as people say it: "largest dimension, mm"."""
    return _LABELS.get(column) or column.replace("_", " ")


_LABELS = {
    "age_years": "age, years",
    "symptom_duration_months": "duration, months",
    "largest_dimension_mm": "largest dimension, mm",
    "ihc": "stains",
    "ki67_percent": "Ki-67, %",
    "mitoses_per_10_hpf": "mitoses per 10 HPF",
    "rt_dose_gy": "dose, Gy",
    "rt_fractions": "fractions",
    "rt_technique": "technique",
    "kps": "Karnofsky status",
    "months_to_recurrence": "months to recurrence",
    "follow_up_months": "follow-up, months",
}
