"""A PostgreSQL server that lives as long as the tests: started here, on a free port, in a folder of its own."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

_USER = "postgres"


def _binaries() -> Path | None:
    """The folder with initdb and pg_ctl: Debian keeps them out of the PATH, by version."""
    found = shutil.which("initdb")
    if found:
        return Path(found).resolve().parent
    versions = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: float(path.parts[-3]))
    return versions[-1].parent if versions else None


BINARIES = _binaries()
ABSENT = BINARIES is None

if ABSENT and os.environ.get("CI") == "true":
    raise RuntimeError("PostgreSQL is absent: under CI the registry is tested on a real server (make system)")

needs_postgres = pytest.mark.skipif(
    ABSENT, reason="SKIPPED LOUDLY: PostgreSQL is absent, the registry was tested on SQLite alone (make system)"
)


@contextmanager
def server() -> Iterator[str]:
    """The URL of a fresh server without its database name; gone with its data at the end."""
    folder = Path(tempfile.mkdtemp(prefix="caselore-pg-"))
    data = folder / "data"
    if os.geteuid() == 0:
        shutil.chown(folder, _USER)
    port = _free_port()
    _run("initdb", "-D", data, "-U", "caselore", "-A", "trust", "-E", "UTF8", "--no-locale", "--no-sync")
    options = f"-h 127.0.0.1 -p {port} -k {folder} -F"
    _run("pg_ctl", "-D", data, "-w", "-l", folder / "log", "-o", options, "start")
    try:
        yield f"postgresql://caselore@127.0.0.1:{port}"
    finally:
        _run("pg_ctl", "-D", data, "-w", "-m", "immediate", "stop")
        shutil.rmtree(folder)


def _run(program: str, *arguments: str | Path) -> None:
    """As the user postgres when the tests run as root, which PostgreSQL refuses."""
    assert BINARIES is not None
    command = [str(BINARIES / program), *map(str, arguments)]
    if os.geteuid() == 0:
        command = ["runuser", "-u", _USER, "--", *command]
    done = subprocess.run(command, cwd="/", stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def _free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])
