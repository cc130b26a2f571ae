"""What is built holds everything that is in the package: data, templates, pages, licences; and nothing of the tests."""

from __future__ import annotations

import json
import re
import shlex
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import click

from caselore.cli.serve import serve

ROOT = Path(__file__).resolve().parents[2]


def test_wheel_is_whole(tmp_path: Path) -> None:
    source = tmp_path / "source"
    shutil.copytree(ROOT / "src", source / "src", ignore=shutil.ignore_patterns("__pycache__", "*.egg-info"))
    for name in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(ROOT / name, source)
    code = "import sys; from setuptools import build_meta; build_meta.build_wheel(sys.argv[1])"
    done = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path)], cwd=source, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    (wheel,) = tmp_path.glob("caselore-*.whl")
    with zipfile.ZipFile(wheel) as archive:
        held = set(archive.namelist())
    files = {
        str(path.relative_to(source / "src")) for path in (source / "src" / "caselore").rglob("*") if path.is_file()
    }
    assert files <= held, f"left out: {sorted(files - held)}"
    assert any(name.endswith("licenses/LICENSE") for name in held)
    assert all(name.startswith("caselore") for name in held)


def test_container_starts_a_command_that_exists() -> None:
    line = re.search(r"^CMD (\[.*\])$", (ROOT / "Containerfile").read_text(encoding="utf-8"), re.M)
    assert line is not None
    words = shlex.split(json.loads(line[1])[2])
    assert words[:3] == ["exec", "caselore", "serve"]
    known = {option for one in serve.params if isinstance(one, click.Option) for option in one.opts}
    assert {word for word in words if word.startswith("--")} <= known
