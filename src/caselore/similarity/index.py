"""An index of patients: BM25 over their words, and a quick choice of those worth a close look.

Comparing every aspect takes Python tens of microseconds a patient: nothing for a casebook, too long for 250,000 patients. So the
index also holds what can be looked up (the tumour and all above it, sites, metastases, stains), and of a large collection only
the patients that share most of the query's rare terms or words are compared.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import msgspec

from caselore.model.cohort import Member
from caselore.model.row import ReviewRow
from caselore.similarity.libraries import tantivy
from caselore.similarity.words import query_words, words_of
from caselore.topics.ontology import ancestors, information, named

WHOLE = 1000
"""A collection of no more patients is compared whole."""
CLOSE_BY_TERMS = 200
CLOSE_BY_WORDS = 100
"""Of a larger one, the patients that share most with the query."""
_GENERAL = 0.25
"""Concepts that say less are not looked up: nearly every patient has them."""
_HEAP = 128_000_000
_DECADE = 10


class Found(msgspec.Struct, frozen=True):
    """A patient by the place in the collection, with the BM25 score."""

    place: int
    bm25: float


class PatientIndex:
    """Patients of a collection, searchable. Raises SearchMissing where tantivy is not installed."""

    def __init__(self, members: Sequence[Member]) -> None:
        self.members = members
        library = tantivy()
        builder = library.SchemaBuilder()
        builder.add_text_field("words", tokenizer_name="default", index_option="freq")
        builder.add_text_field("terms", tokenizer_name="raw", index_option="basic")
        builder.add_unsigned_field("place", stored=True)
        self._schema = builder.build()
        self._index = library.Index(self._schema)
        writer = self._index.writer(_HEAP, 1)
        for place, member in enumerate(members):
            writer.add_document(
                library.Document(words=words_of(member.row), terms=list(terms_of(member.row)), place=place)
            )
        writer.commit()
        writer.wait_merging_threads()
        self._index.reload()
        self._searcher = self._index.searcher()

    def by_words(self, text: str, count: int) -> list[Found]:
        """The patients whose words are most relevant to a text, by BM25."""
        return self._search([self._term("words", word) for word in query_words(text)], count)

    def close(self, row: ReviewRow, text: str) -> list[Found]:
        """The patients worth comparing, with the BM25 score of the text; all of a small collection."""
        whole = len(self.members) <= WHOLE
        relevant = {found.place: found.bm25 for found in self.by_words(text, WHOLE if whole else CLOSE_BY_WORDS)}
        if whole:
            return [Found(place, relevant.get(place, 0.0)) for place in range(len(self.members))]
        alike = self._search([self._term("terms", term) for term in terms_of(row)], CLOSE_BY_TERMS)
        places = dict.fromkeys([*(found.place for found in alike), *relevant])
        return [Found(place, relevant.get(place, 0.0)) for place in places]

    def _term(self, field: str, value: str) -> Any:
        return tantivy().Query.term_query(
            self._schema, field, value, index_option="freq" if field == "words" else "basic"
        )

    def _search(self, terms: Sequence[Any], count: int) -> list[Found]:
        if not terms or not count:
            return []
        library = tantivy()
        query = library.Query.boolean_query([(library.Occur.Should, term) for term in terms])
        hits = self._searcher.search(query, limit=count, count=False).hits
        return [Found(self._searcher.doc(address)["place"][0], score) for score, address in hits]


def terms_of(row: ReviewRow) -> Iterator[str]:
    """What can be looked up of a patient: specific concepts of tumour, sites and metastases, stains, decade."""
    yield from dict.fromkeys(_terms(row))


def _terms(row: ReviewRow) -> Iterator[str]:
    if row.diagnosis:
        yield from _concepts("tumours.csv", (row.diagnosis,), "tumour")
    yield from _concepts("anatomy.csv", row.sites, "site")
    yield from _concepts("anatomy.csv", row.metastases, "metastasis")
    if row.primary_site:
        yield from _concepts("anatomy.csv", (row.primary_site,), "origin")
    yield from (f"stain {marker} {result}" for marker, result in row.ihc.items())
    yield from (f"immune {name} {value}" for name, value in row.immune.items())
    if row.age_years is not None:
        yield f"decade {int(row.age_years // _DECADE)}"


def _concepts(name: str, words: Iterable[str], kind: str) -> Iterator[str]:
    for one in words:
        term = named(name, one)
        if term is None:
            yield f"{kind} {one.casefold()}"
            continue
        for concept in ancestors(name, term.concept):
            if information(name, concept) >= _GENERAL:
                yield f"{kind} {concept}"
