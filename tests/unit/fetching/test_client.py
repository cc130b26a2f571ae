"""Asking services that stumble."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path
from threading import Thread

import pytest

from caselore.fetching.client import Client, batches, file_md5
from caselore.fetching.errors import FetchFailed, NotThere
from caselore.fetching.pace import Pace, Patience, asked_wait
from caselore.fetching.sources import load_sources
from fakes.library import Fault, Library, StoredArticle
from fakes.waits import Waits

KEY = "PMC11.1/PMC11.1.xml"
BODY = b"<article><body>" + b"A tumour of the elbow. " * 4000 + b"</body></article>"


@pytest.fixture
def part(books: Library, tmp_path: Path) -> Path:
    books.articles.append(StoredArticle("PMC11", BODY))
    return tmp_path / "PMC11.1.xml.part"


def md5_of_body(tmp_path: Path) -> str:
    whole = tmp_path / "whole"
    whole.write_bytes(BODY)
    return file_md5(whole)


def test_too_many_requests_waits_as_long_as_asked(books: Library, client: Client, waits: Waits, part: Path) -> None:
    books.stumble("PMC11", Fault(status=429, headers={"Retry-After": "7"}))
    assert client.get("articles", KEY) == BODY
    assert waits.slept == [7.0]


def test_retry_after_further_away_than_our_patience(books: Library, client: Client, part: Path) -> None:
    books.stumble("PMC11", Fault(status=429, headers={"Retry-After": "3600"}))
    with pytest.raises(FetchFailed, match="asks to wait 3600 seconds"):
        client.get("articles", KEY)
    assert books.asked("PMC11") == 1


def test_server_errors_are_tried_again_with_growing_waits(
    books: Library, client: Client, waits: Waits, part: Path
) -> None:
    books.stumble("PMC11", Fault(status=500), Fault(status=503))
    assert client.get("articles", KEY) == BODY
    assert waits.slept == [1.0, 2.0]


def test_server_errors_without_end(books: Library, client: Client, part: Path) -> None:
    books.stumble("PMC11", *[Fault(status=500)] * 5)
    with pytest.raises(FetchFailed, match=r"answers with status 500 \(3 tries\)"):
        client.get("articles", KEY)
    assert books.asked("PMC11") == 3


def test_other_refusals_are_not_tried_again(books: Library, client: Client, part: Path) -> None:
    books.stumble("PMC11", Fault(status=403))
    with pytest.raises(FetchFailed, match="refuses with status 403"):
        client.get("articles", KEY)
    assert books.asked("PMC11") == 1


def test_silence_is_tried_again(books: Library, client: Client, part: Path) -> None:
    books.stumble("PMC11", Fault(sleep=1.0))
    assert client.get("articles", KEY) == BODY
    assert books.asked("PMC11") == 2


def test_silence_without_end(books: Library, client: Client, part: Path) -> None:
    books.stumble("PMC11", *[Fault(sleep=1.0)] * 3)
    with pytest.raises(FetchFailed, match="does not answer in time"):
        client.get("articles", KEY)


def test_server_that_is_not_there(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    sources = load_sources({"articles": "http://127.0.0.1:1"})
    patience = Patience(tries=2, backoff=0)
    with Client(sources, agent="tests", patience=patience) as client, pytest.raises(FetchFailed, match="be reached"):
        client.get("articles", KEY)


def test_missing_file(client: Client, part: Path) -> None:
    with pytest.raises(NotThere, match="does not have PMC12"):
        client.get("articles", "PMC12.1/PMC12.1.xml")


def test_truncated_answer_is_asked_for_again(books: Library, client: Client, part: Path) -> None:
    books.stumble("PMC11", Fault(cut_after=100))
    assert client.get("articles", KEY) == BODY


def test_truncated_download_goes_on_where_it_stopped(
    books: Library, client: Client, part: Path, tmp_path: Path
) -> None:
    books.stumble("PMC11", Fault(cut_after=40_000))
    client.download("articles", KEY, part, md5_of_body(tmp_path))
    assert part.read_bytes() == BODY
    assert [asked for _, _, asked in books.requests] == [None, "bytes=40000-"]


def test_download_of_an_earlier_session_goes_on(books: Library, client: Client, part: Path, tmp_path: Path) -> None:
    part.write_bytes(BODY[:1000])
    client.download("articles", KEY, part, md5_of_body(tmp_path))
    assert part.read_bytes() == BODY
    assert [asked for _, _, asked in books.requests] == ["bytes=1000-"]


@pytest.mark.parametrize(
    "left", [b"something else", BODY + b"and more", b"x" * len(BODY)], ids=["shorter", "longer", "as long"]
)
def test_wrong_leftover_is_thrown_away(client: Client, part: Path, tmp_path: Path, left: bytes) -> None:
    part.write_bytes(left)
    client.download("articles", KEY, part, md5_of_body(tmp_path))
    assert part.read_bytes() == BODY


def test_server_that_knows_no_ranges(books: Library, client: Client, part: Path, tmp_path: Path) -> None:
    part.write_bytes(BODY[:1000])
    whole = Fault(status=203, body=BODY)  # a success other than 206: the whole file comes
    books.stumble("PMC11", whole)
    client.download("articles", KEY, part, md5_of_body(tmp_path))
    assert part.read_bytes() == BODY


def test_wrong_md5_once_is_healed(books: Library, client: Client, part: Path, tmp_path: Path) -> None:
    books.stumble("PMC11", Fault(body=b"garbage"))
    client.download("articles", KEY, part, md5_of_body(tmp_path))
    assert part.read_bytes() == BODY


def test_wrong_md5_twice_leaves_nothing(client: Client, part: Path) -> None:
    with pytest.raises(FetchFailed, match="another MD5"):
        client.download("articles", KEY, part, "0" * 32)
    assert not part.exists()


def test_without_md5_halves_are_not_put_together(books: Library, client: Client, part: Path) -> None:
    part.write_bytes(b"half of something")
    client.download("articles", KEY, part, None)
    assert part.read_bytes() == BODY
    assert books.requests[0][2] is None


def test_answer_that_is_no_json(books: Library, client: Client, part: Path) -> None:
    with pytest.raises(FetchFailed, match="no JSON"):
        client.get_json("articles", KEY)


def test_answer_of_another_shape(books: Library, client: Client) -> None:
    books.stumble("search", Fault(body=b"[1, 2]"))
    with pytest.raises(FetchFailed, match="another shape"):
        client.get_json("europepmc", "search", {"query": "elbow"})


def test_pace_is_kept_by_all_threads_together(waits: Waits) -> None:
    pace = Pace(4, waits.clock, lambda seconds: waits.slept.append(seconds))
    threads = [Thread(target=pace.wait) for _ in range(9)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    # The clock stands still: the first goes at once, each other is sent a quarter of a second behind the one before.
    assert sorted(waits.slept) == [0.25 * turn for turn in range(1, 9)]


def test_a_hold_concerns_everybody(waits: Waits) -> None:
    pace = Pace(10, waits.clock, waits.sleep)
    pace.wait()
    pace.hold(5)
    pace.wait()
    assert waits.slept == [5.0]


def test_rates_are_those_that_are_stated() -> None:
    source = load_sources()["pmc"]
    assert (source.rate(False), source.rate(True)) == (3, 10)
    assert load_sources()["europepmc"].rate(True) == 3


def test_address_of_an_unknown_service() -> None:
    with pytest.raises(ValueError, match="no source of articles"):
        load_sources({"elsewhere": "http://127.0.0.1"})


@pytest.mark.parametrize(
    ("header", "seconds"),
    [(None, None), ("", None), ("12", 12.0), ("soon", None), ("Wed, 21 Oct 2015 07:28:00 GMT", 0.0)],
)
def test_retry_after(header: str | None, seconds: float | None) -> None:
    assert asked_wait(header) == seconds


def test_retry_after_as_a_date_to_come() -> None:
    asked = asked_wait(format_datetime(datetime.now(UTC) + timedelta(hours=2), usegmt=True))
    assert asked is not None
    assert 7000 < asked <= 7200


@pytest.mark.parametrize(("size", "cut"), [(2, ["ab", "cd", "e"]), (5, ["abcde"]), (9, ["abcde"])])
def test_batches(size: int, cut: list[str]) -> None:
    assert list(batches("abcde", size)) == cut
