"""Citations and the reference list."""

from __future__ import annotations

import pytest

from caselore.assembly.cited_sources import with_sources
from caselore.model.case import Citation, Patient, Role
from caselore.model.text import TextSpan
from caselore.reading.references import Reference

SPAN = TextSpan(0, 1)
LIST = (
    Reference(span=SPAN, number=1, first_author="Okafor", year=1998, doi="10.1000/a"),
    Reference(span=SPAN, number=2, first_author="van den Berg", year=2004),
    Reference(span=SPAN, number=3, first_author="Okafor", year=2007),
)


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        ({"number": 1}, (1, "Okafor", 1998, "10.1000/a")),
        ({"author": "Berg"}, (2, "Berg", 2004, None)),
        ({"author": "Okafor", "year": 2006}, (3, "Okafor", 2006, None)),
        ({"author": "Okafor"}, (None, "Okafor", None, None)),
        ({"number": 2, "author": "Okafor"}, (2, "Okafor", None, None)),
        ({"number": 9}, (9, None, None, None)),
    ],
)
def test_what_the_list_tells_and_nothing_else(told: dict[str, object], expected: tuple[object, ...]) -> None:
    patient = Patient(id="c1", role=Role.CITED, label="x", citation=Citation(label="x", **told))  # type: ignore[arg-type]
    found = with_sources([patient], LIST)[0].citation
    assert found is not None
    assert (found.number, found.author, found.year, found.doi) == expected


def test_the_authors_own_patients_have_no_source() -> None:
    own = Patient(id="p1", role=Role.INDEX, label="case 1")
    assert with_sources([own], LIST) == (own,)
