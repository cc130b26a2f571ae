"""The review row: what one patient of one report comes down to, one harmonised value a column."""

from __future__ import annotations

import msgspec


class ReviewRow(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A row of a literature table. None or empty means that the report is silent; it never means "no".

    Ages in years, lengths in mm, doses in Gy, durations in months of 30.44 days, Ki-67 in percent.
    """

    role: str
    label: str
    age_years: float | None = None
    sex: str | None = None
    diagnosis: str | None = None
    origin: str | None = None
    primary_site: str | None = None
    sites: tuple[str, ...] = ()
    laterality: str | None = None
    symptoms: tuple[str, ...] = ()
    absent_symptoms: tuple[str, ...] = ()
    symptom_duration_months: float | None = None
    largest_dimension_mm: float | None = None
    immune: dict[str, str] = {}
    prior_radiation: str | None = None
    ihc: dict[str, str] = {}
    ki67_percent: float | None = None
    mitoses_per_10_hpf: float | None = None
    necrosis: str | None = None
    grade: str | None = None
    grade_system: str | None = None
    kps: float | None = None
    surgery: str | None = None
    margin: str | None = None
    radiotherapy: str | None = None
    rt_dose_gy: float | None = None
    rt_fractions: float | None = None
    rt_technique: str | None = None
    chemotherapy: str | None = None
    agents: tuple[str, ...] = ()
    cycles: float | None = None
    recurrence: str | None = None
    months_to_recurrence: float | None = None
    metastases: tuple[str, ...] = ()
    status: str | None = None
    disease: str | None = None
    follow_up_months: float | None = None


COLUMNS: tuple[str, ...] = ReviewRow.__struct_fields__
"""The columns in the order of the table."""
