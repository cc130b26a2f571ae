"""Files of articles that were fetched before, and how a file gets to its place whole or not at all."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from caselore.fetching.client import file_md5


class Cache:
    """A folder with one file per article version and kind. Metadata are not kept: an article may be retracted any day."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def place(self, name: str) -> Path:
        """Where the file `name` belongs; its folder exists."""
        self.folder.mkdir(parents=True, exist_ok=True)
        return self.folder / name

    def part(self, name: str) -> Path:
        """Where `name` grows while it is downloaded."""
        place = self.place(name)
        return place.with_name(f"{place.name}.part")

    def holds(self, name: str, md5: str | None) -> bool:
        """Whether `name` is here, as its metadata describe it; without an MD5 it cannot be told, so no."""
        place = self.place(name)
        return md5 is not None and place.is_file() and file_md5(place) == md5

    def keep(self, name: str) -> Path:
        """The finished part takes its name."""
        place = self.place(name)
        self.part(name).replace(place)
        return place


def deliver(kept: Path, target: Path) -> bool:
    """Copies a file of the cache to `target`, whole or not at all; False where the same file is there already."""
    if target.is_file() and file_md5(target) == file_md5(kept):
        return False
    target.parent.mkdir(parents=True, exist_ok=True)
    aside = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        shutil.copyfile(kept, aside)
        aside.replace(target)
    finally:
        aside.unlink(missing_ok=True)
    return True
