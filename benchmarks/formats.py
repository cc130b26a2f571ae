"""Whether every format gives the same patients as plain text, and how fast PDFs are read.

    python benchmarks/formats.py [--shared ../shared] [--misses] [--examples]

Twelve reports (or the examples of this repository) are rendered as text, two-column PDF with running heads, page numbers
and footnotes (natively ordered, and with the lines of both columns in turns), JATS, HTML, Word and BioC. Review rows of
each format are compared with those of the text. Pages per second stand beside bare pypdfium2 and pdfminer.six.
"""

from __future__ import annotations

import argparse
import io
import sys
import time
from collections.abc import Callable
from pathlib import Path

import msgspec

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "tests"))

import rendering  # noqa: E402
from caselore.assembly.report import assemble  # noqa: E402
from caselore.assembly.row import review_rows  # noqa: E402
from caselore.evaluation.agreement import agreement  # noqa: E402
from caselore.reading.formats import load  # noqa: E402
from caselore.reading.text import load_bytes  # noqa: E402

FORMATS: dict[str, Callable[[list[rendering.Part]], bytes]] = {
    "pdf": rendering.as_pdf,
    "pdf interleaved": lambda parts: rendering.as_pdf(parts, interleaved=True),
    "jats": rendering.as_jats,
    "html": rendering.as_html,
    "word": rendering.as_docx,
    "bioc": rendering.as_bioc,
}


def rows_of(data: bytes, source: str) -> dict[str, object]:
    return {"source": source, "patients": msgspec.to_builtins(review_rows(assemble(load(data, source))))}


def parity(reports: dict[str, list[rendering.Part]], *, misses: bool) -> None:
    truth = [rows_of(rendering.as_text(parts), name) for name, parts in reports.items()]
    print(f"review rows of {len(reports)} reports against those of their text")
    for name, render in FORMATS.items():
        got = [rows_of(render(parts), source) for source, parts in reports.items()]
        for patients in ("index", "all"):
            found = agreement(truth, got, patients)
            total = found.total
            print(f"{name:16} {patients:6} P {total.precision:.3f}  R {total.recall:.3f}  F1 {total.f1:.3f}")
        if misses:
            for miss in found.misses:
                print("   ", miss.source[:20], miss.patient, miss.field, miss.outcome, miss.curated, "->", miss.got)


def speed(files: list[bytes]) -> None:
    import pypdfium2

    from caselore.reading import pdf

    def bare(data: bytes) -> None:
        with pypdfium2.PdfDocument(data) as document:
            for page in document:
                page.get_textpage().get_text_range()

    pages = sum(len(pypdfium2.PdfDocument(data)) for data in files)
    readers: dict[str, Callable[[bytes], object]] = {
        "caselore, with geometry": lambda data: pdf.load(data, "any"),
        "caselore, words and lines": pdf.read_lines,
        "bare pypdfium2": bare,
    }
    try:
        from pdfminer.high_level import extract_text

        readers["pdfminer.six"] = lambda data: extract_text(io.BytesIO(data))
    except ImportError:
        print("pdfminer.six is not installed (requirements-bench.in)")
    for name, read in readers.items():
        read(files[0])
        start = time.process_time()
        for data in files:
            read(data)
        print(f"{name:26} {pages / (time.process_time() - start):8.0f} pages/s a core ({pages} pages)")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--shared", type=Path, default=ROOT.parent / "shared")
    parser.add_argument("--examples", action="store_true", help="the examples of this repository instead")
    parser.add_argument("--misses", action="store_true")
    options = parser.parse_args()
    folder = options.shared / "dev_full"
    if options.examples or not folder.is_dir():
        paths = sorted((ROOT / "examples").glob("*.txt"))
    else:
        paths = sorted(folder.glob("*.txt"))[::2]
    reports = {path.stem: rendering.parts_of(load_bytes(path.read_bytes(), path.stem)) for path in paths}
    parity(reports, misses=options.misses)
    speed([rendering.as_pdf(parts) for parts in reports.values()])
    return 0


if __name__ == "__main__":
    sys.exit(main())
