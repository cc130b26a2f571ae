"""The clauses of a sentence: how far a cue reaches at most.

A light reading of the surface, not a parse: conjunctions, relative pronouns, semicolons, and the finite verbs that case
reports are told with. Wherever it is unsure it does not cut.
"""

from __future__ import annotations

import re
import tomllib
from bisect import bisect_right
from functools import cache
from importlib.resources import files

import msgspec

from caselore.language.patterns import Pattern

_TOKEN = Pattern(r"[^\W_]+(?:[-'’/][^\W_]+)*|[^\w\s]")
_ADVERB = Pattern(r"\w+ly\Z|also\Z|then\Z|later\Z|still\Z|again\Z|never\Z|now\Z|so\Z", re.I)
_ABBREVIATIONS = frozenset(
    {"dr", "mr", "mrs", "ms", "fig", "figs", "vs", "al", "e.g", "i.e", "no", "approx", "st", "cf", "ca"}
)


class Words(msgspec.Struct, frozen=True, kw_only=True):
    """The word lists of clauses.toml."""

    always: frozenset[str]
    phrases: tuple[tuple[str, ...], ...]
    relatives: frozenset[str]
    auxiliaries: frozenset[str]
    verbs: frozenset[str]
    pronoun_verbs: frozenset[str]
    subjects: frozenset[str]
    openers: frozenset[str]
    participles: frozenset[str]
    copulas: frozenset[str]
    lead_ins: frozenset[str]
    articles: frozenset[str]
    own_items: frozenset[str]
    adjuncts: frozenset[str]
    stops: frozenset[str]


@cache
def words() -> Words:
    raw = tomllib.loads((files("caselore.language") / "clauses.toml").read_text(encoding="utf-8"))
    sets = {name: frozenset(items) for name, items in raw.items() if name != "phrases"}
    return Words(phrases=tuple(tuple(phrase.split()) for phrase in raw["phrases"]), **sets)


class Token(msgspec.Struct, frozen=True):
    word: str
    start: int
    end: int


