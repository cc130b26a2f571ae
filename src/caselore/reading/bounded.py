"""Loaders in a child process, so that no file can hang, exhaust or crash the process that asked for it.

One child serves file after file and is started anew after a failure. pdfium, besides, must not be used by two threads:
a lock lets one at a time in.
"""

from __future__ import annotations

import atexit
import contextlib
import importlib
import threading

import msgspec

from caselore.model.text import Document
from caselore.reading.child import Child, ChildGone, answer_requests
from caselore.reading.errors import UnreadableReport

SECONDS = 60
"""Time for one file."""
MEMORY = 1_000_000_000
"""Bytes of address space for the child, on systems that can limit it."""


class _Request(msgspec.Struct):
    """A file to be loaded by a module's `FORMAT`, or with `page` one to be pictured by its `picture`."""

    module: str
    data: bytes
    source: str = ""
    page: int | None = None


class _Reply(msgspec.Struct):
    document: Document | None = None
    picture: bytes | None = None
    failure: str | None = None


_lock = threading.Lock()
_child: Child | None = None


def load_bounded(module: str, data: bytes, source: str, seconds: float = SECONDS) -> Document:
    """The Document of the `FORMAT` of a module, loaded in the child.

    Raises UnreadableReport, also for what takes too long or too much memory.
    """
    reply = _asked(_Request(module, data, source), seconds)
    if reply.document is None:
        raise UnreadableReport(reply.failure or "the file cannot be read")
    return reply.document


def picture_bounded(module: str, data: bytes, page: int, seconds: float = SECONDS) -> bytes:
    """The picture of a page (from 1) of a file, made by `picture` of a module in the child; raises as `load_bounded`."""
    reply = _asked(_Request(module, data, page=page), seconds)
    if reply.picture is None:
        raise UnreadableReport(reply.failure or "the page cannot be shown")
    return reply.picture


def _asked(request: _Request, seconds: float) -> _Reply:
    with _lock:
        child = _running()
        try:
            return msgspec.msgpack.decode(child.ask(msgspec.msgpack.encode(request), seconds), type=_Reply)
        except ChildGone as error:
            _forget()
            raise UnreadableReport(
                f"the file could not be read within {seconds:g} seconds and {MEMORY // 1_000_000:,} MB of memory"
            ) from error


def _running() -> Child:
    global _child
    if _child is None or not _child.running:
        _child = Child(__name__)
    return _child


@atexit.register
def _forget() -> None:
    global _child
    if _child is not None:
        _child.end()
    _child = None


def serve() -> None:
    """What the child does."""
    _limit_memory()
    answer_requests(lambda message: msgspec.msgpack.encode(_answer(msgspec.msgpack.decode(message, type=_Request))))


def _answer(request: _Request) -> _Reply:
    try:
        module = importlib.import_module(request.module)
        if request.page is not None:
            return _Reply(picture=module.picture(request.data, request.page))
        return _Reply(document=module.FORMAT.load(request.data, request.source))
    except UnreadableReport as error:
        return _Reply(failure=str(error))
    except MemoryError:
        return _Reply(failure=f"the file needs more than {MEMORY // 1_000_000:,} MB of memory")
    except RecursionError:
        return _Reply(failure="the file is nested too deeply")
    except Exception as error:  # the asking process is to go on with its other files
        return _Reply(failure=f"the file broke the reader ({type(error).__name__}: {error}); please report it")


def _limit_memory() -> None:
    try:
        import resource
    except ImportError:  # not on Windows, where the time limit has to do
        return
    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
