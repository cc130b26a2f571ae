"""Saved filters: a name for a query, each person's own."""

from __future__ import annotations

import pytest

from caselore.registry.casebook import Casebook
from caselore.registry.errors import DecisionRefused, NotInCasebook
from caselore.registry.filters import SavedFilters
from caselore.registry.find import Query, find


def test_a_query_comes_back_under_its_name(casebook: Casebook) -> None:
    filters = SavedFilters(casebook.engine)
    filters.save("ann", "  the   dead ", Query(facets={"status": ("dead",)}, page=3))
    (saved,) = filters.of("ann")
    assert (saved.name, saved.query.page) == ("the dead", 1)
    assert find(casebook.engine, saved.query).total == 1


def test_the_same_name_again_replaces_the_query(casebook: Casebook) -> None:
    filters = SavedFilters(casebook.engine)
    filters.save("ann", "mine", Query(words="knee"))
    filters.save("ann", "mine", Query(words="stomach"))
    assert [one.query.words for one in filters.of("ann")] == ["stomach"]


def test_filters_are_a_person_s_own(casebook: Casebook) -> None:
    filters = SavedFilters(casebook.engine)
    filters.save("ann", "mine", Query())
    assert filters.of("bob") == ()
    with pytest.raises(NotInCasebook, match="bob has no saved filter 'mine'"):
        filters.delete("bob", "mine")
    filters.delete("ann", "mine")
    assert filters.of("ann") == ()


@pytest.mark.parametrize("name", ["", "   ", "x" * 81, "a\x00b"])
def test_a_filter_needs_a_name(casebook: Casebook, name: str) -> None:
    with pytest.raises(DecisionRefused, match="needs a name"):
        SavedFilters(casebook.engine).save("ann", name, Query())
