"""From identifiers to files."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import msgspec
import pytest

from caselore.fetching.articles import Ending, Errand, Fetched, fetch_articles
from caselore.fetching.errors import WrongIdentifier
from caselore.fetching.identifiers import PmcId, parse
from caselore.fetching.metadata import Wish, read_article, reason_to_skip
from fakes.library import Fault, Library, StoredArticle

BODY = b"<article><body>A lump of the elbow.</body></article>"


def run(errand: Errand, *identifiers: str, **wishes: Any) -> list[Fetched]:
    wishing = msgspec.structs.replace(errand, wish=Wish(**wishes))
    return list(fetch_articles(wishing, map(parse, identifiers), {"tool": "tests"}))


def files(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.glob("**/*") if path.is_file())


def test_article_arrives_whole_with_what_is_known_of_it(books: Library, errand: Errand) -> None:
    books.articles.append(StoredArticle("PMC11", BODY, licence="CC BY-NC", pmid=5, doi="10.1000/elbow"))
    (one,) = run(errand, "PMC11")
    assert one.ending is Ending.FETCHED
    assert one.path is not None
    assert Path(one.path).read_bytes() == BODY
    assert (one.version, one.licence, one.doi, one.pmid) == (1, "CC BY-NC", "10.1000/elbow", "5")
    assert files(errand.output) == ["PMC11.xml"]
    assert files(errand.cache.folder) == ["PMC11.1.xml"]


def test_second_time_nothing_is_downloaded(books: Library, errand: Errand) -> None:
    books.articles.append(StoredArticle("PMC11", BODY))
    run(errand, "PMC11")
    (one,) = run(errand, "PMC11")
    assert one.ending is Ending.ALREADY_THERE
    assert books.asked("PMC11.1.xml") == 1


def test_file_lost_from_the_folder_comes_from_the_cache(books: Library, errand: Errand) -> None:
    books.articles.append(StoredArticle("PMC11", BODY))
    run(errand, "PMC11")
    (errand.output / "PMC11.xml").write_bytes(b"spoiled")
    (one,) = run(errand, "PMC11")
    assert one.ending is Ending.FETCHED
    assert (errand.output / "PMC11.xml").read_bytes() == BODY
    assert books.asked("PMC11.1.xml") == 1


def test_spoiled_cache_is_noticed(books: Library, errand: Errand) -> None:
    books.articles.append(StoredArticle("PMC11", BODY))
    run(errand, "PMC11")
    errand.cache.place("PMC11.1.xml").write_bytes(b"spoiled")
    run(errand, "PMC11")
    assert errand.cache.place("PMC11.1.xml").read_bytes() == BODY


def test_latest_version_unless_another_is_named(books: Library, errand: Errand) -> None:
    for version in (1, 2, 10):
        books.articles.append(StoredArticle("PMC11", BODY + str(version).encode(), version=version))
    books.articles.append(StoredArticle("PMC110", BODY, version=11))
    assert [one.version for one in run(errand, "PMC11")] == [10]
    assert [one.version for one in run(errand, "PMC11.2")] == [2]
    assert (errand.output / "PMC11.xml").read_bytes().endswith(b"2")


def test_other_kinds_of_file(books: Library, errand: Errand) -> None:
    books.articles.append(StoredArticle("PMC11", BODY))
    assert run(errand, "PMC11", kind="txt")[0].ending is Ending.FETCHED
    (pdf,) = run(errand, "PMC11", kind="pdf")
    assert (pdf.ending, pdf.reason) == (Ending.FAILED, "PMC11 has no pdf in the open-access bucket.")
    assert files(errand.output) == ["PMC11.txt"]


@pytest.mark.parametrize("flag", [True, "yes", "Yes", "true"])
def test_retracted_is_said_and_skipped(books: Library, errand: Errand, flag: object) -> None:
    books.articles.append(StoredArticle("PMC11", BODY, retracted=flag))
    (one,) = run(errand, "PMC11")
    assert one.ending is Ending.SKIPPED
    assert "retracted" in (one.reason or "")
    assert books.asked("PMC11.1.xml") == 0
    (one,) = run(errand, "PMC11", allow_retracted=True)
    assert (one.ending, one.retracted) == (Ending.FETCHED, True)


@pytest.mark.parametrize("flag", [False, "no", "No", None])
def test_not_retracted_however_it_is_written(books: Library, errand: Errand, flag: object) -> None:
    books.articles.append(StoredArticle("PMC11", BODY, retracted=flag, ocr=flag))
    assert run(errand, "PMC11")[0].ending is Ending.FETCHED


def test_retraction_after_the_first_fetch_is_noticed(books: Library, errand: Errand) -> None:
    books.articles.append(StoredArticle("PMC11", BODY))
    run(errand, "PMC11")
    books.articles[0].retracted = True
    (one,) = run(errand, "PMC11")
    assert one.ending is Ending.SKIPPED
    assert "is from an earlier time and was left" in (one.reason or "")
    assert files(errand.output) == ["PMC11.xml"]


def test_scanned_text_is_said_and_skipped(books: Library, errand: Errand) -> None:
    books.articles.append(StoredArticle("PMC11", BODY, ocr="yes"))
    assert "scanned" in (run(errand, "PMC11")[0].reason or "")
    assert run(errand, "PMC11", allow_ocr=True)[0].ending is Ending.FETCHED


@pytest.mark.parametrize(
    ("code", "choice", "passes"),
    [
        ("CC BY", "cc", True),
        ("cc-by-nc", "cc", True),
        ("CC BY-NC-ND 4.0", "cc", True),
        ("CC BY-NC", "commercial", False),
        ("CC0", "commercial", True),
        ("CC BY 3.0 IGO", "commercial", True),
        ("TDM", "cc", False),
        (None, "cc", False),
        ("CC BYE", "cc", False),
        ("TDM", "any", True),
        (None, "any", True),
    ],
)
def test_licences(code: str | None, choice: str, passes: bool) -> None:
    article = read_article({"pmcid": "PMC11", "license_code": code}, "PMC11", 1)
    assert (reason_to_skip(article, Wish(licence=choice)) is None) == passes


def test_wrong_licence_is_named(books: Library, errand: Errand) -> None:
    books.articles.append(StoredArticle("PMC11", BODY, licence="TDM"))
    (one,) = run(errand, "PMC11")
    assert (one.ending, one.reason) == (Ending.SKIPPED, "its licence is TDM (--licence any takes it).")


def test_missing_article_does_not_stop_the_others(books: Library, errand: Errand) -> None:
    books.articles.append(StoredArticle("PMC11", BODY))
    missing, there = run(errand, "PMC12", "PMC11")
    assert (missing.ending, missing.reason) == (Ending.FAILED, "PMC12 is not in the open-access bucket.")
    assert there.ending is Ending.FETCHED


def test_wrong_md5_leaves_no_file(books: Library, errand: Errand) -> None:
    books.articles.append(StoredArticle("PMC11", BODY, md5="0" * 32))
    (one,) = run(errand, "PMC11")
    assert one.ending is Ending.FAILED
    assert "another MD5" in (one.reason or "")
    assert files(errand.output) == []


def test_broken_download_goes_on_the_next_time(books: Library, errand: Errand) -> None:
    body = BODY * 5000
    books.articles.append(StoredArticle("PMC11", body))
    books.stumble("PMC11.1.xml", *[Fault(cut_after=50_000)] * 3)
    assert run(errand, "PMC11")[0].ending is Ending.FAILED
    assert files(errand.output) == []
    assert run(errand, "PMC11")[0].ending is Ending.FETCHED
    assert (errand.output / "PMC11.xml").read_bytes() == body
    assert [asked for path, _, asked in books.requests if path.endswith(".xml")] == [
        None,
        "bytes=50000-",
        "bytes=100000-",
        "bytes=150000-",
    ]


def test_metadata_of_another_article(books: Library, errand: Errand) -> None:
    books.articles += [StoredArticle("PMC11", BODY), StoredArticle("PMC12", BODY)]
    books.stumble("metadata", Fault(body=b'{"pmcid": "PMC12"}'))
    (one,) = run(errand, "PMC11")
    assert one.reason == "The metadata of PMC11 are those of PMC12."


def test_addresses_in_metadata_lead_nowhere_else() -> None:
    content = {"pmcid": "PMC11", "xml_url": f"https://example.org/evil.xml?md5={'a' * 32}"}
    stored = read_article(content, "PMC11", 3).files["xml"]
    assert (stored.key, stored.md5) == ("PMC11.3/PMC11.3.xml", "a" * 32)


def test_pmids_and_dois_are_converted_and_each_article_comes_once(books: Library, errand: Errand) -> None:
    books.articles.append(StoredArticle("PMC11", BODY, pmid=77, doi="10.1000/elbow"))
    one, other = run(errand, "77", "https://doi.org/10.1000/Elbow", "PMC11", "PMID: 78")
    assert (one.asked, one.pmcid, one.ending) == ("77", "PMC11", Ending.FETCHED)
    assert (other.ending, other.reason) == (Ending.FAILED, "PMID: 78 is not in PubMed Central.")


def test_converter_that_fails(books: Library, errand: Errand) -> None:
    books.articles.append(StoredArticle("PMC11", BODY, pmid=77))
    books.stumble("identifiers", Fault(status=400))
    pmid, pmcid = run(errand, "77", "PMC11")
    assert "refuses with status 400" in (pmid.reason or "")
    assert pmcid.ending is Ending.FETCHED


def test_folder_that_cannot_be_written(books: Library, errand: Errand) -> None:
    books.articles.append(StoredArticle("PMC11", BODY))
    errand.output.write_text("a file is in the way")
    (one,) = run(errand, "PMC11")
    assert one.ending is Ending.FAILED
    assert "cannot be written" in (one.reason or "")


def test_many_articles_keep_their_order(books: Library, errand: Errand) -> None:
    names = [f"PMC{number}" for number in range(100, 130)]
    books.articles += [StoredArticle(name, BODY + name.encode()) for name in names]
    done = run(errand, *names)
    assert [one.pmcid for one in done] == names
    assert all((errand.output / f"{name}.xml").read_bytes() == BODY + name.encode() for name in names)


@pytest.mark.parametrize(("words", "number", "version"), [("PMC11", 11, None), (" pmc11.2 ", 11, 2)])
def test_pmcids(words: str, number: int, version: int | None) -> None:
    assert parse(words).pmcid == PmcId(number, version)


@pytest.mark.parametrize("words", ["", "PMC", "PMC11.", "../PMC11", "PMC11/../x", "report.txt", "10.1000", "PMC11?x=1"])
def test_what_is_no_identifier(words: str) -> None:
    with pytest.raises(WrongIdentifier):
        parse(words)
