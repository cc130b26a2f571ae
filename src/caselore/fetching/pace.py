"""How fast one service is asked, and how long to wait before asking again."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from threading import Lock

import msgspec


class Patience(msgspec.Struct, frozen=True, kw_only=True):
    """When to give up. Times are in seconds; waits between tries double from `backoff` on.

    `timeout` is the longest silence within a request, `deadline` the longest time one try may take, `longest_wait`
    the longest wait that a service may ask for before it counts as unavailable.
    """

    tries: int = 5
    backoff: float = 1.0
    timeout: float = 30.0
    deadline: float = 300.0
    longest_wait: float = 120.0

    def wait_after(self, attempt: int, asked: float | None) -> float:
        """Seconds before the next try; what the service asks for counts when it is longer."""
        return max(self.backoff * 2.0**attempt, asked or 0.0)


class Pace:
    """Gives out moments to ask at, never closer than the rate allows, to all threads together."""

    def __init__(
        self,
        per_second: float,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._interval = 1 / per_second
        self._clock, self._sleep = clock, sleep
        self._lock = Lock()
        self._next = 0.0

    def wait(self) -> None:
        """Returns when it is this caller's turn."""
        with self._lock:
            now = self._clock()
            turn = max(now, self._next)
            self._next = turn + self._interval
        if turn > now:
            self._sleep(turn - now)

    def hold(self, seconds: float) -> None:
        """No thread asks again before `seconds` have passed."""
        with self._lock:
            self._next = max(self._next, self._clock() + seconds)


def asked_wait(header: str | None) -> float | None:
    """The seconds that a Retry-After header asks for (RFC 9110: seconds or a date), None where it says nothing."""
    if not header:
        return None
    if header.strip().isascii() and header.strip().isdigit():
        return float(header)
    try:
        until = parsedate_to_datetime(header)
    except ValueError:
        return None
    until = until if until.tzinfo else until.replace(tzinfo=UTC)
    return max(0.0, (until - datetime.now(UTC)).total_seconds())
