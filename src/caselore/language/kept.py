"""Answers that are worked out anew at every start though they never change, kept in a file between starts.

What a term may be written like and which words a pattern needs take longer to work out than a report takes to read.
A file holds the answers of one function for one version of its module and of Python; without it, or where it cannot be
read or written, the answers are worked out again.
"""

from __future__ import annotations

import atexit
import hashlib
import inspect
import sys
import tempfile
from collections.abc import Callable
from contextlib import suppress
from functools import wraps
from pathlib import Path
from typing import Any, ParamSpec, TypeVar, get_type_hints

import msgspec

_Arguments = ParamSpec("_Arguments")
_Answer = TypeVar("_Answer")

_MOST = 50_000
"""A file with more answers than this holds mostly old ones, and is begun anew."""

_VERSIONS = 4
"""So many files of a function stay: versions that are installed side by side do not take each other's away."""

_folder: Path | None = None
_all: list[_Answers] = []


def keep_in(folder: Path | None) -> None:
    """From now on answers are looked up and kept in this folder, which need not exist; None: nowhere."""
    global _folder
    _folder = folder


def keep_now() -> None:
    """Writes what was worked out so far, for a process that may be killed before it ends; nothing new costs nothing."""
    if _folder is not None:
        for answers in _all:
            answers.write(_folder)


def kept(function: Callable[_Arguments, _Answer]) -> Callable[_Arguments, _Answer]:
    """The same function with its answers kept; it must depend on its printable arguments and its module alone."""
    answers = _Answers(function)
    _all.append(answers)

    @wraps(function)
    def answer(*arguments: _Arguments.args, **named: _Arguments.kwargs) -> _Answer:
        if _folder is None:
            return function(*arguments, **named)
        known = answers.known(_folder)
        key = "\0".join(map(str, (*arguments, *named.values())))
        if key not in known:
            known[key] = function(*arguments, **named)
            answers.changed = True
        found: _Answer = known[key]
        return found

    return answer


class _Answers:
    """The answers of one function, read from their file at the first question and written when Python ends."""

    def __init__(self, function: Callable[..., object]) -> None:
        self.changed = False
        self._function = function
        self._known: dict[str, Any] | None = None

    def known(self, folder: Path) -> dict[str, Any]:
        if self._known is None:
            self._known = self._read(self._file(folder))
            atexit.register(self.write, folder)
        return self._known

    def _file(self, folder: Path) -> Path:
        source = inspect.getsourcefile(self._function)
        content = Path(source).read_bytes() if source else b""
        version = hashlib.sha256(content + sys.version.encode()).hexdigest()[:16]
        return folder / f"{self._function.__name__}-{version}.msgpack"

    def _read(self, path: Path) -> dict[str, Any]:
        answer = get_type_hints(self._function)["return"]
        try:
            found = msgspec.msgpack.decode(path.read_bytes(), type=dict[str, answer])  # type: ignore[valid-type]
        except (OSError, msgspec.MsgspecError):
            return {}
        return found if len(found) < _MOST else {}

    def write(self, folder: Path) -> None:
        """Written aside and renamed, so that of processes that write at once the last leaves a whole file."""
        if not self.changed:
            return
        name, path = self._function.__name__, self._file(folder)
        with suppress(OSError):  # another process may have taken ours away as an older one
            folder.mkdir(parents=True, exist_ok=True)
            with tempfile.NamedTemporaryFile(dir=folder, prefix=f"{name}-", delete=False) as aside:
                aside.write(msgspec.msgpack.encode(self._known))
            Path(aside.name).replace(path)
            by_age = sorted(folder.glob(f"{name}-*"), key=lambda file: file.stat().st_mtime)
            for older in by_age[:-_VERSIONS]:
                older.unlink(missing_ok=True)
        self.changed = False
