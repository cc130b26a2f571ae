"""Similar patients are found better than by words alone: no worse than when this was measured."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from shared import SHARED, needs_shared

sys.path.append(str(Path(__file__).resolve().parents[2] / "benchmarks"))


@needs_shared
def test_structure_is_clearly_ahead_of_plain_bm25(capsys: pytest.CaptureFixture[str]) -> None:
    import retrieval

    retrieval.evaluate(SHARED, misses=False)
    lines = capsys.readouterr().out.splitlines()
    ours, plain = ([float(cell) for cell in line.split()[-3:]] for line in lines[-2:])
    assert all(mine > theirs + 0.05 for mine, theirs in zip(ours, plain, strict=True))
    assert ours[0] >= 0.73
