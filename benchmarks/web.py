"""The web application under load: grid pages with facets on a large casebook, readers and curators at work, nothing lost.

    python benchmarks/web.py [--patients 50000] [--readers 20] [--curators 2] [--seconds 20]

Readers are people: after each page they look at it for one to two seconds, and curators think for half a second to one before
they decide (`--pause 1`; `--pause 0` asks without a pause, which measures what the server can do at most). Visitors run in a
process of their own, so that they do not take the server's time. What is measured begins when each kind of page was shown once.

Prints the 95th percentiles as JSON, for one visitor and for all of them at once, with and without pauses. Exit status 1 when a
decision was lost, an answer was an error, or a page takes longer than `--limit` milliseconds for one visitor or for people.
"""

from __future__ import annotations

import argparse
import json
import logging
import random
import statistics
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from contextlib import contextmanager
from hashlib import sha256
from multiprocessing import get_context
from pathlib import Path
from tempfile import TemporaryDirectory

import httpx
import msgspec
from sqlalchemy import insert

from caselore.registry.casebook import Casebook, now, open_casebook
from caselore.registry.schema import NUMBERS, TEXT_FACETS, patients, reports
from caselore.web.server import serving, warm

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
    # Ids are digests as those of real reports are: the casebook tells them apart by their first characters.
    keys = [sha256(str(number).encode()).hexdigest() for number in range(-(-wanted // PER_REPORT))]
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
    """The address of the application, as `caselore serve` runs it."""
    warm(book)
    with serving(book) as address:
        yield address


def p95(milliseconds: list[float]) -> float:
    return round(statistics.quantiles(milliseconds, n=20)[-1], 1)


def alone(address: str, rounds: int = 20) -> dict[str, float]:
    """The 95th percentile of each page for one visitor, in milliseconds."""
    found = {}
    with httpx.Client(base_url=address, timeout=120) as client:
        for page in PAGES:
            client.get(page)  # sorting 50,000 patients by a column for the first time takes its time
            taken = []
            for _ in range(rounds):
                since = time.perf_counter()
                client.get(page).raise_for_status()
                taken.append(1000 * (time.perf_counter() - since))
            found[page] = p95(taken)
    return found


class Visits(msgspec.Struct):
    """What visitors lived through: milliseconds by page, decisions that were answered as saved, answers that were errors."""

    taken: dict[str, list[float]] = {}
    saved: list[tuple[str, str, int]] = []
    errors: list[str] = []


def read_pages(address: str, number: int, until: float, pause: float) -> Visits:
    """One reader who turns pages."""
    draw, found = random.Random(number), Visits()
    with httpx.Client(base_url=address, timeout=120) as client:
        time.sleep(pause * draw.random())  # they do not all come at the same moment
        while time.monotonic() < until:
            page = draw.choice(PAGES)
            since = time.perf_counter()
            answer = client.get(page)
            found.taken.setdefault(page, []).append(1000 * (time.perf_counter() - since))
            if answer.is_error:
                found.errors.append(f"{answer.status_code} {answer.url}")
            time.sleep(pause * (1 + draw.random()))
    return found


def decide(address: str, number: int, keys: list[str], until: float, pause: float) -> Visits:
    """One curator who corrects an age after the other."""
    draw, found = random.Random(number), Visits()
    with httpx.Client(base_url=address, timeout=120) as client:
        client.get("/casebook")
        headers = {"x-csrftoken": client.cookies["caselore_csrf"]}
        for place, key in enumerate(keys):
            if time.monotonic() > until:
                break
            age = 1 + place % 90
            path = f"/api/reports/{key}/patients/p1/decisions"
            wish = {"action": "correct", "column": "age_years", "value": age}
            since = time.perf_counter()
            answer = client.post(path, json=wish, headers=headers)
            found.taken.setdefault("decision", []).append(1000 * (time.perf_counter() - since))
            if answer.is_success:
                found.saved.append((key, "p1", age))
            else:
                found.errors.append(f"{answer.status_code} {answer.url}")
            time.sleep(pause * (0.5 + draw.random() / 2))
    return found


def crowd(address: str, keys: list[str], readers: int, curators: int, seconds: float, pause: float) -> bytes:
    """All visitors at once, in threads of the process that calls this; a Visits as JSON."""
    until, total = time.monotonic() + seconds, Visits()
    with ThreadPoolExecutor(readers + curators) as pool:
        work = [pool.submit(read_pages, address, number, until, pause) for number in range(readers)]
        work += [pool.submit(decide, address, n, keys[n::curators], until, pause) for n in range(curators)]
        for one in work:
            found = one.result()
            total.saved += found.saved
            total.errors += found.errors
            for page, taken in found.taken.items():
                total.taken.setdefault(page, []).extend(taken)
    return msgspec.json.encode(total)


def visited(address: str, keys: list[str], asked: argparse.Namespace, pause: float) -> Visits:
    """What a crowd in another process lives through."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        work = pool.submit(crowd, address, keys, asked.readers, asked.curators, asked.seconds, pause)
        return msgspec.json.decode(work.result(), type=Visits)


def told(visits: Visits) -> dict[str, object]:
    """The figures of a crowd."""
    pages = [one for page, taken in visits.taken.items() if page != "decision" for one in taken]
    return {
        "pages": len(pages),
        "pages, p50 ms": round(statistics.median(pages), 1),
        "pages, p95 ms": p95(pages),
        "decisions": len(visits.saved),
        "decisions, p95 ms": p95(visits.taken["decision"]),
        "errors": visits.errors[:10],
    }


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
    parser.add_argument("--seconds", type=float, default=20, help="of each crowd")
    parser.add_argument("--pause", type=float, default=1, help="how long people look at a page, times 1 to 2 seconds")
    parser.add_argument("--limit", type=float, default=150, help="milliseconds of a page, 95th percentile")
    asked = parser.parse_args()
    logging.getLogger("httpx").setLevel(logging.WARNING)
    with TemporaryDirectory() as folder:
        book = open_casebook(f"sqlite:///{Path(folder) / 'book.db'}")
        keys = fill(book, asked.patients)
        half = len(keys) // 2
        with served(book) as address:
            single = alone(address)
            people = visited(address, keys[:half], asked, asked.pause)
            endless = visited(address, keys[half:], asked, 0)
        missing = lost(book, [*people.saved, *endless.saved])
        book.close()
    figures = {
        "patients": len(keys) * PER_REPORT,
        "one visitor, p95 ms": single,
        f"{asked.readers} readers and {asked.curators} curators": told(people),
        "the same without a pause": told(endless),
        "lost": missing,
    }
    print(json.dumps(figures, indent=1))
    pages = [one for page, taken in people.taken.items() if page != "decision" for one in taken]
    slow = max(*single.values(), p95(pages)) > asked.limit
    sys.exit(1 if missing or people.errors or endless.errors or slow else 0)


if __name__ == "__main__":
    main()
