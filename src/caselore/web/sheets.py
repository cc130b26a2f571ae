"""The pages of a PDF with the places of what was read from them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import msgspec

from caselore.model.case import Case
from caselore.model.fact import Assertion, Fact, Value
from caselore.model.text import Document
from caselore.web.reader import key_and_family


class Place(msgspec.Struct, frozen=True, kw_only=True):
    """Words on a page, in points from its upper left corner. `mark` ties them to the panel."""

    x: float
    y: float
    width: float
    height: float
    mark: str
    family: str
    negated: bool


class Sheet(msgspec.Struct, frozen=True, kw_only=True):
    """A page, counted from 1, with its size in points."""

    number: int
    width: float
    height: float
    boxes: tuple[Place, ...]


def sheets(document: Document, case: Case[Value] | None, others: Sequence[Fact[Value]] = ()) -> tuple[Sheet, ...]:
    """The pages with the words of a patient's cells and facts, and those of `others`."""
    look = key_and_family(case)
    facts = (*(case.facts if case else ()), *others)
    heights = {page.number: page.height for page in document.pages}
    found: dict[int, dict[tuple[float, ...], Place]] = {}
    for fact in facts:
        mark, family = look(fact)
        for number, corner in _corners(fact, heights):
            place = Place(
                **dict(zip(("x", "y", "width", "height"), corner, strict=True)),
                mark=mark,
                family=family,
                negated=fact.assertion is Assertion.NEGATED,
            )
            boxes = found.setdefault(number, {})
            if corner not in boxes or boxes[corner].mark.startswith("f-"):
                boxes[corner] = place  # the words of a cell stand before those of other facts
    return tuple(
        Sheet(
            number=page.number,
            width=page.width,
            height=page.height,
            boxes=tuple(found.get(page.number, {}).values()),
        )
        for page in document.pages
    )


def _corners(fact: Fact[Value], heights: dict[int, float]) -> Iterator[tuple[int, tuple[float, float, float, float]]]:
    """Page, and left, top, width and height of each place; PDF counts from the lower edge, a screen from the upper."""
    for evidence in fact.evidence:
        for box in evidence.boxes:
            if evidence.page in heights:
                top = heights[evidence.page] - box.top
                sides = (box.left, top, box.right - box.left, box.top - box.bottom)
                left, upper, width, height = (round(one, 1) for one in sides)
                yield evidence.page, (left, upper, width, height)
