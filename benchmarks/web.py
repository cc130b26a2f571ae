"""The web application under load: grid pages with facets on a large casebook, readers and curators at work, nothing lost.

    python benchmarks/web.py [--patients 50000] [--readers 20] [--curators 2] [--seconds 20]

Prints the 95th percentiles as JSON, for one visitor and for all of them at once. Exit status 1 when a decision was lost,
an answer was an error, or a page for one visitor takes longer than `--limit` milliseconds.
"""

from __future__ import annotations

import argparse
import json
import logging
import random
import statistics
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import httpx
import msgspec
import uvicorn
from sqlalchemy import insert

from caselore.registry.casebook import Casebook, now, open_casebook
from caselore.registry.schema import NUMBERS, TEXT_FACETS, patients, reports
from caselore.web.app import create_app

PER_REPORT = 5
PAGES = (
    "/casebook",
    "/casebook?sex=male",
    "/casebook?diagnosis=leiomyosarcoma&status=dead",
    "/casebook?surgery=gross+total&recurrence=no&sort=age_years",
    "/casebook?sort=follow_up_months&down=1&page=40",
    "/casebook.json?sex=female&radiotherapy=yes",
)
DIAGNOSES = ("leiomyosarcoma", "chordoma", "angiosarcoma", "liposarcoma", "synovial sarcoma", "solitary fibrous tumor")


