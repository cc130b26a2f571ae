"""Only one room speaks to the network, and only the settings read the environment."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

SOURCE = Path(__file__).resolve().parents[2] / "src" / "caselore"
NETWORK = {"httpx", "requests", "socket", "ssl", "ftplib", "smtplib", "aiohttp", "urllib3"}
MODULES = sorted(SOURCE.rglob("*.py"))


def imported(path: Path) -> set[str]:
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            names |= {node.module or ""} | {f"{node.module}.{alias.name}" for alias in node.names}
    return names


def speaks(path: Path) -> bool:
    names = imported(path)
    roots = {name.split(".")[0] for name in names}
    return bool(roots & NETWORK) or any(name.startswith(("urllib.request", "http.client")) for name in names)


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(SOURCE)))
def test_network_is_spoken_to_in_one_room(path: Path) -> None:
    assert not speaks(path) or path.parent.name == "fetching"


def test_the_one_place_is_seen() -> None:
    assert [path.name for path in MODULES if speaks(path)] == ["client.py"]


def test_fetching_is_called_by_the_verbs_and_their_commands_alone() -> None:
    callers = {
        str(path.relative_to(SOURCE))
        for path in MODULES
        if path.parent.name != "fetching" and any(name.startswith("caselore.fetching") for name in imported(path))
    }
    assert callers == {"service/literature.py", "cli/search.py", "cli/fetch.py", "cli/network.py"}


def test_environment_is_read_by_the_settings_alone() -> None:
    readers = [
        path.name for path in MODULES if "environ" in path.read_text(encoding="utf-8").replace("environment", "")
    ]
    assert readers == ["settings.py"]


def test_commands_without_network_do_not_load_it() -> None:
    code = "import sys, caselore.cli.main; print('httpx' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
