"""Export and import together lose nothing: the sidecar of any format gives the same reports back."""

from __future__ import annotations

import tempfile
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from caselore import service

_SENTENCES = (
    "A 37-year-old woman presented with a three-month history of headache.",
    "She denied fever.",
    "MRI showed a 42 mm mass in the left temporal lobe.",
    "She underwent a craniotomy with gross total resection on 3 May 2011.",
    "The tumor was a leiomyosarcoma, FNCLCC grade 2, pT2bN0.",
    "The cells were positive for desmin and negative for S100.",
    "She received 50.4 Gy in 28 fractions.",
    "Doxorubicin was planned.",
    "Metastases in the lung were found 8 months after surgery.",
    "She was alive with disease 14 months later.",
)
_TEXTS = st.lists(st.sampled_from(_SENTENCES), min_size=1, max_size=8).map(
    lambda chosen: "Case report\n\n" + " ".join(chosen) + "\n"
)


@settings(deadline=None, max_examples=15)
@given(
    st.lists(_TEXTS, min_size=1, max_size=2),
    st.sampled_from(["phenopacket", "fhir", "brat", "webannotation", "redcap"]),
)
def test_the_same_reports_come_back(texts: list[str], style: str) -> None:
    reports = tuple(service.read_text(text, f"report{number}") for number, text in enumerate(texts))
    made = service.export(reports, style, "2026-01-31T12:00:00Z")
    with tempfile.TemporaryDirectory() as folder:
        for name, content in made.files.items():
            (Path(folder) / name).write_bytes(content)
        (sidecar,) = Path(folder).glob("*.sidecar.json")
        assert service.restore(sidecar) == (reports, ())
