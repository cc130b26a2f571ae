"""The weights are data, complete and checked."""

from __future__ import annotations

import msgspec
import pytest

from caselore.similarity.aspects import ASPECTS
from caselore.similarity.weights import load_weights, read_weights


def test_every_aspect_has_a_weight_and_no_other() -> None:
    assert set(load_weights().weights) == set(ASPECTS)
    assert all(weight > 0 for weight in load_weights().weights.values())


def test_a_misspelt_entry_is_refused() -> None:
    with pytest.raises(msgspec.ValidationError, match="wieght"):
        read_weights("[weights]\n[text]\nwieght = 1.0\n")
