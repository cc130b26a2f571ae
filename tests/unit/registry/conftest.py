"""A casebook in a fresh file, with two fictional reports."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from caselore import service
from caselore.model.case import Report
from caselore.model.fact import Value
from caselore.registry.casebook import Casebook, open_casebook

KNEE = """Synovial sarcoma of the knee

Case report

A 34-year-old man presented with a mass of the left knee. MRI showed a mass of 6 cm. The tumor was completely resected.
Histology showed synovial sarcoma. At 12 months he was alive without recurrence."""
STOMACH = """A tumor of the stomach

Case report

A 61-year-old woman had a gastric mass of 4 cm. It was resected and was a gastrointestinal stromal tumor.
She died after 8 months."""


def read(text: str, source: str) -> Report[Value]:
    return service.read_text(text, source)


@pytest.fixture
def casebook(tmp_path: Path) -> Iterator[Casebook]:
    book = open_casebook(f"sqlite:///{tmp_path / 'casebook.db'}")
    for text, source in ((KNEE, "knee"), (STOMACH, "stomach")):
        book.add(read(text, source))
    yield book
    book.close()
