"""The index of the grid says what the table says, whatever was added, decided, taken back and removed since it was built."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from caselore.registry.bits import Mask, bits_of
from caselore.registry.casebook import Casebook, open_casebook
from caselore.registry.curation import Action
from caselore.registry.find import NOT_REPORTED, Query, find
from caselore.registry.order import Order
from unit.registry.conftest import KNEE, STOMACH, read


def shown(casebook: Casebook, **asked: object) -> list[tuple[str, str]]:
    return [(line.source, line.patient) for line in find(casebook.engine, Query(**asked)).lines]  # type: ignore[arg-type]


def test_the_index_follows_every_change(casebook: Casebook) -> None:
    assert shown(casebook, sort="age_years") == [("knee", "p1"), ("stomach", "p1")]
    casebook.add(read(KNEE.replace("34", "77"), "third"))
    assert shown(casebook, sort="age_years", descending=True)[0] == ("third", "p1")
    casebook.decide("third", "p1", "ann", Action.CORRECT, column="age_years", value=1)
    assert shown(casebook, sort="age_years")[0] == ("third", "p1")
    casebook.decide("third", "p1", "ann", Action.REJECT, column="age_years")
    for descending in (False, True):
        assert shown(casebook, sort="age_years", descending=descending)[-1] == ("third", "p1")
    casebook.remove("knee")
    assert shown(casebook) == [("stomach", "p1"), ("third", "p1")]
    assert find(casebook.engine, Query()).facets["sex"] == {"female": 1, "male": 1}


def test_another_process_s_changes_are_seen(address: str) -> None:
    mine, theirs = open_casebook(address), open_casebook(address)
    assert find(mine.engine, Query()).total == 0
    theirs.add(read(KNEE, "knee"))
    assert find(mine.engine, Query(words="knee")).total == 1
    theirs.decide("knee", "p1", "ann", Action.CORRECT, column="sex", value="female")
    assert find(mine.engine, Query(facets={"sex": ("female",)})).total == 1
    mine.close()
    theirs.close()


def test_pages_hold_everybody_once(casebook: Casebook) -> None:
    for number in range(7):
        casebook.add(read(f"{STOMACH} Number {number}.", f"report {number}"))
    pages = [shown(casebook, page=page, size=4) for page in (1, 2, 3, 4)]
    assert [len(page) for page in pages] == [4, 4, 1, 0]
    assert len({line for page in pages for line in page}) == 9


def test_a_facet_counts_what_the_other_filters_let_in(casebook: Casebook) -> None:
    casebook.decide("stomach", "p1", "ann", Action.REJECT, column="sex")
    page = find(casebook.engine, Query(facets={"sex": (NOT_REPORTED,), "status": ("dead", "alive")}))
    assert (page.total, page.lines[0].source) == (1, "stomach")
    assert page.facets["sex"] == {"male": 1, NOT_REPORTED: 1}
    assert page.facets["status"] == {"dead": 1}


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("resect", {"knee", "stomach"}),
        ('"gastric mass"', {"stomach"}),
        ('"mass gastric"', set()),
        ("gastric knee", set()),
        ("NEAR(knee)", set()),
        ("* ' & ! |", set()),
        ("KNEE", {"knee"}),
    ],
)
def test_words_are_found_by_their_stems_and_never_taken_for_operators(
    casebook: Casebook, words: str, found: set[str]
) -> None:
    assert {source for source, _ in shown(casebook, words=words)} == found


@given(st.lists(st.tuples(st.integers(0, 40), st.none() | st.integers(0, 5).map(float)), max_size=60))
@settings(max_examples=50)
def test_an_order_that_is_kept_is_the_order_that_would_be_made(steps: list[tuple[int, float | None]]) -> None:
    values: dict[int, float | None] = {}
    kept = Order()
    for place, value in steps:
        values[place] = value
        kept.stale.add(place)
        kept.update([(value, ("", "", 0, place))])
    fresh = Order()
    fresh.build((value, ("", "", 0, place)) for place, value in values.items())
    for descending in (False, True):
        assert list(kept.places(descending)) == list(fresh.places(descending))
    assert sorted(kept.places(descending=False)) == sorted(values)


@given(st.sets(st.integers(0, 300)))
def test_bits_hold_what_they_were_made_of(places: set[int]) -> None:
    bits = bits_of(places, 301)
    assert bits.bit_count() == len(places)
    mask = Mask(bits, 301)
    assert {place for place in range(301) if place in mask} == places
