"""How often the stains of annotated patients lead to their diagnosis: no worse than when this was measured."""

from __future__ import annotations

import sys
from pathlib import Path

from shared import SHARED, needs_shared

sys.path.append(str(Path(__file__).resolve().parents[2] / "benchmarks"))


@needs_shared
def test_true_diagnosis_is_first_or_among_the_first_three() -> None:
    import differential as benchmark
    from caselore.differential.panel import load_panel

    panel = load_panel()
    ranks = [benchmark.rank(panel, one) or 99 for one in benchmark.patients(SHARED, panel, read=False)]
    assert len(ranks) >= 38
    assert sum(rank == 1 for rank in ranks) / len(ranks) >= 0.70
    assert sum(rank <= 3 for rank in ranks) / len(ranks) >= 0.88
