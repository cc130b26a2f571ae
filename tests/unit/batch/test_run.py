"""A shard is done whatever its reports do to the reader."""

from __future__ import annotations

import os
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import msgspec
import pytest

from caselore.batch import run
from caselore.batch.inputs import Partition
from caselore.batch.lake import Done, Input, Lake, PlannedShard, Source
from caselore.batch.plan import make_plan
from caselore.batch.reader import Answer, Begin, Finish, Read, Request
from caselore.batch.run import ShardFailed, Task, run_shard
from caselore.reading.child import ChildGone, ChildLate
from caselore.settings import START_CACHE

TASK = Task(lake="lake", shard=PlannedShard(number=0, inputs=4, digest="d"), root="/", seconds=7, triage=True)


class Reader:
    """Stands in for the reading process; `harm` tells which places harm it, and how often."""

    harm: dict[int, list[Exception]]
    begun: list[dict[int, str]]
    asked: Counter[int]
    running = True

    def ask(self, message: bytes, seconds: float) -> bytes:
        request: Request = msgspec.msgpack.decode(message, type=Request)
        answer = Answer()
        match request:
            case Begin(failed=failed):
                self.begun.append(failed)
            case Read(place=place):
                self.asked[place] += 1
                if self.harm.get(place):
                    raise self.harm[place].pop(0)
            case Finish():
                answer = Answer(done=Done(shard="d", read=4, set_aside=0, failures=0, files={}))
        return msgspec.msgpack.encode(answer)

    def end(self) -> None:
        pass


@pytest.fixture
def reader(monkeypatch: pytest.MonkeyPatch) -> Reader:
    one = Reader()
    one.harm, one.begun, one.asked = {}, [], Counter()
    monkeypatch.setattr(run, "_reader", lambda: one)
    return one


def test_reader_that_was_killed_starts_the_shard_again(reader: Reader) -> None:
    reader.harm = {2: [ChildGone(), ChildGone()]}
    assert run_shard(TASK).read == 4
    assert reader.begun == [{}, {}, {}]


def test_report_that_kills_each_reader_is_a_failure(reader: Reader) -> None:
    reader.harm = {2: [ChildGone() for _ in range(9)]}
    run_shard(TASK)
    assert reader.begun[-1] == {2: "the reader died with it 3 times"}
    assert reader.asked[2] == 3


def test_report_that_takes_too_long_is_a_failure_at_once(reader: Reader) -> None:
    reader.harm = {0: [ChildLate()], 3: [ChildLate()]}
    run_shard(TASK)
    assert reader.begun == [
        {},
        {0: "it took longer than 7 seconds"},
        dict.fromkeys((0, 3), "it took longer than 7 seconds"),
    ]


def test_tables_that_cannot_be_written_end_the_run(reader: Reader, monkeypatch: pytest.MonkeyPatch) -> None:
    full = msgspec.msgpack.encode(Answer(failure="OSError: no space left on device"))
    monkeypatch.setattr(Reader, "ask", lambda self, message, seconds: full)
    with pytest.raises(ShardFailed, match="shard 000000 could not be begun: OSError: no space left"):
        run_shard(TASK)


def test_report_that_hangs_is_left_behind(tmp_path: Path) -> None:
    """The time limit with a real reading process: a pipe that nobody writes to."""
    os.mkfifo(tmp_path / "hangs.txt")
    lake = Lake(tmp_path / "lake")
    source = Source(kind="folder", path=str(tmp_path), root=str(tmp_path))
    plan = make_plan(
        lake, source, [Partition([Input(path="hangs.txt", stamp="")])], shard_size=9, seconds=1, triage=False
    )
    done = run_shard(run.task(str(lake.folder), plan, plan.shards[0], str(START_CACHE)))
    assert (done.read, done.failures) == (0, 1)


def test_readers_find_what_earlier_ones_worked_out(tmp_path: Path) -> None:
    """Several readers may write the folder at once; each file is whole and of use to the next."""
    (tmp_path / "a.txt").write_text("A 40-year-old man had a sarcoma.")
    source = Source(kind="folder", path=str(tmp_path), root=str(tmp_path))
    lake = Lake(tmp_path / "lake")
    plan = make_plan(lake, source, [Partition([Input(path="a.txt", stamp="")])], shard_size=9, seconds=60, triage=False)
    answers = tmp_path / "answers"
    with ThreadPoolExecutor(1) as fresh:
        done = fresh.submit(run_shard, run.task(str(lake.folder), plan, plan.shards[0], str(answers))).result()
    assert done.read == 1
    names = sorted(path.name.partition("-")[0] for path in answers.iterdir())
    assert "required_literals" in names
    assert len(names) == len(set(names))
