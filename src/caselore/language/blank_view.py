"""What a topic asks of a sentence that holds nothing, and so the sentences that it need not be shown.

See silence.py for the idea. A topic asks a sentence for matches of patterns and for mentions; one that wants to know
more of a blank sentence (where it stands, what is before it) is shown every sentence.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, NoReturn, cast

import msgspec

from caselore.language.lexicon import Mention
from caselore.language.patterns import BlankText, Questions, Unanswerable
from caselore.language.silence import NO_ANSWER
from caselore.language.view import SentenceView


class TopicQuestions(msgspec.Struct, frozen=True):
    """What a topic asks of a sentence before it finds anything: matches of patterns, and kinds of mention."""

    patterns: Questions
    kinds: frozenset[str]

    def are_denied_by(self, view: SentenceView) -> bool:
        """Whether the sentence holds nothing of it, so that the topic has nothing to say about it."""
        if not self.kinds.isdisjoint(view.kinds):
            return False
        missing, patterns = view.text.missing, self.patterns
        return missing & patterns.rarest == patterns.rarest or patterns.are_denied_by(view.text)


class _Nowhere:
    """A place that may be handed on, but not computed or compared with."""

    __hash__ = None  # type: ignore[assignment]

    def __eq__(self, other: object) -> NoReturn:
        raise Unanswerable


class _NoSpan:
    start = end = _Nowhere()


class _BlankView(SentenceView):
    """Every pattern fails and every kind of mention is missing; whatever else is asked for ends in Unanswerable."""

    def __init__(self) -> None:
        self.blank = BlankText()
        self.kinds_asked: set[str] = set()
        self.text = cast("Any", self.blank)
        self.span = cast("Any", _NoSpan())

    def has_any(self, kinds: Iterable[str]) -> bool:
        self.kinds_asked.update(kinds)
        return False

    def of(self, *kinds: str) -> tuple[Mention, ...]:
        self.kinds_asked.update(kinds)
        return ()

    def part(self, span: Any) -> NoReturn:
        raise Unanswerable


def questions(extract: Callable[[SentenceView], Iterable[object]]) -> TopicQuestions | None:
    """What `extract` asks of a sentence before it finds anything; None where it must see each sentence."""
    view = _BlankView()
    try:
        found = list(extract(view))
    except NO_ANSWER:
        return None
    return None if found else TopicQuestions(view.blank.questions, frozenset(view.kinds_asked))
