"""The weights of the aspects, which are data: weights.toml."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

import msgspec


class WrongWeights(ValueError):
    """weights.toml cannot be used; the message says why."""


class Text(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    weight: float
    k1: float
    b: float


class Scales(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    age_years: float
    size_doublings: float
    shared_stains: float


class Verdicts(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    agrees: float
    differs: float


class Weights(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What weights.toml says, each with its meaning beside it."""

    weights: Mapping[str, float]
    text: Text
    scales: Scales
    verdicts: Verdicts


@cache
def load_weights() -> Weights:
    """The shipped weights. Raises WrongWeights."""
    try:
        return read_weights((files("caselore.similarity") / "weights.toml").read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, msgspec.ValidationError) as error:
        raise WrongWeights(f"weights.toml: {error}.") from error


def read_weights(text: str) -> Weights:
    """Weights from TOML."""
    return msgspec.convert(tomllib.loads(text), Weights)
