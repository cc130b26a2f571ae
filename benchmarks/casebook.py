"""How fast the grid of a large casebook answers, alone and with readers and curators at work; and that no decision is lost.

    python benchmarks/casebook.py [--patients 50000] [--at casebook.db] [--seconds 20]

The patients are copies of those in `examples/` with other ages, sexes and outcomes; a casebook that is there already is used again.
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from hashlib import sha256
from itertools import cycle
from pathlib import Path
from statistics import quantiles
from typing import Any

from sqlalchemy import func, insert, select

from caselore import service
from caselore.registry.casebook import Casebook, open_casebook
from caselore.registry.curation import Action
from caselore.registry.database import writing
from caselore.registry.find import NOT_REPORTED, Query, find
from caselore.registry.schema import changes, decisions, patients, reports
from caselore.registry.words import index_words

EXAMPLES = Path(__file__).resolve().parents[1] / "examples"
BAR = 150.0
"""Milliseconds at the 95th percentile."""
READERS, CURATORS = 20, 2
PAUSE = 1.0
"""Seconds that a reader looks at a page."""

QUERIES = (
    Query(),
    Query(page=40),
    Query(sort="age_years", descending=True),
    Query(facets={"sex": ("female",), "role": ("index",)}),
    Query(facets={"disease": ("NED", NOT_REPORTED)}, sort="follow_up_months"),
    Query(words="sarcoma"),
    Query(words='"wide excision"', facets={"sex": ("male",)}, sort="diagnosis"),
    Query(site="femur"),
)


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--patients", type=int, default=50_000)
    options.add_argument("--at", type=Path)
    options.add_argument("--seconds", type=float, default=20)
    given = options.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        book = open_casebook(f"sqlite:///{(given.at or Path(folder) / 'casebook.db').resolve()}")
        fill(book, given.patients)
        first = timed(lambda: find(book.engine, Query()))
        print(f"{find(book.engine, Query()).total} patients; first page of a process {first:.0f} ms")
        alone = [timed(lambda query=query: find(book.engine, query)) for query in QUERIES * 10]
        print(f"page and facets, alone: {told(alone)}")
        slowest, lost = at_work(book, given.seconds)
        book.close()
    return int(slowest > BAR or lost != 0 or percentile(alone) > BAR)


def at_work(book: Casebook, seconds: float) -> tuple[float, int]:
    """The 95th percentile of pages while curators decide without a pause, and how many of their decisions are missing."""
    before, end = count(book), time.monotonic() + seconds
    with ThreadPoolExecutor(READERS + CURATORS) as people:
        reading = [people.submit(read, book, number, end) for number in range(READERS)]
        deciding = [people.submit(decide, book, f"curator {number}", end) for number in range(CURATORS)]
        pages = [one for reader in reading for one in reader.result()]
        decided = [one for curator in deciding for one in curator.result()]
    lost = len(decided) - (count(book) - before)
    print(
        f"with {READERS} readers and {CURATORS} curators: pages {told(pages)}; decisions {told(decided)}; {lost} lost"
    )
    return percentile(pages), lost


def read(book: Casebook, number: int, end: float) -> list[float]:
    """One reader, who looks at each page for a while."""
    chance, found = random.Random(number), []
    while time.monotonic() < end:
        query = chance.choice(QUERIES)
        found.append(timed(lambda query=query: find(book.engine, query)))
        time.sleep(chance.uniform(0.5, 1.5) * PAUSE)
    return found


def decide(book: Casebook, name: str, end: float) -> list[float]:
    """One curator, who corrects one age after the other."""
    chance, found = random.Random(name), []
    lines = find(book.engine, Query(size=500, page=1 + len(name) % 7)).lines
    while time.monotonic() < end:
        line, age = chance.choice(lines), float(chance.randint(1, 90))
        found.append(
            timed(
                lambda line=line, age=age: book.decide(
                    line.report, line.patient, name, Action.CORRECT, column="age_years", value=age
                )
            )
        )
    return found


def count(book: Casebook) -> int:
    with book.engine.connect() as connection:
        return int(connection.execute(select(func.count()).select_from(decisions)).scalar_one())


def fill(book: Casebook, wanted: int) -> None:
    """Copies of the examples until there are as many patients as wanted."""
    for path in sorted(EXAMPLES.glob("*.txt")):
        book.add(service.read(path))
    with writing(book.engine) as connection:
        there = connection.execute(select(func.count()).select_from(patients)).scalar_one()
        models = [dict(row) for row in connection.execute(select(reports)).mappings() if len(row["source"]) < 60]
        people: dict[str, list[dict[str, Any]]] = {}
        for row in connection.execute(select(patients).where(patients.c.key.in_(("p1", "p2", "p3", "c1")))).mappings():
            people.setdefault(row["report_id"], []).append(dict(row))
        chance, number, copies = random.Random(1), 0, cycle(models[: len(list(EXAMPLES.glob("*.txt")))])
        while there < wanted:
            model, number = next(copies), number + 1
            id = sha256(f"{wanted} {number}".encode()).hexdigest()
            connection.execute(insert(reports).values({**model, "id": id, "source": f"report {number:06}"}))
            index_words(connection, id, model["body"])
            lines = [varied(row, id, chance) for row in people[model["id"]]]
            connection.execute(insert(patients), lines)
            there += len(lines)
        connection.execute(insert(changes).values(report_id=models[0]["id"]))


def varied(row: dict[str, Any], report: str, chance: random.Random) -> dict[str, Any]:
    """A copy of a patient with other values in the columns that are filtered and sorted by."""
    other = {
        "age_years": float(chance.randint(0, 95)),
        "sex": chance.choice(["male", "female", None]),
        "disease": chance.choice(["NED", "AWD", "DOD", None]),
        "follow_up_months": chance.choice([None, float(chance.randint(1, 240))]),
    }
    return {key: value for key, value in {**row, **other, "report_id": report}.items() if key != "id"}


def timed(work: Callable[[], object]) -> float:
    """Milliseconds."""
    start = time.perf_counter()
    work()
    return (time.perf_counter() - start) * 1000


def percentile(times: list[float]) -> float:
    return quantiles(times, n=20)[-1]


def told(times: list[float]) -> str:
    return f"{len(times)}, median {sorted(times)[len(times) // 2]:.0f} ms, 95% within {percentile(times):.0f} ms"


if __name__ == "__main__":
    sys.exit(main())
