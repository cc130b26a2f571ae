"""When two cells say the same."""

from __future__ import annotations

import pytest

from caselore.evaluation.equality import marker_name, same_scalar, same_term


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("solitary fibrous tumor", "solitary fibrous tumour"),
        ("left breast", "breast"),
        ("seizures", "seizure"),
        ("arm paresis", "arm weakness"),
        ("frontal lobe", "frontal"),
    ],
)
def test_same_term(first: str, second: str) -> None:
    assert same_term(first, second)
    assert same_term(second, first)


@pytest.mark.parametrize(("first", "second"), [("arm weakness", "leg weakness"), ("liver", "lung"), ("", "liver")])
def test_other_term(first: str, second: str) -> None:
    assert not same_term(first, second)


@pytest.mark.parametrize(
    ("field", "curated", "got", "same"),
    [
        ("follow_up_months", 34, 33, True),
        ("follow_up_months", 34, 30, False),
        ("ki67_percent", 30, 30.2, True),
        ("ki67_percent", 30, 31, False),
        ("surgery", ["gross total", "resection"], "resection", True),
        ("surgery", "gross total", "resection", False),
        ("grade", "3", "3", True),
        ("age_years", 45, "old", False),
        ("diagnosis", "leiomyosarcoma", "Leiomyosarcoma", True),
    ],
)
def test_same_scalar(field: str, curated: object, got: object, same: bool) -> None:
    assert same_scalar(field, curated, got) is same


@pytest.mark.parametrize(
    ("spelling", "name"), [("α-SMA", "sma"), ("AE1/AE3", "pancytokeratin"), ("S-100 protein", "s100")]
)
def test_marker_name(spelling: str, name: str) -> None:
    assert marker_name(spelling) == name
