"""A small panel with made-up counts, whose arithmetic can be done by hand."""

from __future__ import annotations

import msgspec

from caselore.differential.panel import Panel, Parameters, load_parameters
from caselore.model.differential import Study

COUNTS = {
    ("leiomyosarcoma", "SMA"): [(19, 20), (38, 40)],
    ("leiomyosarcoma", "desmin"): [(14, 20)],
    ("leiomyosarcoma", "S100"): [(1, 20)],
    ("schwannoma", "S100"): [(20, 20), (30, 30)],
    ("schwannoma", "SMA"): [(0, 20)],
    ("schwannoma", "SOX10"): [(19, 20)],
    ("angiosarcoma", "CD31"): [(18, 20)],
    ("angiosarcoma", "SMA"): [(4, 20)],
    ("angiosarcoma", "S100"): [(0, 20)],
    ("leiomyoma", "SMA"): [(12, 12)],
    ("glomus tumor", "h-caldesmon"): [(3, 3)],
}


def small_panel(**pooling: float) -> Panel:
    given = load_parameters()
    parameters: Parameters = msgspec.structs.replace(given, pooling=msgspec.structs.replace(given.pooling, **pooling))
    studies = [
        Study(
            line=line,
            diagnosis=diagnosis,
            marker=marker,
            positive=positive,
            total=total,
            source=f"source {number}",
            identifier="doi:10.1000/example",
        )
        for line, (diagnosis, marker, number, (positive, total)) in enumerate(
            (diagnosis, marker, number, counts)
            for (diagnosis, marker), cells in COUNTS.items()
            for number, counts in enumerate(cells, start=1)
        )
    ]
    return Panel(studies, parameters)
