"""Archives of reports (.zip, .tar.gz): their members are read in memory, nothing is ever unpacked to disk."""

from __future__ import annotations

import tarfile
import zipfile
import zlib
from functools import lru_cache
from pathlib import Path, PurePosixPath
from typing import IO

from caselore.reading.errors import UnreadableReport

SUFFIXES = (".zip", ".tar.gz", ".tgz", ".tar")
MOST_MEMBERS = 50_000
LARGEST_MEMBER = 200_000_000
"""Bytes of one member, unpacked."""
LARGEST_TOTAL = 20_000_000_000
"""Bytes of all members, unpacked."""

_DAMAGED = (
    zipfile.BadZipFile,
    tarfile.TarError,
    zlib.error,
    OSError,
    EOFError,
    ValueError,
    NotImplementedError,
    RuntimeError,
    KeyError,
)
"""What the standard library raises for archives that are damaged, encrypted or of an unknown kind."""


def is_archive(path: Path) -> bool:
    """Whether a file is an archive of files by its content; a Word file is none, although it is a zip file."""
    try:
        with path.open("rb") as file:
            head = file.read(512)
        if head.startswith(b"PK\x03\x04"):
            with zipfile.ZipFile(path) as archive:
                return "[Content_Types].xml" not in archive.NameToInfo
        return head.startswith(b"\x1f\x8b") or head[257:262] == b"ustar"
    except _DAMAGED:
        return path.name.lower().endswith(SUFFIXES)


def members(path: Path) -> list[str]:
    """The names of the files in an archive, in its order. Raises UnreadableReport for one that is damaged or too large."""
    try:
        archive = _opened(path)
        sizes = dict(_sizes(archive))
    except _DAMAGED as error:
        why = str(error).splitlines()[0].rstrip(":")
        raise UnreadableReport(f"the archive is damaged or of an unknown kind ({why})") from error
    return [name for name in sizes if not _is_hidden(name)]


def read_member(path: Path, name: str) -> bytes:
    """The bytes of one member. Raises UnreadableReport for one that is damaged, encrypted or too large."""
    try:
        archive = _opened(path)
        with _file(archive, name) as file:
            data = file.read(LARGEST_MEMBER + 1)
    except _DAMAGED as error:
        raise UnreadableReport(f"it cannot be read from the archive ({error})") from error
    if len(data) > LARGEST_MEMBER:
        raise UnreadableReport(f"it has more than {LARGEST_MEMBER:,} bytes when unpacked")
    return data


@lru_cache(maxsize=2)
def _opened(path: Path) -> zipfile.ZipFile | tarfile.TarFile:
    """The archive, kept open: members are mostly read in their order, which costs a tar file a single pass."""
    if zipfile.is_zipfile(path):
        return zipfile.ZipFile(path)
    return tarfile.open(path)


def _sizes(archive: zipfile.ZipFile | tarfile.TarFile) -> list[tuple[str, int]]:
    """Names and sizes, counted while they are listed: a tar file is unpacked on the way."""
    found: list[tuple[str, int]] = []
    total = 0
    if isinstance(archive, zipfile.ZipFile):
        listed = ((info.filename, info.file_size, not info.is_dir()) for info in archive.infolist())
    else:
        listed = ((info.name, info.size, info.isfile()) for info in archive)
    for number, (name, size, is_file) in enumerate(listed):
        total += size
        if number >= MOST_MEMBERS or total > LARGEST_TOTAL:
            raise UnreadableReport(
                f"the archive holds more than {MOST_MEMBERS:,} files or {LARGEST_TOTAL // 1_000_000_000} GB"
            )
        if is_file:
            found.append((name, size))
    return found


def _file(archive: zipfile.ZipFile | tarfile.TarFile, name: str) -> IO[bytes]:
    if isinstance(archive, zipfile.ZipFile):
        return archive.open(name)
    file = archive.extractfile(name)
    if file is None:
        raise KeyError(f"{name} is no file")
    return file


def _is_hidden(name: str) -> bool:
    return any((part.startswith(".") and part != "..") or part == "__MACOSX" for part in PurePosixPath(name).parts)
