"""Reports and patients that appear more than once."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import msgspec
from msgspec import Meta


class Repeated(StrEnum):
    """What is there twice: a whole report, or one patient in two reports."""

    REPORT = "report"
    PATIENT = "patient"


class SameAs(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A report that seems to be this one, or a patient of another report who seems to be a patient of this one."""

    what: Annotated[Repeated, Meta(description="a whole report, or one patient")]
    source: Annotated[str, Meta(description="the other report")]
    file: Annotated[str, Meta(description="the file of the other report")]
    reasons: Annotated[tuple[str, ...], Meta(description="what agrees")]
    patient: Annotated[str | None, Meta(description="label of the patient of this report")] = None
    other_patient: Annotated[str | None, Meta(description="label of the patient of the other report")] = None
