"""`search` and `fetch` in a process of their own, against a library on loopback."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from fakes.library import Fault, Library, StoredArticle, library

Run = Callable[..., "subprocess.CompletedProcess[str]"]
REPORT = b"Case report\n\nA 45-year-old woman was admitted with a sarcoma of the elbow.\n"


@pytest.fixture
def books() -> Iterator[Library]:
    with library() as books:
        books.articles += [
            StoredArticle("PMC11", REPORT, title="Sarcoma of the elbow", pmid=5),
            StoredArticle("PMC12", REPORT, title="Sarcoma of the elbow, again", retracted="yes"),
        ]
        yield books


@pytest.fixture
def run(books: Library, tmp_path: Path) -> Run:
    def run(*arguments: str, stdin: str = "", **environment: str) -> subprocess.CompletedProcess[str]:
        own = {
            "CASELORE_CACHE": str(tmp_path / "cache"),
            "CASELORE_CONFIG": "",
            "COLUMNS": "200",
            "CASELORE_TRIES": "2",
        }
        done = subprocess.run(
            [sys.executable, "-m", "caselore", *arguments],
            capture_output=True,
            text=True,
            cwd=tmp_path,
            check=False,
            input=stdin,
            env={**os.environ, **books.environment, **own, **environment},
        )
        assert "Traceback" not in done.stderr
        return done

    return run


def test_from_a_query_to_patients(run: Run, tmp_path: Path) -> None:
    found = run("search", "sarcoma elbow", "--format", "ids")
    assert (found.returncode, found.stdout) == (0, "PMC11\nPMC12\n")
    fetched = run("fetch", "-", "--as", "txt", "-o", "review", stdin=found.stdout)
    assert fetched.returncode == 0
    assert "[2/2] PMC12 skipped: it is retracted (--allow-retracted takes it)." in fetched.stderr
    assert [path.name for path in (tmp_path / "review").iterdir()] == ["PMC11.txt"]
    (table,) = json.loads(run("table", "review", "--format", "json").stdout)
    assert (table["source"], table["patients"][0]["age_years"]) == ("PMC11", 45)


def test_fetched_xml_is_read(run: Run, books: Library) -> None:
    body = (
        b"<article><front><article-meta><title-group><article-title>Sarcoma of the elbow</article-title></title-group>"
        b"</article-meta></front><body><sec><title>Case report</title>"
        b"<p>A 45-year-old woman was admitted with a sarcoma of the elbow.</p></sec></body></article>"
    )
    books.articles[0].body = body
    assert run("fetch", "PMC11").returncode == 0
    (table,) = json.loads(run("table", "articles", "--format", "json").stdout)
    assert (table["source"], table["patients"][0]["age_years"]) == ("PMC11", 45)


def test_search_as_json_goes_into_fetch(run: Run) -> None:
    found = run("search", "sarcoma elbow", "--in", "both", "--format", "json")
    first = json.loads(found.stdout)[0]
    assert (first["catalogues"], first["schema_version"]) == (["pmc", "europepmc"], "1")
    fetched = run("fetch", "-", "--format", "json", "--max", "1", stdin=found.stdout)
    (one,) = json.loads(fetched.stdout)
    assert one["schema_version"] == "1"
    assert (one["pmcid"], one["ending"], one["path"]) == ("PMC11", "fetched", str(Path("articles", "PMC11.xml")))


def test_search_as_a_table(run: Run) -> None:
    done = run("search", "sarcoma elbow", "--max", "1")
    assert done.returncode == 0
    assert "Sarcoma of the elbow" in done.stdout
    assert "1 article of 2" in done.stderr


def test_nothing_found(run: Run) -> None:
    done = run("search", "unicorn", "--format", "json")
    assert (done.returncode, json.loads(done.stdout)) == (1, [])
    assert "Nothing found" in done.stderr


def test_service_that_fails(run: Run, books: Library) -> None:
    books.stumble("esearch", *[Fault(status=500)] * 9)
    done = run("search", "elbow", CASELORE_NCBI_API_KEY="secret-key")
    assert done.returncode == 1
    assert done.stderr.splitlines() == ["Error: PubMed Central search (E-utilities) answers with status 500 (2 tries)."]
    assert books.requests[0][1]["api_key"] == "secret-key"


def test_missing_article(run: Run) -> None:
    done = run("fetch", "PMC99", "PMC11")
    assert done.returncode == 1
    assert "PMC99 failed: PMC99 is not in the open-access bucket." in done.stderr
    assert "1 fetched; 1 failed." in done.stderr


def test_all_skipped(run: Run) -> None:
    assert run("fetch", "PMC12").returncode == 1
    assert run("fetch", "PMC12", "--allow-retracted").returncode == 0


def test_cache_of_the_command_line(run: Run, tmp_path: Path) -> None:
    assert run("fetch", "5", "--cache", "kept").returncode == 0
    assert [path.name for path in (tmp_path / "kept").iterdir()] == ["PMC11.1.xml"]


@pytest.mark.parametrize(
    ("arguments", "environment", "reason"),
    [
        (("fetch", "elbow.txt"), {}, "is no article"),
        (("fetch", "-"), {}, "No article was named"),
        (("search", "elbow"), {"CASELORE_TIMEOUT": "soon"}, "A setting cannot be used"),
        (("search", "elbow"), {"CASELORE_ADDRESS_ELSEWHERE": "http://127.0.0.1"}, "no source of articles"),
        (("search", "elbow", "--max", "0"), {}, "0 is not in the range"),
    ],
)
def test_wrong_use(
    run: Run, books: Library, arguments: tuple[str, ...], environment: dict[str, str], reason: str
) -> None:
    done = run(*arguments, **environment)
    assert done.returncode == 2
    assert reason in done.stderr
    assert books.requests == []
