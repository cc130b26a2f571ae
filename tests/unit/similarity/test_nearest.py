"""Who comes first and why, the curve above the list, and a large collection against comparing everybody."""

from __future__ import annotations

from typing import Any

import pytest

from caselore.model.cohort import CAVEAT, Member
from caselore.model.row import ReviewRow
from caselore.model.similarity import Verdict
from caselore.similarity import index as index_module
from caselore.similarity.answer import NothingToCompare, rank, similar
from caselore.similarity.index import PatientIndex, terms_of
from caselore.similarity.weights import load_weights
from caselore.similarity.words import query_words, words_of

WEIGHTS = load_weights()


def member(source: str, **told: Any) -> Member:
    return Member(source=source, row=ReviewRow(role="index", label="case 1", **told))


SKULL = member(
    "skull", diagnosis="leiomyosarcoma", sites=("skull",), age_years=40.0, status="dead", follow_up_months=10.0
)
SUBTYPE = member(
    "subtype", diagnosis="pleomorphic leiomyosarcoma", sites=("frontal bone",), status="alive", follow_up_months=30.0
)
THIGH = member("thigh", diagnosis="leiomyosarcoma", sites=("thigh",), age_years=41.0)
MENINGIOMA = member("meningioma", diagnosis="meningioma", sites=("skull",), age_years=40.0)
SILENT = member("silent")
EVERYBODY = (MENINGIOMA, SILENT, THIGH, SUBTYPE, SKULL)
ASKED = ReviewRow(role="index", label="asked", diagnosis="leiomyosarcoma", sites=("skull",), age_years=40.0)


def order(members: tuple[Member, ...], asked: ReviewRow, words: str = "") -> list[str]:
    index = PatientIndex(members)
    return [members[one.place].source for one in rank(index, asked, words, WEIGHTS)]


def test_same_tumour_and_site_first_then_near_ones() -> None:
    found = order(EVERYBODY, ASKED)
    assert found[0] == "skull"
    assert found.index("subtype") < found.index("meningioma")


def test_silence_stands_between_agreement_and_difference() -> None:
    opposite = member("opposite", diagnosis="meningioma", sites=("thigh",), age_years=1.0)
    assert order((opposite, SILENT, SKULL), ASKED) == ["skull", "silent", "opposite"]


def test_words_decide_between_equals() -> None:
    epilepsy = member("epilepsy", diagnosis="leiomyosarcoma", sites=("skull",), symptoms=("seizures",))
    plain = member("a plain one", diagnosis="leiomyosarcoma", sites=("skull",))
    assert order((plain, epilepsy), ASKED, "with seizures")[0] == "epilepsy"


def test_reasons_curve_and_caveat() -> None:
    found = similar(PatientIndex(EVERYBODY), ASKED, "", 4, WEIGHTS)
    assert found.of == 5
    assert len(found.hits) == 4
    first = found.hits[0]
    assert {one.aspect for one in first.of(Verdict.AGREES)} == {"tumour", "site", "age"}
    assert {one.aspect for one in first.comparisons} == set(WEIGHTS.weights)
    assert found.survival is not None
    assert found.survival.patients == 2
    assert found.survival.patients + len(found.without_time) == 4
    assert found.caveat == CAVEAT
    assert any("origin" in note for note in found.notes)
    assert any("read the interval" in note for note in found.notes)


def test_nobody_with_the_tumour_is_said() -> None:
    found = similar(PatientIndex((MENINGIOMA,)), ASKED, "", 3, WEIGHTS)
    assert any("No patient with leiomyosarcoma" in note for note in found.notes)
    assert found.survival is None


def test_nothing_to_compare() -> None:
    with pytest.raises(NothingToCompare, match="tells nothing"):
        rank(PatientIndex(EVERYBODY), ReviewRow(role="index", label="asked"), " ", WEIGHTS)
    with pytest.raises(NothingToCompare, match="nobody"):
        rank(PatientIndex(()), ASKED, "", WEIGHTS)


def test_choosing_first_finds_the_same_nearest(monkeypatch: pytest.MonkeyPatch) -> None:
    sites = ("skull", "thigh", "liver", "lung", "frontal lobe", "uterus")
    tumours = ("leiomyosarcoma", "meningioma", "Ewing sarcoma", "solitary fibrous tumor", "chordoma")
    members = tuple(
        member(f"{number:03}", diagnosis=tumours[number % 5], sites=(sites[number % 6],), age_years=float(number % 90))
        for number in range(300)
    )
    index = PatientIndex(members)
    whole = [one.place for one in rank(index, ASKED, "", WEIGHTS)][:5]
    monkeypatch.setattr(index_module, "WHOLE", 10)
    monkeypatch.setattr(index_module, "CLOSE_BY_TERMS", 60)
    chosen = rank(index, ASKED, "", WEIGHTS)
    assert len(chosen) < 300
    assert [one.place for one in chosen][:5] == whole


def test_terms_and_words_of_a_row() -> None:
    terms = set(terms_of(SUBTYPE.row))
    assert {"tumour leiomyosarcoma", "tumour pleomorphic_leiomyosarcoma"} <= terms
    assert "tumour neoplasm" not in terms
    assert "frontal bone" in words_of(SUBTYPE.row)
    assert query_words("The patient, 40, was positive for S100 and S100") == ["patient", "s100"]