def fill(book: Casebook, wanted: int) -> list[str]:
    """A casebook of invented patients, written past the reader: reading is measured elsewhere."""
    draw = random.Random(7)
    stamp = now()
    keys = [f"{number:064x}" for number in range(-(-wanted // PER_REPORT))]
    with book.engine.begin() as connection:
        for at in range(0, len(keys), 1000):
            connection.execute(
                insert(reports),
                [
                    {
                        "id": key, "source": f"report {key[-6:]}", "title": f"Report {key[-6:]}", "body": "an invented report",
                        "payload": b"", "rules_version": "", "added_at": stamp, "read_at": stamp,
                    }
                    for key in keys[at : at + 1000]
                ],
            )  # fmt: skip
        for at in range(0, len(keys), 500):
            connection.execute(
                insert(patients),
                [_patient(draw, key, place) for key in keys[at : at + 500] for place in range(PER_REPORT)],
            )
    return keys


def _patient(draw: random.Random, report: str, place: int) -> dict[str, object]:
    row: dict[str, object] = {
        "role": "index" if place < 3 else "cited",
        "label": f"case {place + 1}",
        "age_years": draw.randint(1, 90),
        "sex": draw.choice(("male", "female")),
        "diagnosis": draw.choice(DIAGNOSES),
        "surgery": draw.choice(("gross total", "subtotal", "resection", "biopsy")),
        "radiotherapy": draw.choice(("yes", "no")),
        "recurrence": draw.choice(("yes", "no")),
        "status": draw.choice(("alive", "dead")),
        "follow_up_months": draw.randint(1, 240),
    }
    for column in draw.sample(("surgery", "radiotherapy", "recurrence", "status", "follow_up_months"), 2):
        row.pop(column)
    told = msgspec.json.encode(row).decode()
    found = {name: row.get(name) for name in (*TEXT_FACETS, *NUMBERS)}
    fixed = {"machine": told, "current": told, "states": "{}", "hidden": False, "sites": ""}
    return {"report_id": report, "key": f"p{place + 1}", "position": place, **fixed, **found}


@contextmanager
def served(book: Casebook) -> Iterator[str]:
    """The address of the application."""
    server = uvicorn.Server(uvicorn.Config(create_app(book), host="127.0.0.1", port=0, log_level="error"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.02)
    yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    server.should_exit = True
    thread.join(timeout=30)


def p95(milliseconds: list[float]) -> float:
    return round(statistics.quantiles(milliseconds, n=20)[-1], 1)


def alone(address: str, rounds: int = 10) -> dict[str, float]:
    """The 95th percentile of each page for one visitor, in milliseconds."""
    found = {}
    with httpx.Client(base_url=address, timeout=120) as client:
        client.get(PAGES[0])
        for page in PAGES:
            taken = []
            for _ in range(rounds):
                since = time.perf_counter()
                client.get(page).raise_for_status()
                taken.append(1000 * (time.perf_counter() - since))
            found[page] = p95(taken)
    return found


class Crowd:
    """Readers who turn pages and curators who decide, until the time is over."""

    def __init__(self, address: str, keys: list[str]) -> None:
        self.address, self.keys = address, keys
        self.taken: list[float] = []
        self.saved: list[tuple[str, str, int]] = []
        self.errors: list[str] = []

    def work(self, readers: int, curators: int, seconds: float) -> None:
        until = time.monotonic() + seconds
        visitors = [threading.Thread(target=self._read, args=(number, until)) for number in range(readers)]
        visitors += [
            threading.Thread(target=self._curate, args=(number, curators, until)) for number in range(curators)
        ]
        for visitor in visitors:
            visitor.start()
        for visitor in visitors:
            visitor.join()

    def _read(self, number: int, until: float) -> None:
        draw = random.Random(number)
        with httpx.Client(base_url=self.address, timeout=120) as client:
            while time.monotonic() < until:
                since = time.perf_counter()
                answer = client.get(draw.choice(PAGES))
                self.taken.append(1000 * (time.perf_counter() - since))
                if answer.is_error:
                    self.errors.append(f"{answer.status_code} {answer.url}")
                time.sleep(draw.random())  # somebody looks at the page

    def _curate(self, number: int, curators: int, until: float) -> None:
        mine = self.keys[number::curators]
        with httpx.Client(base_url=self.address, timeout=120) as client:
            client.get("/casebook")
            headers = {"x-csrftoken": client.cookies["caselore_csrf"]}
            for place, key in enumerate(mine):
                if time.monotonic() > until:
                    return
                age = 1 + place % 90
                path = f"/api/reports/{key}/patients/p1/decisions"
                answer = client.post(
                    path, json={"action": "correct", "column": "age_years", "value": age}, headers=headers
                )
                if answer.is_success:
                    self.saved.append((key, "p1", age))
                else:
                    self.errors.append(f"{answer.status_code} {answer.url}")
                time.sleep(0.05)


def lost(book: Casebook, saved: list[tuple[str, str, int]]) -> int:
    """Decisions that were answered as saved, and are not in the casebook."""
    kept = 0
    for key, patient, age in saved:
        row = next(entry.row for entry in book.entries(key) if entry.patient == patient)
        kept += row["age_years"] == age and len(book.log(key)) == 1
    return len(saved) - kept


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--patients", type=int, default=50_000)
    parser.add_argument("--readers", type=int, default=20)
    parser.add_argument("--curators", type=int, default=2)
    parser.add_argument("--seconds", type=float, default=20)
    parser.add_argument("--limit", type=float, default=150, help="milliseconds for one visitor, 95th percentile")
    asked = parser.parse_args()
    logging.getLogger("httpx").setLevel(logging.WARNING)
    with TemporaryDirectory() as folder:
        book = open_casebook(f"sqlite:///{Path(folder) / 'book.db'}")
        keys = fill(book, asked.patients)
        with served(book) as address:
            single = alone(address)
            crowd = Crowd(address, keys)
            crowd.work(asked.readers, asked.curators, asked.seconds)
        missing = lost(book, crowd.saved)
        book.close()
    told = {
        "patients": len(keys) * PER_REPORT,
        "one visitor, p95 ms": single,
        "all at once, p95 ms": p95(crowd.taken),
        "pages": len(crowd.taken),
        "decisions": len(crowd.saved),
        "lost": missing,
        "errors": crowd.errors[:10],
    }
    print(json.dumps(told, indent=1))
    sys.exit(1 if missing or crowd.errors or max(single.values()) > asked.limit else 0)


if __name__ == "__main__":
    main()
