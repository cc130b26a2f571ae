"""What a topic sees: a sentence with its mentions, quantities, times and assertions, and its neighbours."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import TypeVar, cast

from caselore.language.abbreviated import with_abbreviations, without_namesakes
from caselore.language.ages import AgeMention, read_ages
from caselore.language.assertion import Judgement, judge
from caselore.language.citations import CitationMark, read_citations
from caselore.language.lexicon import Lexicon, Mention
from caselore.language.listed_ages import ListedAges, read_listed_ages
from caselore.language.once import once
from caselore.language.patterns import Pattern, screened
from caselore.language.quantities import Quantity, QuantityKind, read_quantities
from caselore.language.times import TimeExpression, read_times
from caselore.model.fact import Assertion
from caselore.model.text import Document, Sentence, TextSpan

_Found = TypeVar("_Found")


class SentenceView:
    """One sentence of a Reading. All spans are places in the document's normalised text, not in the sentence."""

    def __init__(self, reading: Reading, index: int, sentence: Sentence, mentions: tuple[Mention, ...]) -> None:
        self.reading = reading
        self.index = index
        self.sentence = sentence
        self.span = sentence.span
        self.section = sentence.section
        self.mentions = mentions
        self.text = screened(reading.document.text[sentence.span.start : sentence.span.end])

    @property
    def previous(self) -> SentenceView | None:
        return self.reading.sentences[self.index - 1] if self.index else None

    @property
    def next(self) -> SentenceView | None:
        following = self.index + 1
        return self.reading.sentences[following] if following < len(self.reading.sentences) else None

    @once
    def _by_kind(self) -> dict[str, tuple[Mention, ...]]:
        kinds: dict[str, list[Mention]] = {}
        for mention in self.mentions:
            kinds.setdefault(mention.kind, []).append(mention)
        return {kind: tuple(mentions) for kind, mentions in kinds.items()}

    @once
    def kinds(self) -> frozenset[str]:
        """The kinds of its mentions."""
        return frozenset(self._by_kind)

    def has_any(self, kinds: Iterable[str]) -> bool:
        """Whether the sentence has a mention of one of these kinds."""
        return not self._by_kind.keys().isdisjoint(kinds)

    def of(self, *kinds: str) -> tuple[Mention, ...]:
        """The mentions of these kinds, in order."""
        if len(kinds) == 1:
            return self._by_kind.get(kinds[0], ())
        present = [kind for kind in kinds if kind in self._by_kind]
        if len(present) == 1:
            return self._by_kind[present[0]]
        return tuple(mention for mention in self.mentions if mention.kind in present) if present else ()

    @once
    def codes(self) -> dict[TextSpan, Mapping[str, str]]:
        """The codes of the terms that stand at each place; of several terms, of the one with most codes."""
        found: dict[TextSpan, Mapping[str, str]] = {}
        for mention in self.mentions:
            if len(mention.term.codes) > len(found.get(mention.span, ())):
                found[mention.span] = mention.term.codes
        return found

    @once
    def _quantities(self) -> dict[tuple[QuantityKind, ...], tuple[Quantity, ...]]:
        return {}

    def quantities_of(self, *kinds: QuantityKind) -> tuple[Quantity, ...]:
        """The measured numbers of these kinds, in order."""
        if kinds not in self._quantities:
            self._quantities[kinds] = read_quantities(self.text, self.span.start, kinds)
        return self._quantities[kinds]

    @once
    def times(self) -> tuple[TimeExpression, ...]:
        return read_times(self.text, self.span.start)

    @once
    def ages(self) -> tuple[AgeMention, ...]:
        return read_ages(self.text, self.span.start)

    @once
    def listed_ages(self) -> ListedAges | None:
        return read_listed_ages(self.text, self.span.start)

    @once
    def citations(self) -> tuple[CitationMark, ...]:
        return read_citations(self.text, self.span.start)

    @once
    def _judgements(self) -> dict[TextSpan, Judgement]:
        return {}

    def judge(self, span: TextSpan) -> Judgement:
        """How the author stands to the words of `span`; the cue is in document coordinates."""
        if span not in self._judgements:
            start = self.span.start
            found = judge(self.text, TextSpan(span.start - start, span.end - start))
            cue = found.cue and TextSpan(found.cue.start + start, found.cue.end + start)
            self._judgements[span] = Judgement(assertion=found.assertion, cue=cue, resolved=found.resolved)
        return self._judgements[span]

    def assertion(self, span: TextSpan) -> Assertion:
        return self.judge(span).assertion

    def words(self, span: TextSpan) -> str:
        return self.reading.document.text[span.start : span.end]

    def part(self, span: TextSpan) -> str:
        """The words of a stretch of the sentence that many patterns will be tried on."""
        if span == self.span:
            return self.text
        if span not in self._parts:
            self._parts[span] = screened(self.words(span))
        return self._parts[span]

    @once
    def _parts(self) -> dict[TextSpan, str]:
        return {}

    def search(self, pattern: Pattern | re.Pattern[str]) -> re.Match[str] | None:
        """The first match of `pattern` in the sentence; turn its groups into places with `place`."""
        return pattern.search(self.text)

    def find(self, pattern: Pattern | re.Pattern[str]) -> Iterator[re.Match[str]]:
        return pattern.finditer(self.text)

    def place(self, match: re.Match[str], group: int | str = 0) -> TextSpan:
        """Where a group of a match stands in the document."""
        return TextSpan(match.start(group) + self.span.start, match.end(group) + self.span.start)

    def before(self, span: TextSpan, length: int = 60) -> str:
        """Up to `length` characters of the sentence in front of `span`."""
        start = span.start - self.span.start
        return self.text[max(0, start - length) : start]

    def after(self, span: TextSpan, length: int = 60) -> str:
        end = span.end - self.span.start
        return self.text[end : end + length]

    def __repr__(self) -> str:
        return f"SentenceView({self.index}, {self.section}, {self.text!r})"


