"""How the author stands to a span of words: affirmed, negated, possible, planned, declined, historical, family, other.

After NegEx (Chapman 2001) and ConText (Harkema 2009), with scopes that end at clauses instead of a number of words.
"""

from __future__ import annotations

from functools import lru_cache

import msgspec

from caselore.language.clauses import Clauses, words
from caselore.language.cues import CueHit, Reach, Side, cue_matcher
from caselore.model.fact import Assertion
from caselore.model.text import TextSpan


class Judgement(msgspec.Struct, frozen=True, kw_only=True):
    """An assertion and the cue words that made it (None: affirmed by default), in the coordinates of the given text.

    `resolved`: it was there and went ("the headache subsided"); the assertion is then HISTORICAL.
    """

    assertion: Assertion
    cue: TextSpan | None = None
    resolved: bool = False


STRENGTH = (
    Assertion.FAMILY,
    Assertion.OTHER_PATIENT,
    Assertion.HYPOTHETICAL,
    Assertion.NEGATED,
    Assertion.DECLINED,
    Assertion.PLANNED,
    Assertion.POSSIBLE,
    Assertion.HISTORICAL,
)
"""Which assertion counts where several cues govern the same words, the strongest first: "no suspected metastasis" is
negated, "her mother had no cancer" is about the mother."""

_PHRASE_WORDS = 8
_AFFIRMED = Judgement(assertion=Assertion.AFFIRMED)


