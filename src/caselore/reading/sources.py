"""Where reports lie: files, folders, archives and standard input."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from pathlib import Path, PurePath, PurePosixPath

import msgspec

from caselore.model.text import Document
from caselore.reading import archive
from caselore.reading.errors import NothingToRead, UnreadableReport
from caselore.reading.formats import LIMIT, is_report, load, suffixes

STANDARD_INPUT = "-"


class Location(msgspec.Struct, frozen=True):
    """A report: a file, a member of an archive, or what stood on standard input (`data`)."""

    path: Path
    member: str | None = None
    data: bytes | None = None

    def __str__(self) -> str:
        return str(self.path) if self.member is None else f"{self.path}/{self.member}"

    @property
    def name(self) -> PurePath:
        return self.path if self.member is None else PurePosixPath(self.member)


def locate(path: str | Path) -> Location:
    """The one report at a path. Raises NothingToRead for a folder, an archive of several, or nothing at all."""
    path = Path(path)
    if str(path) == STANDARD_INPUT:
        return _standard_input()
    if not path.is_file():
        kind = "is a folder; use `caselore table` for folders" if path.is_dir() else "does not exist"
        raise NothingToRead(f"{path} {kind}.")
    if not archive.is_archive(path):
        return Location(path)
    found = _expand(path)
    if len(found) > 1:
        raise NothingToRead(f"{path} holds {len(found)} reports; use `caselore table` for archives.")
    return found[0]


def report_files(paths: Iterable[str | Path]) -> list[Location]:
    """The reports among files, archives, folders (searched to any depth) and `-`, each once, folders in name order.

    Raises NothingToRead for a path that does not exist and for a folder or archive without reports.
    """
    found: dict[Location, None] = {}
    for path in map(Path, paths):
        if str(path) == STANDARD_INPUT:
            found[_standard_input()] = None
        elif path.is_dir():
            inside = [location for file in sorted(path.rglob("*")) for location in _inside(file)]
            if not inside:
                raise NothingToRead(f"{path} holds no reports (files ending in {', '.join(suffixes())}).")
            found.update(dict.fromkeys(inside))
        elif path.is_file() and archive.is_archive(path):
            found.update(dict.fromkeys(_expand(path)))
        elif path.exists() or path.is_symlink():
            found[Location(path)] = None
        else:
            raise NothingToRead(f"{path} does not exist.")
    return list(found)


def load_location(location: Location) -> Document:
    """The Document at a location. Raises UnreadableReport with a sentence that names it."""
    try:
        return load(content_of(location), location.name.stem, location.name.suffix)
    except OSError as error:
        raise UnreadableReport(f"{location} cannot be read: {(error.strerror or str(error)).lower()}.") from error
    except UnreadableReport as error:
        raise UnreadableReport(f"{location}: {error}") from error


def content_of(location: Location) -> bytes:
    """The bytes of a report, one more than its limit where it is too long. Raises OSError."""
    if location.data is not None:
        return location.data
    if location.member is not None:
        return archive.read_member(location.path, location.member)
    with location.path.open("rb") as file:
        return file.read(LIMIT + 1)


def _standard_input() -> Location:
    return Location(Path("standard input"), data=sys.stdin.buffer.read(LIMIT + 1))


def _inside(path: Path) -> Iterator[Location]:
    """The reports that a file of a folder is or holds; other files are passed over, archives without reports too."""
    if path.name.lower().endswith(archive.SUFFIXES) and path.is_file():
        try:
            yield from _expand(path)
        except (NothingToRead, UnreadableReport):
            yield from ()
    elif path.suffix.lower() in suffixes() and not path.is_dir():
        try:
            with path.open("rb") as file:
                taken = is_report(path.suffix, file.read(4096))
        except OSError:
            taken = True  # to be reported as what cannot be read
        if taken:
            yield Location(path)


def _expand(path: Path) -> list[Location]:
    """The reports in an archive, in its order."""
    try:
        names = [name for name in archive.members(path) if PurePosixPath(name).suffix.lower() in suffixes()]
        found = [
            Location(path, name)
            for name in names
            if is_report(PurePosixPath(name).suffix, archive.read_member(path, name)[:4096])
        ]
    except UnreadableReport as error:
        raise UnreadableReport(f"{path}: {error}") from error
    if not found:
        raise NothingToRead(f"{path} holds no reports (files ending in {', '.join(suffixes())}).")
    return found
