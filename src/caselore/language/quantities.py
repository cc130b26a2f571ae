"""Measured numbers in a sentence: lengths, percentages, counts per field, radiation and drug doses, cycles."""

from __future__ import annotations

import msgspec

from caselore.language.counts import attenuations, mitotic_counts, percentages
from caselore.language.doses import cycles, drug_doses, fractions, radiation_doses
from caselore.language.lengths import lengths, volumes_and_weights
from caselore.language.quantity import Quantity, QuantityKind
from caselore.model.text import TextSpan

__all__ = ["Quantity", "QuantityKind", "read_quantities"]

_READERS = (
    lengths,
    volumes_and_weights,
    percentages,
    mitotic_counts,
    attenuations,
    radiation_doses,
    fractions,
    cycles,
    drug_doses,
)


def read_quantities(text: str, offset: int = 0) -> tuple[Quantity, ...]:
    """The quantities of one sentence, in order; `offset` is added to their places."""
    found = [quantity for reader in _READERS for quantity in reader(text)]
    return tuple(
        msgspec.structs.replace(q, span=TextSpan(q.span.start + offset, q.span.end + offset))
        for q in sorted(found, key=lambda q: (q.span, q.kind))
    )
