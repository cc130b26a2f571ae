"""Where the shared annotated sets and benchmarks lie, and what happens to tests that need them when they are absent."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

SHARED = Path(__file__).resolve().parents[2] / "shared"
ABSENT = not (SHARED / "contract").is_dir()

if ABSENT and os.environ.get("CI") == "true":
    raise RuntimeError(f"{SHARED} is absent: under CI the tests on the annotated sets must run, not skip")

needs_shared = pytest.mark.skipif(
    ABSENT, reason=f"SKIPPED LOUDLY: {SHARED} is absent, the annotated sets were not measured"
)
