"""Whether a sentence speaks in general (of a disease, a cohort, the literature) or of one patient's course."""

from __future__ import annotations

from enum import StrEnum
from functools import cache, lru_cache

import msgspec

from caselore.assembly.cues import any_of, table
from caselore.language.patterns import Pattern
from caselore.language.silence import spared


class Tone(StrEnum):
    GENERAL = "general"
    SPECIFIC = "specific"
    NEUTRAL = "neutral"


class Weight(msgspec.Struct, frozen=True, kw_only=True):
    """How many points speak for a general and for a specific reading of a stretch of text."""

    general: int
    specific: int

    @property
    def tone(self) -> Tone:
        if self.general > self.specific:
            return Tone.GENERAL
        return Tone.SPECIFIC if self.specific > self.general else Tone.NEUTRAL


@spared
@lru_cache(maxsize=1024)
def weigh(text: str) -> Weight:
    """Adds up the weights of the cue groups of `genericity.toml` that occur in the text, each group once."""
    points = {side: sum(weight for weight, pattern in _groups(side) if pattern.search(text)) for side in _SIDES}
    return Weight(general=points["general"], specific=points["specific"])


def tone(text: str) -> Tone:
    """The heavier side of `weigh`; neutral where both are equal."""
    return weigh(text).tone


def tells_of_cohort(text: str) -> bool:
    """Whether figures of a group stand in the text: means, ranges, rates, trials."""
    cohort = next(group for group in table("genericity.toml")["general"] if group["name"] == "cohort")
    return _pattern(tuple(cohort["forms"])).search(text) is not None


def is_past(text: str) -> bool:
    """Whether the text tells of something past ("was", "had", "could")."""
    return _pattern(tuple(table("genericity.toml")["past"]["forms"])).search(text) is not None


_SIDES = ("general", "specific")


@cache
def _groups(side: str) -> tuple[tuple[int, Pattern], ...]:
    return tuple((group["weight"], _pattern(tuple(group["forms"]))) for group in table("genericity.toml")[side])


@cache
def _pattern(forms: tuple[str, ...]) -> Pattern:
    return any_of(forms)
