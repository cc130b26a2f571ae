"""The review row: what one patient of one report comes down to, one harmonised value a column."""

from __future__ import annotations

from typing import Annotated

import msgspec
from msgspec import Meta

Number = float | None
Text = str | None
Terms = tuple[str, ...]


class ReviewRow(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A row of a literature table. None or empty means that the report is silent; it never means "no"."""

    role: Annotated[
        str, Meta(description='"index" (treated by the authors) or "cited" (retold from another publication)')
    ]
    label: Annotated[str, Meta(description='"case 1" ...; for a cited patient the citation as printed')]
    age_years: Annotated[Number, Meta(description="age in years at presentation with the reported tumour")] = None
    sex: Annotated[Text, Meta(description='"male" or "female"')] = None
    diagnosis: Annotated[Text, Meta(description="final tumour type")] = None
    origin: Annotated[Text, Meta(description='"primary" or "metastatic": the tumour at the reported site')] = None
    primary_site: Annotated[Text, Meta(description="organ of origin of metastatic disease")] = None
    sites: Annotated[Terms, Meta(description="anatomical sites of the reported tumour, without the side")] = ()
    laterality: Annotated[Text, Meta(description='"left", "right", "bilateral" or "midline", of the tumour')] = None
    symptoms: Annotated[Terms, Meta(description="complaints and signs at presentation")] = ()
    absent_symptoms: Annotated[Terms, Meta(description="complaints and signs that are explicitly denied")] = ()
    symptom_duration_months: Annotated[Number, Meta(description="months of 30.44 days before presentation")] = None
    largest_dimension_mm: Annotated[
        Number, Meta(description="largest dimension of the largest tumour at presentation, mm")
    ] = None
    immune: Annotated[
        dict[str, str], Meta(description="hiv, ebv: positive/negative; transplant, immunocompetent: yes/no")
    ] = {}
    prior_radiation: Annotated[Text, Meta(description="yes/no: to the site, before this tumour")] = None
    ihc: Annotated[dict[str, str], Meta(description='stain to "positive", "negative" or "conflict"')] = {}
    ki67_percent: Annotated[Number, Meta(description="Ki-67 (MIB-1) index in percent; the middle of a range")] = None
    mitoses_per_10_hpf: Annotated[Number, Meta(description="mitoses per 10 high-power fields")] = None
    necrosis: Annotated[Text, Meta(description='"present" or "absent", in histology')] = None
    grade: Annotated[Text, Meta(description='"1" to "4", "low" or "high"')] = None
    grade_system: Annotated[Text, Meta(description='"FNCLCC" or "WHO", where printed')] = None
    kps: Annotated[Number, Meta(description="Karnofsky performance status at presentation")] = None
    surgery: Annotated[Text, Meta(description='"gross total", "subtotal", "biopsy", "resection" or "none"')] = None
    margin: Annotated[Text, Meta(description='"R0", "R1" or "R2"')] = None
    radiotherapy: Annotated[Text, Meta(description="yes/no: actually given for the reported disease")] = None
    rt_dose_gy: Annotated[Number, Meta(description="total dose of the main course, Gy")] = None
    rt_fractions: Annotated[Number, Meta(description="fractions of the main course")] = None
    rt_technique: Annotated[
        Text, Meta(description="WBRT, SRS, brachytherapy, IMRT, conformal, proton, external beam")
    ] = None
    chemotherapy: Annotated[Text, Meta(description="yes/no: actually given for the reported disease")] = None
    agents: Annotated[Terms, Meta(description="systemic drugs given for this tumour, generic names")] = ()
    cycles: Annotated[Number, Meta(description="cycles given")] = None
    recurrence: Annotated[Text, Meta(description="yes/no: local, after the main resection")] = None
    months_to_recurrence: Annotated[
        Number, Meta(description="months from the main resection to the first recurrence")
    ] = None
    metastases: Annotated[Terms, Meta(description="distant metastatic sites of this patient")] = ()
    status: Annotated[Text, Meta(description='"alive" or "dead" at last contact')] = None
    disease: Annotated[
        Text, Meta(description="NED, AWD (alive with disease), DOD, DOC (dead of it, of another cause)")
    ] = None
    follow_up_months: Annotated[
        Number, Meta(description="months from diagnosis or main operation to last contact or death")
    ] = None


COLUMNS: tuple[str, ...] = ReviewRow.__struct_fields__
"""The columns in the order of the table."""