class SentenceCues:
    """The cues and clauses of one sentence, found once; `judge` answers for any span of it."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.cues = tuple(hit for hit in cue_matcher().find(text) if hit.cue.assertion is not None)
        self._clauses: Clauses | None = None

    @property
    def clauses(self) -> Clauses:
        if self._clauses is None:
            self._clauses = Clauses(self.text)
        return self._clauses

    def judge(self, span: TextSpan) -> Judgement:
        """The strongest assertion whose cue governs `span`; of several cues of that assertion, the nearest."""
        governing = [hit for hit in self.cues if self._governs(hit, span)]
        for assertion in STRENGTH:
            hits = [hit for hit in governing if hit.cue.assertion is assertion]
            if hits:
                nearest = min(hits, key=lambda hit: _distance(hit, span))
                return Judgement(
                    assertion=assertion, cue=TextSpan(nearest.start, nearest.end), resolved=nearest.cue.resolved
                )
        return _AFFIRMED

    def _governs(self, hit: CueHit, span: TextSpan) -> bool:
        if hit.start < span.start < hit.end:
            return hit.cue.side is not Side.AFTER
        if hit.end <= span.start and hit.cue.side is not Side.AFTER:
            return self._reaches_right(hit, span)
        if span.end <= hit.start and hit.cue.side is not Side.BEFORE:
            return self._reaches_left(hit, span)
        return False

    def _reaches_right(self, hit: CueHit, span: TextSpan) -> bool:
        between = self.text[hit.end : span.start]
        if hit.cue.reach is Reach.ADJACENT:
            return len(between.strip()) == 0 and len(between) <= 1
        if hit.cue.reach is Reach.SENTENCE:
            return True
        clauses = self.clauses
        if self._bracket_parts(hit, span) or clauses.wall_between(hit.end, span.start):
            return False
        if clauses.step_between(hit.end, span.start):
            return False
        negates = hit.cue.assertion is Assertion.NEGATED
        if negates and clauses.predicate_between(hit.end, span.start) and not self._is_subject(hit):
            return False
        historical = hit.cue.assertion is Assertion.HISTORICAL
        if historical and clauses.resumed_between(hit.end, span.start):
            return False
        if historical and self._is_attribute(hit) and clauses.predicate_between(hit.end, span.start, told=True):
            return False
        first, last = self._tokens_between(hit.end, span.start)
        if hit.cue.reach is Reach.PHRASE:
            return last - first <= _PHRASE_WORDS and not any(
                clauses.tokens[i].word in words().stops or clauses.tokens[i].word in (",", ":")
                for i in range(first, last)
            )
        if hit.cue.reach is Reach.LIST and self._has_own_item(first, last):
            return False
        return not self._in_adjunct(first, last)

    def _is_subject(self, hit: CueHit) -> bool:
        """A "no" that opens its clause governs what its verb says as well: "no lesion was found", "in neither was a node felt".

        So does one that leads over to a clause: "no sign that it has spread".
        """
        first, *others = self.text[hit.start : hit.end].lower().split()
        if "that" in others:
            return True
        return first in ("no", "neither", "none", "nor", "not") and self.clauses.opens_its_clause(hit.start)

    def _is_attribute(self, hit: CueHit) -> bool:
        """Whether the history is told of a person who then does something: "a man with no medical history presented"."""
        index = self.clauses.index_at(hit.start)
        return any(
            token.word in ("with", "without", "no", "of") for token in self.clauses.tokens[max(index - 4, 0) : index]
        )

    def _reaches_left(self, hit: CueHit, span: TextSpan) -> bool:
        between = self.text[span.end : hit.start]
        if hit.cue.reach is Reach.ADJACENT:
            return len(between.strip()) == 0 and len(between) <= 1
        if hit.cue.reach is Reach.SENTENCE:
            return True
        if self._bracket_parts(hit, span):
            return False
        pronoun = self._relative_before(hit)
        if pronoun is None:
            return not self.clauses.wall_between(span.end, hit.start)
        return not self.clauses.wall_between(span.end, pronoun - 1) and not self._ends_before(span.end, pronoun)

    def _ends_before(self, start: int, end: int) -> bool:
        """Whether another noun phrase follows: in "a tumour with margins that were negative" the margins were."""
        first, last = self._tokens_between(start, end)
        return any(token.word in words().stops for token in self.clauses.tokens[first:last])

    def _relative_before(self, hit: CueHit) -> int | None:
        """Where "which" or "that" stands right before the cue: it then speaks of the words before the pronoun."""
        index = self.clauses.index_at(hit.start) - 1
        if index < 0 or self.clauses.tokens[index].word not in ("which", "that", "who"):
            return None
        return self.clauses.tokens[index].start

    def _bracket_parts(self, hit: CueHit, span: TextSpan) -> bool:
        """A cue in brackets says nothing about words outside of them."""
        bracket = self.clauses.bracket_around(hit.start)
        return bracket is not None and not (bracket[0] <= span.start and span.end <= bracket[1])

    def _tokens_between(self, start: int, end: int) -> tuple[int, int]:
        tokens = self.clauses.tokens
        inside = [i for i, token in enumerate(tokens) if token.start >= start and token.end <= end]
        return (inside[0], inside[-1] + 1) if inside else (0, 0)

    def _has_own_item(self, first: int, last: int) -> bool:
        """Whether an item with an article of its own starts after a comma or "and" in this stretch."""
        tokens = self.clauses.tokens
        return any(
            tokens[i].word in (",", "and") and i + 1 < len(tokens) and tokens[i + 1].word in words().own_items
            for i in range(first, last)
        )

    def _in_adjunct(self, first: int, last: int) -> bool:
        """Whether the stretch ends inside "after surgery", "during follow-up": times and circumstances are not denied."""
        tokens = self.clauses.tokens
        for i in range(last - 1, first, -1):
            if tokens[i].word == ",":
                return False
            if tokens[i].word in words().adjuncts:
                return True
        return False


def _distance(hit: CueHit, span: TextSpan) -> int:
    return span.start - hit.end if hit.end <= span.start else hit.start - span.end


@lru_cache(maxsize=512)
def sentence_cues(text: str) -> SentenceCues:
    """The cues of a sentence; kept for the sentences that were asked for last."""
    return SentenceCues(text)


def judge(text: str, span: TextSpan) -> Judgement:
    """The assertion of `span` within the sentence `text`; both in the sentence's own coordinates."""
    return sentence_cues(text).judge(span)
