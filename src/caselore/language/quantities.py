"""Measured numbers in a sentence: lengths, percentages, counts per field, radiation and drug doses, cycles."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import msgspec

from caselore.language.counts import attenuations, mitotic_counts, percentages
from caselore.language.doses import cycles, drug_doses, fractions, radiation_doses
from caselore.language.lengths import lengths, volumes_and_weights
from caselore.language.patterns import Pattern
from caselore.language.quantity import Quantity, QuantityKind
from caselore.model.text import TextSpan

__all__ = ["Quantity", "QuantityKind", "read_quantities"]


class _Reader(msgspec.Struct, frozen=True):
    """Reads quantities of some kinds from sentences that hold a unit of them: units are looked for before numbers."""

    read: Callable[[str], Iterator[Quantity]]
    kinds: tuple[QuantityKind, ...]
    unit: Pattern


_READERS = tuple(
    _Reader(read, kinds, Pattern(unit, re.I))
    for read, kinds, unit in (
        (lengths, (QuantityKind.LENGTH,), r"[cm]m|met(?:er|re)|[\d\s]m(?!\w)"),
        (
            volumes_and_weights,
            (QuantityKind.VOLUME, QuantityKind.WEIGHT),
            r"ml|lit(?:er|re)|cc|cm|cubic|gram|(?<![a-z])(?:l|gms?|kgs?|g)(?![a-z])",
        ),
        (percentages, (QuantityKind.PERCENT,), r"%|per[ -]?cent|pct"),
        (
            mitotic_counts,
            (QuantityKind.PER_10_HPF, QuantityKind.PER_MM2),
            r"HPF|H\.P\.F|power|magnification|field|mm2|mm²|mm\^2|square",
        ),
        (attenuations, (QuantityKind.ATTENUATION,), r"H\.?U|hounsfield"),
        (radiation_doses, (QuantityKind.RADIATION_DOSE, QuantityKind.FRACTIONS), r"gy|gray|CGE|rad"),
        (
            fractions,
            (QuantityKind.FRACTIONS,),
            r"fraction|f[xr]|session|sitting|treatments|applications|exposures|\d\s?f(?!\w)",
        ),
        (cycles, (QuantityKind.CYCLES,), r"cycle|course|round|block"),
        (drug_doses, (QuantityKind.DRUG_DOSE,), r"mg|/\s?m|square|µg|μg|mcg|IU|unit|AUC|curve"),
    )
)
_COUNT = Pattern(
    r"[\d½¼¾]|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|"
    r"seventeen|eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|single|couple)",
    re.I,
)
"""What a sentence with a quantity must hold besides the unit."""


def read_quantities(
    text: str, offset: int = 0, kinds: tuple[QuantityKind, ...] = tuple(QuantityKind)
) -> tuple[Quantity, ...]:
    """The quantities of these kinds in one sentence, in order; `offset` is added to their places."""
    found = [
        quantity
        for reader in _READERS
        if not set(kinds).isdisjoint(reader.kinds) and reader.unit.search(text) and _COUNT.search(text)
        for quantity in reader.read(text)
        if quantity.kind in kinds
    ]
    return tuple(
        msgspec.structs.replace(q, span=TextSpan(q.span.start + offset, q.span.end + offset))
        for q in sorted(found, key=lambda q: (q.span, q.kind))
    )