class Reading:
    """A document with its mentions found: one pass of one matcher, shared by all topics."""

    def __init__(self, document: Document, lexicon: Lexicon) -> None:
        self.document = document
        found = without_namesakes(document.text, lexicon.find(document.text))
        mentions = with_abbreviations(document.text, found)
        views: list[SentenceView] = []
        position = 0
        for index, sentence in enumerate(document.sentences):
            while position < len(mentions) and mentions[position].span.start < sentence.span.start:
                position += 1
            first = position
            while position < len(mentions) and mentions[position].span.start < sentence.span.end:
                position += 1
            inside = tuple(m for m in mentions[first:position] if m.span.end <= sentence.span.end)
            views.append(SentenceView(self, index, sentence, inside))
        self.sentences: tuple[SentenceView, ...] = tuple(views)

    def at(self, position: int) -> SentenceView:
        """The sentence that a place in the text stands in, or the one before it."""
        return self.sentences[max(0, bisect_right(self._starts, position) - 1)]

    @once
    def _starts(self) -> list[int]:
        return [view.span.start for view in self.sentences]

    def in_whole(self, work: Callable[[Reading], _Found]) -> _Found:
        """What `work` finds in the whole document; kept, for topics ask for it at every sentence."""
        if work not in self._found:
            self._found[work] = work(self)
        return cast("_Found", self._found[work])

    @once
    def _found(self) -> dict[Callable[[Reading], object], object]:
        return {}

    def abbreviations(self) -> dict[str, str]:
        """Abbreviations that the text defines: "leiomyosarcoma (LMS)" gives {"LMS": "leiomyosarcoma"}."""
        return self._abbreviations

    @once
    def _abbreviations(self) -> dict[str, str]:
        found: dict[str, str] = {}
        for match in re.finditer(r"\(([A-Z][A-Za-z0-9-]{1,7})\)", self.document.text):
            letters = [c.lower() for c in match[1] if c.isalpha()]
            words = re.findall(r"[\w'-]+", self.document.text[max(0, match.start() - 120) : match.start()])
            for count in range(1, min(len(words), len(letters) + 4) + 1):
                phrase = words[-count:]
                if phrase[0][:1].lower() == letters[0] and count >= len(letters) - 2:
                    found.setdefault(match[1], " ".join(phrase))
                    break
        return found
