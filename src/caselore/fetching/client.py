"""Asks the services: politely, again when they stumble, and never for more than was bargained for."""

from __future__ import annotations

import hashlib
import json
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self, TypeVar

from caselore.fetching.errors import FetchFailed, NotThere
from caselore.fetching.pace import Pace, Patience, asked_wait
from caselore.fetching.sources import Source

if TYPE_CHECKING:
    import httpx

T = TypeVar("T")
Params = Mapping[str, str | int]

ANSWER_LIMIT = 50_000_000
"""Bytes of a search answer or of metadata; the largest seen are a few megabytes."""
FILE_LIMIT = 500_000_000
"""Bytes of one file of an article."""
_PASSING = frozenset({429, 500, 502, 503, 504})
_RANGE_NOT_SATISFIABLE = 416


class Client:
    """One connection pool over all services. May be used by several threads; close it, or use it in a `with`."""

    def __init__(
        self,
        sources: Mapping[str, Source],
        *,
        agent: str,
        with_key: bool = False,
        patience: Patience | None = None,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        # Imported here: it costs a quarter of a second that commands without network need not pay.
        import httpx

        self._patience = patience or Patience()
        self._sources = sources
        self._paces = {name: Pace(source.rate(with_key), clock, sleep) for name, source in sources.items()}
        self._clock = clock
        self._http = httpx.Client(
            timeout=self._patience.timeout, headers={"User-Agent": agent}, follow_redirects=True, max_redirects=3
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._http.close()

    def get(self, source: str, path: str, params: Params | None = None) -> bytes:
        """The whole answer. Raises NotThere for 404, FetchFailed for every other end."""

        def receive(response: httpx.Response, late: Callable[[], None]) -> bytes:
            chunks, size = [], 0
            for chunk in response.iter_bytes():
                late()
                size += len(chunk)
                if size > ANSWER_LIMIT:
                    raise FetchFailed(f"{self._title(source)} answers with more than {ANSWER_LIMIT:,} bytes.")
                chunks.append(chunk)
            return b"".join(chunks)

        return self._ask(source, path, params, dict, receive)

    def get_json(self, source: str, path: str, params: Params | None = None) -> dict[str, Any]:
        """An answer that is a JSON object."""
        try:
            # Titles with raw control characters are known to come from E-utilities.
            content = json.loads(self.get(source, path, params), strict=False)
        except ValueError as error:
            raise FetchFailed(f"{self._title(source)} answers with something that is no JSON.") from error
        if not isinstance(content, dict):
            raise FetchFailed(f"{self._title(source)} answers with JSON of another shape than expected.")
        return content

    def download(self, source: str, path: str, part: Path, md5: str | None) -> None:
        """Fills `part` with the whole file, going on where an earlier try stopped, and checks its MD5.

        Without an MD5 nothing proves that two halves belong together, so it starts anew each time. Raises NotThere or
        FetchFailed; what had come stays in `part` for the next time unless it is wrong.
        """
        for _ in range(2):
            if md5 is None:
                part.unlink(missing_ok=True)
            self._fill(source, path, part)
            if md5 is None or file_md5(part) == md5:
                return
            part.unlink()
        raise FetchFailed(f"{path} came twice with another MD5 than its metadata tell.")

    def _fill(self, source: str, path: str, part: Path) -> None:
        def headers() -> dict[str, str]:
            there = part.stat().st_size if part.exists() else 0
            whole = {"Accept-Encoding": "identity"}
            return {**whole, "Range": f"bytes={there}-"} if there else whole

        def receive(response: httpx.Response, late: Callable[[], None]) -> None:
            if response.status_code == _RANGE_NOT_SATISFIABLE:
                return  # all of it is here already, or something else is: the MD5 tells
            goes_on = response.status_code == 206
            with part.open("ab" if goes_on else "wb") as file:
                for chunk in response.iter_bytes():
                    late()
                    file.write(chunk)
                    if file.tell() > FILE_LIMIT:
                        raise FetchFailed(f"{path} is larger than {FILE_LIMIT:,} bytes.")

        self._ask(source, path, None, headers, receive)

    def _ask(
        self,
        source: str,
        path: str,
        params: Params | None,
        headers: Callable[[], dict[str, str]],
        receive: Callable[[httpx.Response, Callable[[], None]], T],
    ) -> T:
        """Tries until an answer has come whole. `headers` is asked anew for each try."""
        import httpx

        title, patience = self._title(source), self._patience
        address = f"{self._sources[source].address.rstrip('/')}/{path}"
        failure = "does not answer"
        for attempt in range(patience.tries):
            self._paces[source].wait()
            started, asked = self._clock(), None

            def late(started: float = started) -> None:
                if self._clock() - started > patience.deadline:
                    raise httpx.ReadTimeout("deadline")

            try:
                with self._http.stream("GET", address, params=dict(params or {}), headers=headers()) as response:
                    if response.status_code not in _PASSING:
                        _check(response.status_code, title, path)
                        return receive(response, late)
                    failure = f"answers with status {response.status_code}"
                    asked = asked_wait(response.headers.get("Retry-After"))
            except httpx.TimeoutException:
                failure = "does not answer in time"
            except httpx.ConnectError:
                failure = "cannot be reached"
            except httpx.TransportError:
                failure = "breaks off in the middle of its answer"
            except (httpx.TooManyRedirects, httpx.InvalidURL) as error:
                raise FetchFailed(f"{title} cannot be asked: {error}.") from error
            except OSError as error:
                raise FetchFailed(f"{path} cannot be kept: {(error.strerror or str(error)).lower()}.") from error
            if asked is not None and asked > patience.longest_wait:
                raise FetchFailed(f"{title} asks to wait {asked:.0f} seconds; try again later.")
            if attempt + 1 < patience.tries:
                self._paces[source].hold(patience.wait_after(attempt, asked))
        raise FetchFailed(f"{title} {failure} ({patience.tries} tries).")

    def _title(self, source: str) -> str:
        return self._sources[source].title


def _check(status: int, title: str, path: str) -> None:
    if status == 404:
        raise NotThere(f"{title} does not have {path or 'it'}.")
    if status >= 400 and status != _RANGE_NOT_SATISFIABLE:
        raise FetchFailed(f"{title} refuses with status {status}.")


def batches(values: Sequence[str], size: int) -> Iterator[Sequence[str]]:
    """The values in runs of at most `size`, as services limit what one request may ask."""
    for start in range(0, len(values), size):
        yield values[start : start + size]


def file_md5(path: Path) -> str:
    """The MD5 of a file, in hexadecimal: a check of transport, not of trust."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, lambda: hashlib.md5(usedforsecurity=False)).hexdigest()
