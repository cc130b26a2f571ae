"""One shard, whole or not at all: a process reads its reports, and this outlives whatever they do to it."""

from __future__ import annotations

import threading
from collections import Counter

import msgspec

from caselore.batch.lake import Done, Plan, PlannedShard
from caselore.batch.reader import Answer, Begin, Finish, Read, Request
from caselore.reading.child import Child, ChildGone, ChildLate

TRIES = 3
"""How often a reader that dies is started again at the same place: it may have been killed, or the report kills it."""
_BEGIN_SECONDS = 300
_FINISH_SECONDS = 600

_own = threading.local()
"""A reader for each thread that runs shards; it goes on from shard to shard."""


class ShardFailed(RuntimeError):
    """A shard cannot be done: its tables cannot be written, or no reader stays alive. The message says why."""


class Task(msgspec.Struct, frozen=True, kw_only=True):
    """A shard to be run; small, as it travels to other machines. `lake` is a folder that all of them see.

    `answers` is the folder where readers keep what is the same at every start; a machine may lack it.
    """

    lake: str
    shard: PlannedShard
    root: str
    seconds: float
    triage: bool
    answers: str | None = None


def task(lake: str, plan: Plan, shard: PlannedShard, answers: str | None = None) -> Task:
    """The task of one shard of a plan."""
    return Task(
        lake=lake, shard=shard, root=plan.source.root, seconds=plan.seconds, triage=plan.triage, answers=answers
    )


def run_shard(task: Task) -> Done:
    """Reads a shard and writes its tables. Running it twice, also at the same time, gives the same files.

    A report that takes longer than its time, or with which the reader dies again and again, becomes a failure; the shard
    is then read anew without it. Raises ShardFailed.
    """
    failed: dict[int, str] = {}
    deaths: Counter[int] = Counter()
    while True:
        attempt = _Attempt(task, failed)
        try:
            return attempt.run()
        except ChildLate:
            if attempt.place in range(task.shard.inputs):
                failed[attempt.place] = f"it took longer than {task.seconds:g} seconds"
            else:
                deaths[attempt.place] += 1
        except ChildGone:
            deaths[attempt.place] += 1
        finally:
            attempt.leave()
        if deaths[attempt.place] >= TRIES:
            if attempt.place not in range(task.shard.inputs):
                raise ShardFailed(f"shard {task.shard.name} could not be {attempt.step} in {TRIES} tries.")
            failed[attempt.place] = f"the reader died with it {TRIES} times"


class _Attempt:
    """One way through a shard. `place` is the input that is being read; -1 before the first, their number after the last."""

    def __init__(self, task: Task, failed: dict[int, str]) -> None:
        self._task = task
        self._failed = dict(failed)
        self._child = _reader()
        self._whole = False
        self.place = -1
        self.step = "begun"

    def run(self) -> Done:
        task, size = self._task, self._task.shard.inputs
        begin = Begin(
            lake=task.lake,
            shard=task.shard,
            root=task.root,
            triage=task.triage,
            failed=self._failed,
            answers=task.answers,
        )
        self._ask(begin, _BEGIN_SECONDS)
        for self.place in range(size):
            if self.place not in self._failed:
                self._ask(Read(place=self.place), task.seconds)
        self.place, self.step = size, "written"
        done = self._ask(Finish(), _FINISH_SECONDS).done
        assert done is not None
        self._whole = True
        return done

    def _ask(self, request: Request, seconds: float) -> Answer:
        answer = msgspec.msgpack.decode(self._child.ask(msgspec.msgpack.encode(request), seconds), type=Answer)
        if answer.failure is not None:
            raise ShardFailed(f"shard {self._task.shard.name} could not be {self.step}: {answer.failure}.")
        return answer

    def leave(self) -> None:
        """A reader that was left in the middle of a shard is of no more use."""
        if not self._whole:
            self._child.end()


def _reader() -> Child:
    child: Child | None = getattr(_own, "child", None)
    if child is None or not child.running:
        child = _own.child = Child("caselore.batch.reader")
    return child
