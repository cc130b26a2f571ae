"""Child processes that answer one request after the other, so that nothing they meet can hang or crash who asked.

A child is a module with a function `serve` that calls `answer_requests`. It ends when who asked has gone.
"""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable
from typing import IO

_START = "import sys; sys.path[:] = sys.argv[1:]; from {module} import serve; serve()"
_GRACE = 30
"""Seconds beyond its time after which a child ends itself: whoever should have ended it must be gone."""


class ChildGone(RuntimeError):
    """The child ended before it had answered; it must not be asked again."""


class ChildLate(ChildGone):
    """The child did not answer within its time, and was ended."""


class Child:
    """A running child of this process: the `serve` of a module."""

    def __init__(self, module: str) -> None:
        self.owner = os.getpid()
        self.process = subprocess.Popen(
            [sys.executable, "-I", "-c", _START.format(module=module), *sys.path],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )

    @property
    def running(self) -> bool:
        """Whether it can be asked by this process; one that was inherited by a fork belongs to the parent."""
        return self.owner == os.getpid() and self.process.poll() is None

    def ask(self, message: bytes, seconds: float) -> bytes:
        """The answer. Raises ChildLate or ChildGone; the child is ended then."""
        late = threading.Event()
        timer = threading.Timer(seconds, self._end_late, (late,))
        timer.start()
        answer = None
        try:
            assert self.process.stdin is not None and self.process.stdout is not None
            _send(self.process.stdin, int(seconds).to_bytes(4, "big") + message)
            answer = _receive(self.process.stdout)
        except OSError:
            pass
        finally:
            timer.cancel()
        if answer is None:
            self.end()
            raise ChildLate if late.is_set() else ChildGone
        return answer

    def _end_late(self, late: threading.Event) -> None:
        late.set()
        self.process.kill()

    def end(self) -> None:
        """Ends the child at once."""
        if self.owner == os.getpid():
            self.process.kill()
            self.process.wait()
        for pipe in (self.process.stdin, self.process.stdout):
            with contextlib.suppress(OSError):
                if pipe is not None:
                    pipe.close()


def answer_requests(answer: Callable[[bytes], bytes]) -> None:
    """What a child does: one answer to each request on standard input, until that ends."""
    requests, answers = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # who asked decides what an interrupt means
    while (message := _receive(requests)) is not None:
        _set_alarm(int.from_bytes(message[:4], "big") + _GRACE)
        _send(answers, answer(message[4:]))
        _set_alarm(0)


def _set_alarm(seconds: int) -> None:
    if hasattr(signal, "alarm"):  # not on Windows
        signal.alarm(seconds)


def _send(pipe: IO[bytes], message: bytes) -> None:
    pipe.write(len(message).to_bytes(8, "big") + message)
    pipe.flush()


def _receive(pipe: IO[bytes]) -> bytes | None:
    """One message, or None at the end of the stream."""
    size = pipe.read(8)
    if len(size) < 8:
        return None
    length = int.from_bytes(size, "big")
    message = pipe.read(length)
    return message if len(message) == length else None
