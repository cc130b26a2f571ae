"""Saved filters: the queries of the grid that a person comes back to, under a name."""

from __future__ import annotations

import msgspec
from sqlalchemy import Engine, delete, insert, select, update

from caselore.registry.database import writing
from caselore.registry.errors import DecisionRefused, NotInCasebook
from caselore.registry.find import Query
from caselore.registry.schema import saved_filters

_LONGEST = 80


class SavedFilter(msgspec.Struct, frozen=True, kw_only=True):
    """A query of one person under a name."""

    owner: str
    name: str
    query: Query


class SavedFilters:
    """The saved filters of one casebook; each person sees and changes their own."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def of(self, owner: str) -> tuple[SavedFilter, ...]:
        """A person's filters by name."""
        query = select(saved_filters).where(saved_filters.c.owner == owner).order_by(saved_filters.c.name)
        with self._engine.connect() as connection:
            return tuple(
                SavedFilter(owner=owner, name=row.name, query=msgspec.json.decode(row.query, type=Query))
                for row in connection.execute(query)
            )

    def save(self, owner: str, name: str, query: Query) -> SavedFilter:
        """Saves a query, in place of the one that had the name. Raises DecisionRefused for an empty or overlong name."""
        name = " ".join(name.split())
        if not 0 < len(name) <= _LONGEST or not name.isprintable():
            raise DecisionRefused(f"A saved filter needs a name of at most {_LONGEST} printable characters.")
        kept = SavedFilter(owner=owner, name=name, query=msgspec.structs.replace(query, page=1))
        words = msgspec.json.encode(kept.query).decode()
        same = (saved_filters.c.owner == owner) & (saved_filters.c.name == name)
        with writing(self._engine) as connection:
            if not connection.execute(update(saved_filters).where(same).values(query=words)).rowcount:
                connection.execute(insert(saved_filters).values(owner=owner, name=name, query=words))
        return kept

    def delete(self, owner: str, name: str) -> None:
        """Raises NotInCasebook when the person has no such filter."""
        same = (saved_filters.c.owner == owner) & (saved_filters.c.name == name)
        with writing(self._engine) as connection:
            if not connection.execute(delete(saved_filters).where(same)).rowcount:
                raise NotInCasebook(f"{owner} has no saved filter {name!r}.")
