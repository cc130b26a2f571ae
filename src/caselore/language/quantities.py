"""Measured numbers in a sentence: lengths, percentages, counts per field, radiation and drug doses, cycles."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cache

import msgspec

from caselore.language.counts import attenuations, mitotic_counts, percentages
from caselore.language.doses import cycles, drug_doses, fractions, radiation_doses
from caselore.language.lengths import DIRECTION, lengths, volumes_and_weights
from caselore.language.numbers import counted
from caselore.language.patterns import Pattern
from caselore.language.quantity import Quantity, QuantityKind
from caselore.model.text import TextSpan

__all__ = ["Quantity", "QuantityKind", "read_quantities"]


class _Reader(msgspec.Struct, frozen=True):
    """Reads quantities of some kinds from sentences in which `hint` is found, which is far quicker to look for."""

    read: Callable[[str], Iterator[Quantity]]
    kinds: frozenset[QuantityKind]
    hint: Pattern


_READERS = tuple(
    _Reader(read, frozenset(kinds), Pattern(hint, re.I))
    for read, kinds, hint in (
        (lengths, (QuantityKind.LENGTH,), counted(rf"{DIRECTION}\s*-?\s*(?:[cm]m|cent|mill|m(?:et|\b))")),
        (volumes_and_weights, (QuantityKind.VOLUME, QuantityKind.WEIGHT), counted("ml|mill|cc|cm|cubic|l|k?g|kilo")),
        (percentages, (QuantityKind.PERCENT,), counted("%|per[ -]?cent|pct")),
        (
            mitotic_counts,
            (QuantityKind.PER_10_HPF, QuantityKind.PER_MM2),
            r"HPF|H\.P\.F|power|magnification|field|mm2|mm²|mm\^2|square",
        ),
        (attenuations, (QuantityKind.ATTENUATION,), counted(r"H\.?U|hounsfield")),
        (
            radiation_doses,
            (QuantityKind.RADIATION_DOSE, QuantityKind.FRACTIONS),
            counted("c?Gy|(?:centi)?gray|CGE|rads?"),
        ),
        (
            fractions,
            (QuantityKind.FRACTIONS,),
            r"\bsingle|(?:\b|\d)f\b|"
            + counted(r"-*\s*(?:[\w-]+\s+){0,2}(?:frac|f[xr]s?\b|session|sitting|treatment|application|exposure)"),
        ),
        (cycles, (QuantityKind.CYCLES,), r"cycle|course|round|block|cures"),
        (
            drug_doses,
            (QuantityKind.DRUG_DOSE,),
            "AUC|curve|" + counted(r"mg|[µμ]g|mcg|M?IU|million|unit|[gU]\s?(?:/|per)"),
        ),
    )
)


@cache
def _readers(kinds: tuple[QuantityKind, ...]) -> tuple[_Reader, ...]:
    return tuple(reader for reader in _READERS if not reader.kinds.isdisjoint(kinds))


def read_quantities(
    text: str, offset: int = 0, kinds: tuple[QuantityKind, ...] = tuple(QuantityKind)
) -> tuple[Quantity, ...]:
    """The quantities of these kinds in one sentence, in order; `offset` is added to their places."""
    found = [
        quantity
        for reader in _readers(kinds)
        if reader.hint.search(text)
        for quantity in reader.read(text)
        if quantity.kind in kinds
    ]
    return tuple(
        msgspec.structs.replace(q, span=TextSpan(q.span.start + offset, q.span.end + offset))
        for q in sorted(found, key=lambda q: (q.span, q.kind))
    )
