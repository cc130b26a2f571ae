"""Every annotated report, read once, for the conformance tests of exports."""

from __future__ import annotations

from functools import cache

from caselore import service
from caselore.model.case import Report
from caselore.model.fact import Value
from shared import SHARED

TIME = "2026-01-31T12:00:00Z"


@cache
def reports() -> tuple[Report[Value], ...]:
    """The reports of the seeds, dev and dev_full."""
    files = [SHARED / name for name in ("seeds", "dev", "dev_full")]
    return tuple(service.read_place(place) for place in service.report_files(files))
