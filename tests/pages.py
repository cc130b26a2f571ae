"""The commands that a page of the documentation shows, and running them as they stand there."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


def commands_of(page: Path) -> list[str]:
    """The lines of its bash blocks."""
    blocks = re.findall(r"```bash\n(.*?)```", page.read_text(encoding="utf-8"), re.S)
    return [line for block in blocks for line in block.splitlines()]


def printed_by(line: str) -> str:
    """What a command of caselore prints, run from the root of the project; it must end well."""
    program, *arguments = shlex.split(line)
    assert program == "caselore"
    done = subprocess.run(
        [sys.executable, "-m", "caselore", *arguments], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout
