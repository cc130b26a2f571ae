"""The patients of a casebook in memory, so that a page of the grid and its facets cost milliseconds among 50,000 patients.

Each value of a facet is a set of patients, kept as one whole number. The index is built once for a process and follows the
journal of changes at every question, so that several processes can share a casebook.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from itertools import islice
from threading import Lock
from typing import NamedTuple

from sqlalchemy import Connection, func, select

from caselore.registry.bits import Mask, bits_of
from caselore.registry.order import Cell, Order, Place
from caselore.registry.schema import NUMBERS, TEXT_FACETS, changes, patients, reports
from caselore.registry.words import number_of, reports_with

_SORTS = (*TEXT_FACETS, *NUMBERS)
_MANY = 500
_REMEMBERED = 200
"""Searches whose results are kept."""
_SITES = "sites"


class Asked(NamedTuple):
    """What a page is asked for; `facets` are wanted values by column, None standing for an empty cell."""

    words: str
    facets: Mapping[str, frozenset[str | None]]
    site: str
    report: str
    sort: str
    descending: bool
    offset: int
    limit: int


class Found(NamedTuple):
    """The ids of the patients of a page, how many there are in all, and the counts of the facets that were asked for."""

    ids: list[int]
    total: int
    counts: dict[str, list[tuple[str | None, int]]]


class _Person(NamedTuple):
    id: int
    report: str
    position: int
    source: str
    values: tuple[str | float | None, ...]
    sites: str


class GridIndex:
    """Safe to share between threads. A patient has a place, a bit; places of patients who are gone are used again."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._seen: int | None = None
        self._people: list[_Person | None] = []
        self._free: list[int] = []
        self._of_report: dict[int, list[int]] = {}
        self._sets: dict[str, dict[str | None, int]] = {name: {} for name in (*TEXT_FACETS, _SITES)}
        self._all = 0
        self._orders: dict[str, Order] = {}
        self._searched: dict[str, list[int]] = {}
        self._found: dict[str, int] = {}

    def ask(self, connection: Connection, asked: Asked, facets: Iterable[str]) -> Found:
        """The patients of one page in their order, with the number of all and the counts of the facets."""
        with self._lock:
            self._follow(connection)
            base = self._all
            if asked.words.strip():
                base &= self._with_words(connection, asked.words)
            if asked.report:
                base &= self._bits(self._of_report.get(number_of(asked.report), ()))
            if asked.site:
                base &= self._any(_SITES, lambda sites: asked.site.casefold() in (sites or "").casefold())
            chosen = {name: self._any(name, values.__contains__) for name, values in asked.facets.items()}
            taken = base
            for bits in chosen.values():
                taken &= bits
            places = self._page(taken, asked)
            return Found(
                ids=[person.id for place in places if (person := self._people[place]) is not None],
                total=taken.bit_count(),
                counts={name: self._counts(name, base, chosen) for name in facets},
            )

    def _follow(self, connection: Connection) -> None:
        """Takes over what changed since the last question."""
        newest = connection.execute(select(func.max(changes.c.id))).scalar_one() or 0
        if newest == self._seen:
            return
        if self._seen is None:
            self._load(connection, None)
        else:
            changed = select(changes.c.report_id).where(changes.c.id > self._seen).distinct()
            ids = list(connection.execute(changed).scalars())
            before = {id for id in ids if number_of(id) in self._of_report}
            for id in ids:
                self._forget(id)
            for start in range(0, len(ids), _MANY):
                self._load(connection, ids[start : start + _MANY])
            if before != {id for id in ids if number_of(id) in self._of_report}:
                self._searched.clear()
        self._found.clear()
        self._seen = newest

    def _load(self, connection: Connection, ids: list[str] | None) -> None:
        # Hidden patients are left out here and not by SQL: SQLite would walk through everybody who is not hidden.
        query = (
            select(patients.c.hidden, patients.c.id, patients.c.report_id, patients.c.position, reports.c.source)
            .add_columns(patients.c.sites, *(patients.c[name] for name in _SORTS))
            .join(reports, reports.c.id == patients.c.report_id)
        )
        if ids is not None:
            query = query.where(patients.c.report_id.in_(ids))
        members: dict[tuple[str, str | None], list[int]] = {}
        shown = []
        for hidden, id, report, position, source, sites, *values in connection.execute(query):
            if hidden:
                continue
            place = self._place(_Person(id, report, position, source, tuple(values), sites))
            shown.append(place)
            members.setdefault((_SITES, sites), []).append(place)
            for name, value in zip(TEXT_FACETS, values, strict=False):
                members.setdefault((name, value), []).append(place)
        self._all |= self._bits(shown)
        for (name, value), places in members.items():
            self._sets[name][value] = self._sets[name].get(value, 0) | self._bits(places)

    def _place(self, person: _Person) -> int:
        if self._free:
            place = self._free.pop()
            self._people[place] = person
        else:
            place = len(self._people)
            self._people.append(person)
        self._of_report.setdefault(number_of(person.report), []).append(place)
        self._outdate(place)
        return place

    def _forget(self, report: str) -> None:
        places = self._of_report.pop(number_of(report), [])
        others = ~self._bits(places)
        self._all &= others
        for place in places:
            person = self._people[place]
            if person is not None:
                self._sets[_SITES][person.sites] &= others
                for name, value in zip(TEXT_FACETS, person.values, strict=False):
                    self._sets[name][_words(value)] &= others
            self._people[place] = None
            self._outdate(place)
        self._free += places

    def _outdate(self, place: int) -> None:
        for order in self._orders.values():
            order.stale.add(place)

    def _with_words(self, connection: Connection, words: str) -> int:
        """The text of a report never changes, so that what was found stands until one comes or goes."""
        if words not in self._searched:
            if len(self._searched) >= _REMEMBERED:
                self._searched.clear()
            self._searched[words] = reports_with(connection, words)
        if words not in self._found:
            if len(self._found) >= _REMEMBERED:
                self._found.clear()
            places = (place for one in self._searched[words] for place in self._of_report.get(one, ()))
            self._found[words] = self._bits(places)
        return self._found[words]

    def _bits(self, places: Iterable[int]) -> int:
        return bits_of(places, len(self._people))

    def _any(self, name: str, wanted: Callable[[str | None], bool]) -> int:
        """The patients with any of the wanted values."""
        bits = 0
        for value, members in self._sets[name].items():
            if wanted(value):
                bits |= members
        return bits

    def _counts(self, name: str, base: int, chosen: Mapping[str, int]) -> list[tuple[str | None, int]]:
        """The values of a facet among the patients whom all other filters let in, the most frequent first."""
        for other, bits in chosen.items():
            if other != name:
                base &= bits
        counted = ((value, (members & base).bit_count()) for value, members in self._sets[name].items())
        return sorted(((value, n) for value, n in counted if n), key=lambda pair: (-pair[1], pair[0] or ""))

    def _page(self, taken: int, asked: Asked) -> list[int]:
        """The places of a page in their order, empty cells last either way."""
        mask = Mask(taken, len(self._people))
        order = self._order(asked.sort if asked.sort in _SORTS else "")
        inside = (place for place in order.places(asked.descending) if place in mask)
        return list(islice(inside, asked.offset, asked.offset + asked.limit))

    def _order(self, sort: str) -> Order:
        """The order by a column, brought up to date."""
        if sort not in self._orders:
            self._orders[sort] = Order()
            self._orders[sort].build(self._cells(range(len(self._people)), sort))
        order = self._orders[sort]
        if order.stale:
            order.update(self._cells(order.stale, sort))
        return order

    def _cells(self, places: Iterable[int], sort: str) -> list[tuple[Cell, Place]]:
        """What the patients at these places are sorted by; those who are gone are left out."""
        column = _SORTS.index(sort) if sort else None
        found: list[tuple[Cell, Place]] = []
        for place in places:
            person = self._people[place]
            if person is not None:
                value: Cell = "" if column is None else person.values[column]
                found.append((value, (person.source, person.report, person.position, place)))
        return found


def _words(value: str | float | None) -> str | None:
    return value if isinstance(value, str) else None
