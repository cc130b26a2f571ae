"""Makes the reports that `caselore examples` hands out: `python tools/build_example_reports.py`.

The texts are in tools/example_reports and tell of fictional patients; each is put into a format that reports come in.
"""

from __future__ import annotations

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "tests"))

import rendering  # noqa: E402
from caselore.reading.text import load_bytes  # noqa: E402

TEXTS = ROOT / "tools" / "example_reports"
REPORTS = ROOT / "src" / "caselore" / "data" / "reports"

FORMATS = {
    "aalberg_2009": "pdf",
    "benvenuti_2011": "docx",
    "castellano_2013": "pdf",
    "dragomir_2014": "html",
    "eskelinen_2016": "pdf",
    "fairweather_2018": "xml",
    "grimaldi_2019": "pdf",
    "hollingworth_2021": "txt",
}
_RENDERERS = {
    "pdf": rendering.as_pdf,
    "docx": rendering.as_docx,
    "html": rendering.as_html,
    "xml": rendering.as_jats,
    "txt": rendering.as_text,
}


def reports() -> dict[str, bytes]:
    """Every report by the name of its file."""
    made = {}
    for name, suffix in FORMATS.items():
        text = load_bytes((TEXTS / f"{name}.txt").read_bytes(), name)
        made[f"{name}.{suffix}"] = _RENDERERS[suffix](rendering.parts_of(text))
    return made


if __name__ == "__main__":
    for name, content in reports().items():
        (REPORTS / name).write_bytes(content)
