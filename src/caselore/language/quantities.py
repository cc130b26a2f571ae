"""Measured numbers in a sentence: lengths, percentages, counts per field, radiation and drug doses, cycles."""

from __future__ import annotations

import re

import msgspec

from caselore.language.counts import attenuations, mitotic_counts, percentages
from caselore.language.doses import cycles, drug_doses, fractions, radiation_doses
from caselore.language.lengths import lengths, volumes_and_weights
from caselore.language.patterns import Pattern
from caselore.language.quantity import Quantity, QuantityKind
from caselore.model.text import TextSpan

__all__ = ["Quantity", "QuantityKind", "read_quantities"]

_READERS = tuple(
    (reader, Pattern(hint, re.I))
    for reader, hint in (
        (lengths, r"[cm]m|met(?:er|re)|[\d\s]m(?!\w)"),
        (volumes_and_weights, r"ml|lit(?:er|re)|cc|cm|cubic|gram|(?<![a-z])(?:l|gms?|kgs?|g)(?![a-z])"),
        (percentages, r"%|per[ -]?cent|pct"),
        (mitotic_counts, r"HPF|H\.P\.F|power|magnification|field|mm2|mm²|mm\^2|square"),
        (attenuations, r"H\.?U|hounsfield"),
        (radiation_doses, r"gy|gray|CGE|rad"),
        (fractions, r"fraction|f[xr]|session|sitting|treatments|applications|exposures|\d\s?f(?!\w)"),
        (cycles, r"cycle|course|round|block"),
        (drug_doses, r"mg|/\s?m|square|µg|μg|mcg|IU|unit|AUC|curve"),
    )
)
"""Each reader with what a sentence must hold for it to find anything: a unit is looked for before numbers are."""


def read_quantities(text: str, offset: int = 0) -> tuple[Quantity, ...]:
    """The quantities of one sentence, in order; `offset` is added to their places."""
    found = [quantity for reader, hint in _READERS if hint.search(text) for quantity in reader(text)]
    return tuple(
        msgspec.structs.replace(q, span=TextSpan(q.span.start + offset, q.span.end + offset))
        for q in sorted(found, key=lambda q: (q.span, q.kind))
    )
