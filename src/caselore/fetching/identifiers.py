"""Identifiers of articles: PMCIDs, and DOIs and PMIDs that the ID converter turns into PMCIDs."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

import msgspec

from caselore.fetching.client import Client, batches
from caselore.fetching.errors import FetchFailed, WrongIdentifier

_PMCID = re.compile(r"PMC(\d{1,12})(?:\.(\d{1,4}))?", re.I)
_PMID = re.compile(r"(?:PMID:?\s*)?(\d{1,9})", re.I)
_DOI = re.compile(r"(?:https?://(?:dx\.)?doi\.org/|doi:\s*)?(10\.\d{4,9}/\S+)", re.I)
_BATCH = 200
"""The ID converter takes up to 200 identifiers, all of one kind."""


class PmcId(msgspec.Struct, frozen=True):
    """A PMCID, with the version where one is asked for: PMC1779506.1."""

    number: int
    version: int | None = None

    def __str__(self) -> str:
        return f"PMC{self.number}"


class Asked(msgspec.Struct, frozen=True, kw_only=True):
    """An identifier as the user gave it; `pmcid` for a PMCID, otherwise its `kind` ("pmid", "doi") and value."""

    words: str
    pmcid: PmcId | None = None
    kind: str = "pmcid"
    value: str = ""


def parse(words: str) -> Asked:
    """Reads PMC1779506, PMC1779506.1, a PMID or a DOI (also as an address); raises WrongIdentifier for anything else."""
    words = words.strip()
    if match := _PMCID.fullmatch(words):
        return Asked(words=words, pmcid=PmcId(int(match[1]), int(match[2]) if match[2] else None))
    if match := _PMID.fullmatch(words):
        return Asked(words=words, kind="pmid", value=match[1])
    if match := _DOI.fullmatch(words):
        return Asked(words=words, kind="doi", value=match[1].lower())
    raise WrongIdentifier(f"{words!r} is no article: expected a PMCID (PMC1779506), a PMID or a DOI.")


class Resolved(msgspec.Struct, frozen=True, kw_only=True):
    """What became of one identifier: a PMCID, or the reason why there is none."""

    words: str
    pmcid: PmcId | None = None
    failure: str | None = None


def resolve(client: Client, asked: Iterable[Asked], about: dict[str, str]) -> Iterator[Resolved]:
    """PMCIDs of all identifiers, in their order. `about` tells the converter who asks (`tool`, `email`)."""
    wanted = list(asked)
    found: dict[tuple[str, str], Resolved] = {}
    for kind in ("pmid", "doi"):
        # A comma separates identifiers on the wire, so a DOI with one cannot be asked for.
        values = sorted({one.value for one in wanted if one.kind == kind and "," not in one.value})
        for batch in batches(values, _BATCH):
            found.update(_convert(client, kind, batch, about))
    for one in wanted:
        if one.pmcid is not None:
            yield Resolved(words=one.words, pmcid=one.pmcid)
        else:
            answer = found.get((one.kind, one.value))
            yield Resolved(
                words=one.words,
                pmcid=answer.pmcid if answer else None,
                failure=(answer.failure if answer else None) or f"{one.words} is not in PubMed Central.",
            )


def _convert(
    client: Client, kind: str, values: Sequence[str], about: dict[str, str]
) -> Iterator[tuple[tuple[str, str], Resolved]]:
    try:
        answer = client.get_json(
            "identifiers", "", {"ids": ",".join(values), "idtype": kind, "format": "json", "versions": "no", **about}
        )
    except FetchFailed as error:
        for value in values:
            yield (kind, value), Resolved(words=value, failure=str(error))
        return
    records = answer.get("records")
    for record in records if isinstance(records, list) else ():
        if isinstance(record, dict) and (match := _PMCID.fullmatch(str(record.get("pmcid") or ""))):
            value = str(record.get(kind) or record.get("requested-id") or "").lower()
            yield (kind, value), Resolved(words=value, pmcid=PmcId(int(match[1])))
