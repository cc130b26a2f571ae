"""Whatever JSON a service answers with, it is read or refused in a sentence."""

from __future__ import annotations

import contextlib
from typing import Any, cast

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from caselore.fetching.client import Client
from caselore.fetching.errors import FetchFailed
from caselore.fetching.identifiers import parse, resolve
from caselore.fetching.metadata import read_article
from caselore.fetching.pace import asked_wait
from caselore.fetching.search import search_europepmc, search_pmc

NAMES = [
    "esearchresult", "idlist", "count", "errorlist", "warninglist", "phrasesnotfound", "result", "7", "authors", "name",
    "articleids", "idtype", "value", "title", "pubdate", "hitCount", "resultList", "nextCursorMark", "pmcid", "pmid",
    "authorString", "pubYear", "records", "error", "license_code", "is_retracted", "xml_url", "errMsg",
]  # fmt: skip
LEAVES = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.text("aP7² .-", max_size=5)
    | st.sampled_from(["7", "PMC7", "²", "2001"])
)
ANSWERS = st.recursive(
    LEAVES, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(NAMES), inner, max_size=5)
)
OBJECTS = st.dictionaries(st.sampled_from(NAMES), ANSWERS, max_size=6)
SEARCHES = st.fixed_dictionaries(
    {
        "esearchresult": OBJECTS | LEAVES,
        "result": st.fixed_dictionaries({"7": OBJECTS | LEAVES}) | LEAVES,
        "resultList": st.fixed_dictionaries({"result": st.lists(OBJECTS | LEAVES, max_size=3) | LEAVES}) | LEAVES,
    },
    optional={"hitCount": ANSWERS, "nextCursorMark": ANSWERS, "error": ANSWERS},
)
at_any_speed = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])


class Answering:
    """A client whose services answer with what it was given, again and again."""

    def __init__(self, answer: dict[str, Any]) -> None:
        self.answer = answer

    def get_json(self, *asked: object) -> dict[str, Any]:
        return self.answer


@at_any_speed
@given(SEARCHES)
def test_search_answers(answer: dict[str, Any]) -> None:
    client = cast("Client", Answering(answer))
    with contextlib.suppress(FetchFailed):
        assert all(one.pmcid for one in search_pmc(client, "elbow", 5, {}).found)
    with contextlib.suppress(FetchFailed):
        assert len(search_europepmc(client, "elbow", 5).found) <= 5


@at_any_speed
@given(OBJECTS)
def test_converter_answers(answer: dict[str, Any]) -> None:
    (one,) = resolve(cast("Client", Answering(answer)), [parse("7")], {})
    assert (one.pmcid is None) == (one.failure is not None)


@at_any_speed
@given(OBJECTS)
def test_metadata(content: dict[str, Any]) -> None:
    with pytest.raises(FetchFailed):
        read_article({**content, "pmcid": "PMC8"}, "PMC7", 1)
    assert read_article({**content, "pmcid": "PMC7"}, "PMC7", 1).pmcid == "PMC7"


@at_any_speed
@given(st.text("0129²- :,WedOctGMT+", max_size=30))
def test_retry_after(header: str) -> None:
    asked = asked_wait(header)
    assert asked is None or asked >= 0
