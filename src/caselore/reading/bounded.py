"""Loaders in a child process, so that no file can hang, exhaust or crash the process that asked for it.

One child serves file after file and is started anew after a failure. pdfium, besides, must not be used by two threads:
a lock lets one at a time in.
"""

from __future__ import annotations

import atexit
import contextlib
import importlib
import os
import subprocess
import sys
import threading
from typing import IO

import msgspec

from caselore.model.text import Document
from caselore.reading.errors import UnreadableReport

SECONDS = 60
"""Time for one file."""
MEMORY = 1_000_000_000
"""Bytes of address space for the child, on systems that can limit it."""

_START = "import sys; sys.path[:] = sys.argv[1:]; from caselore.reading.bounded import serve; serve()"


class _Request(msgspec.Struct):
    module: str
    data: bytes
    source: str


class _Reply(msgspec.Struct):
    document: Document | None = None
    failure: str | None = None


class _Child:
    """A running child of this process."""

    def __init__(self) -> None:
        self.owner = os.getpid()
        self.process = subprocess.Popen(
            [sys.executable, "-I", "-c", _START, *sys.path],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )

    def ask(self, request: _Request, seconds: float) -> _Reply | None:
        """The reply, or None if there was none within the time; the child is gone then."""
        timer = threading.Timer(seconds, self.process.kill)
        timer.start()
        try:
            assert self.process.stdin is not None and self.process.stdout is not None
            _send(self.process.stdin, msgspec.msgpack.encode(request))
            reply = _receive(self.process.stdout)
        except OSError:
            reply = None
        finally:
            timer.cancel()
        if reply is None:
            self.end()
            return None
        return msgspec.msgpack.decode(reply, type=_Reply)

    def end(self) -> None:
        if self.owner == os.getpid():
            self.process.kill()
            self.process.wait()
        for pipe in (self.process.stdin, self.process.stdout):
            with contextlib.suppress(OSError):
                if pipe is not None:
                    pipe.close()


_lock = threading.Lock()
_child: _Child | None = None


def load_bounded(module: str, data: bytes, source: str, seconds: float = SECONDS) -> Document:
    """The Document of the `FORMAT` of a module, loaded in the child.

    Raises UnreadableReport, also for what takes too long or too much memory.
    """
    with _lock:
        child = _running()
        reply = child.ask(_Request(module, data, source), seconds)
        if reply is None:
            _forget()
            raise UnreadableReport(
                f"the file could not be read within {seconds:g} seconds and {MEMORY // 1_000_000:,} MB of memory"
            )
    if reply.document is None:
        raise UnreadableReport(reply.failure or "the file cannot be read")
    return reply.document


def _running() -> _Child:
    """The child of this process; one that was inherited by a fork belongs to the parent."""
    global _child
    if _child is None or _child.owner != os.getpid() or _child.process.poll() is not None:
        _child = _Child()
    return _child


@atexit.register
def _forget() -> None:
    global _child
    if _child is not None and _child.owner == os.getpid():
        _child.end()
    _child = None


def serve() -> None:
    """What the child does: one reply to each request on standard input, until that ends."""
    requests, replies = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    _limit_memory()
    while (message := _receive(requests)) is not None:
        _send(replies, msgspec.msgpack.encode(_answer(msgspec.msgpack.decode(message, type=_Request))))


def _answer(request: _Request) -> _Reply:
    try:
        return _Reply(document=importlib.import_module(request.module).FORMAT.load(request.data, request.source))
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