class Clauses:
    """A sentence cut into clauses; places are characters of its text.

    `walls` part clauses for good. `steps` are where a second predicate of the same subject starts ("no fever and
    developed chills"): what governs from the left stops there, what looks back for its subject does not.
    """

    def __init__(self, text: str) -> None:
        self.text = text
        self.tokens = tuple(Token(m[0].lower(), m.start(), m.end()) for m in _TOKEN.finditer(text))
        self._starts = [token.start for token in self.tokens]
        self.walls: list[int] = []
        self.steps: list[int] = []
        self.brackets = _brackets(self.tokens)
        self._cut()
        self.walls.sort()
        self.steps.sort()

    def index_at(self, place: int) -> int:
        """The number of the token that holds or precedes `place`."""
        return max(bisect_right(self._starts, place) - 1, 0)

    def wall_between(self, start: int, end: int) -> bool:
        return any(start <= wall <= end for wall in self.walls)

    def step_between(self, start: int, end: int) -> bool:
        return any(start <= step <= end for step in self.steps)

    def bracket_around(self, place: int) -> tuple[int, int] | None:
        """The innermost pair of brackets that holds `place`."""
        around = [pair for pair in self.brackets if pair[0] < place < pair[1]]
        return max(around) if around else None

    def _cut(self) -> None:
        """One walk over the tokens; `first` is where the clause in hand starts, `verb` its last finite verb."""
        vocabulary = words()
        first, verb = 0, -1
        exception_open = False
        for i, token in enumerate(self.tokens):
            if self._ends_sentence(i) or token.word == ";":
                self._wall(i + 1)
                first, verb, exception_open = i + 1, -1, False
            elif token.word in vocabulary.always and not self._is_not_yet(i):
                self._wall(i)
                exception_open = token.word in ("except", "despite")
                first, verb = i, -1
            elif phrase := self._phrase_at(i):
                self._wall(i)
                exception_open = phrase in ("apart", "aside", "with", "other", "save", "in")
                first, verb = i, -1
            elif i > first and self._opens_clause(i):
                self._wall(i)
                first, verb = i, -1
            elif exception_open and token.word == ",":
                self._wall(i)
                first, verb, exception_open = i + 1, -1, False
            elif self._is_verb(i):
                first = self._cut_at_verb(i, first, verb)
                verb = i

    def _opens_clause(self, i: int) -> bool:
        """A relative clause, or a participle behind a comma that draws a conclusion ("..., suggesting a metastasis")."""
        word = self.tokens[i].word
        if word == "that":
            return i + 1 < len(self.tokens) and self._is_verb(i + 1)
        behind_comma = self.tokens[i - 1].word == ","
        return word in words().relatives or (behind_comma and word in words().participles)

    def _cut_at_verb(self, i: int, first: int, verb: int) -> int:
        """Cuts in front of the clause whose finite verb is token `i`; the start of the clause in hand afterwards."""
        before = i - 1
        while before > first and _ADVERB.match(self.tokens[before].word):
            before -= 1
        if before >= first and self.tokens[before].word in (",", "and", "or"):
            if verb >= 0 or self.tokens[before].word == "and" or self.tokens[i].word not in words().copulas:
                self.steps.append(self.tokens[before].start)
            return first
        if before >= first and self.tokens[before].word in words().auxiliaries:
            return first
        start = self._subject_start(i, first, verb)
        if start is None:
            return first
        self._wall(start)
        return start

    def _subject_start(self, i: int, first: int, verb: int) -> int | None:
        """The coordinator in front of the subject of the verb `i`, where that subject opens a new clause."""
        colons = [j + 1 for j in range(max(first, verb + 1), i) if self.tokens[j].word == ":"]
        if colons:
            first, verb = colons[-1], -1  # a list behind the colon has a subject of its own
        low = max(first, verb + 1)
        links = [j for j in range(low, i) if self.tokens[j].word in (",", "and") and not self._in_bracket(j)]
        if not links:
            return None
        last = links[-1]
        if last > low and self.tokens[last].word == "and" and self.tokens[last - 1].word == ",":
            last -= 1
        after = last + 2 if self.tokens[last].word == "," and self.tokens[last + 1].word == "and" else last + 1
        has_article = self.tokens[after].word in words().articles
        if verb >= 0:
            plural = self.tokens[i].word in ("were", "are", "have") and self.tokens[after].word != "no"
            if plural and not has_article and "and" in (self.tokens[last].word, self.tokens[after - 1].word):
                earlier = [j for j in links if j < last]
                return earlier[-1] if earlier else last
            return last
        opener = self.tokens[first].word
        if opener == "of" and self.tokens[i - 1].word == "there":
            return None  # "of fever, cough, or sweats there was no history"
        if opener in words().openers and (has_article or self.tokens[last].word == ","):
            return last
        bare_comma = self.tokens[last].word == "," and after == last + 1
        bare_comma = bare_comma and not any(self.tokens[j].word in ("or", "nor") for j in range(last, i))
        if opener in ("no", "without", "negative", "denies", "denied") and (has_article or bare_comma):
            return last
        return None

    def _is_verb(self, i: int) -> bool:
        word = self.tokens[i].word
        vocabulary = words()
        if word in vocabulary.verbs:
            return True
        return word in vocabulary.pronoun_verbs and i > 0 and self.tokens[i - 1].word in vocabulary.subjects

    def predicate_between(self, start: int, end: int, *, told: bool = False) -> bool:
        """Whether a finite verb, other than the later words of a verb group, stands between the two places.

        `told` counts verbs such as "noticed" as well, which are mostly participles without a pronoun in front.
        """
        return any(
            start <= token.start < end
            and (self._is_verb(i) or (told and token.word in words().pronoun_verbs))
            and not (i > 0 and self.tokens[i - 1].word in words().auxiliaries)
            for i, token in enumerate(self.tokens)
        )

    def resumed_between(self, start: int, end: int) -> bool:
        """Whether a finite verb follows a comma there, and so has its subject in front of the aside that the comma ends."""
        return any(
            start <= token.start < end and self._is_verb(i) and i > 0 and self.tokens[i - 1].word == ","
            for i, token in enumerate(self.tokens)
        )

    def opens_its_clause(self, place: int) -> bool:
        """Whether nothing but an adverb, "there" or "in" stands between the start of the clause and `place`."""
        start = max((wall for wall in self.walls if wall <= place), default=0)
        before = [token.word for token in self.tokens if start <= token.start < place]
        return all(word in words().lead_ins or _ADVERB.match(word) for word in before)

    def _in_bracket(self, i: int) -> bool:
        return self.bracket_around(self.tokens[i].start) is not None

    def _is_not_yet(self, i: int) -> bool:
        return i > 0 and self.tokens[i - 1].word == "not"

    def _phrase_at(self, i: int) -> str:
        for phrase in words().phrases:
            if self.tokens[i].word == phrase[0] and tuple(t.word for t in self.tokens[i : i + len(phrase)]) == phrase:
                return phrase[0]
        return ""

    def _ends_sentence(self, i: int) -> bool:
        token = self.tokens[i]
        if token.word not in (".", "?", "!") or i + 1 >= len(self.tokens) or i == 0:
            return False
        following = self.tokens[i + 1]
        if following.start == token.end or self.tokens[i - 1].word in _ABBREVIATIONS:
            return False
        return self.text[following.start].isupper() or self.text[following.start].isdigit()

    def _wall(self, i: int) -> None:
        if 0 < i < len(self.tokens):
            self.walls.append(self.tokens[i].start)


def _brackets(tokens: tuple[Token, ...]) -> tuple[tuple[int, int], ...]:
    pairs: list[tuple[int, int]] = []
    opened: list[int] = []
    for token in tokens:
        if token.word in "([":
            opened.append(token.start)
        elif token.word in ")]" and opened:
            pairs.append((opened.pop(), token.end))
    return tuple(pairs)
