"""The selection language: `origin == "primary" and age_years >= 18 and "lung" in metastases`.

    expression = side { "or" side } ;      side = part { "and" part } ;      part = [ "not" ] ( "(" expression ")" | condition ) ;
    condition  = column ( "==" | "!=" | "<" | "<=" | ">" | ">=" ) value | text [ "not" ] "in" column
               | column [ "not" ] "in" "(" value { "," value } ")" | column "is" [ "not" ] "reported" ;

Columns are those of the review row; `ihc.SMA` and `immune.ebv` are entries of one. Text is compared without regard to case.
Nothing is evaluated but this grammar.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple

from caselore.cohort.columns import Kind, kind_of, wrong_column
from caselore.model.cohort import Column, Condition, Expression, Junction, Negation, Selector

MOST_NESTED = 50
"""Brackets and `not` inside each other; more is no expression a person wrote."""


class WrongExpression(ValueError):
    """The expression cannot be understood; the message says what and where, in one sentence."""


class _Token(NamedTuple):
    kind: str
    words: str
    start: int


_TOKEN = re.compile(
    r"""(?P<space>\s+)|(?P<number>-?\d+(?:\.\d+)?(?![\w.]))|(?P<text>"[^"]*"|'[^']*')"""
    r"""|(?P<operator>==|!=|<=|>=|<|>)|(?P<mark>[(),])|(?P<name>[^\W\d][\w-]*(?:\.[\w-]+)?)"""
)
_ORDER = ("<", "<=", ">", ">=")
_KEYWORDS = ("and", "or", "not", "in", "is", "reported")


def selector(words: str) -> Selector:
    """The selector an expression stands for; an empty one takes everybody. Raises WrongExpression."""
    if not words.strip():
        return Selector()
    return Selector(words=words.strip(), expression=_Parser(words).whole())


def column(words: str) -> Column:
    """A column by its name, `ihc.SMA` for an entry. Raises WrongExpression."""
    name, _, key = words.strip().partition(".")
    found = Column(name, key or None)
    if problem := wrong_column(found):
        raise WrongExpression(f"{problem}.".replace("?.", "?"))
    return found


class _Parser:
    """Recursive descent over the grammar above."""

    def __init__(self, words: str) -> None:
        self._words = words
        self._tokens = self._split()
        self._next = 0
        self._nested = 0

    def whole(self) -> Expression:
        found = self._sides()
        if self._peek().kind != "end":
            raise self._wrong(self._peek(), '"and", "or" or the end was expected')
        return found

    def _split(self) -> list[_Token]:
        tokens, place = [], 0
        while place < len(self._words):
            match = _TOKEN.match(self._words, place)
            if match is None:
                hint = ' (equality is written "==")' if self._words[place] == "=" else ""
                raise WrongExpression(
                    f"The expression cannot be read at character {place + 1}: {self._words[place]!r} means nothing here{hint}."
                )
            if match.lastgroup != "space":
                tokens.append(_Token(str(match.lastgroup), match[0], place))
            place = match.end()
        return [*tokens, _Token("end", "", len(self._words))]

    def _sides(self) -> Expression:
        return self._joined("or", lambda: self._joined("and", self._part))

    def _joined(self, word: str, part: Callable[[], Expression]) -> Expression:
        parts = [part()]
        while self._take(word):
            parts.append(part())
        return parts[0] if len(parts) == 1 else Junction(parts=tuple(parts), all=word == "and")

    def _part(self) -> Expression:
        self._nested += 1
        if self._nested > MOST_NESTED:
            raise self._wrong(self._peek(), f"more than {MOST_NESTED} brackets and nots stand inside each other")
        found = self._bracket_or_condition()
        self._nested -= 1
        return found

    def _bracket_or_condition(self) -> Expression:
        if self._take("not"):
            return Negation(part=self._part())
        if self._take("("):
            found = self._sides()
            self._must(")")
            return found
        return self._condition()

    def _condition(self) -> Expression:
        first = self._peek()
        if first.kind == "text":
            self._next += 1
            negated = self._take("not")
            self._must("in")
            return self._contains(first, negated)
        found = self._column()
        if self._take("is"):
            negated = self._take("not")
            self._must("reported")
            return self._closed(first, found, "is reported", (), negated)
        negated = self._take("not")
        if negated or self._peek().words == "in":
            self._must("in")
            return self._one_of(first, found, negated)
        operator = self._peek()
        if operator.kind != "operator":
            raise self._wrong(operator, f"a comparison of {found} was expected, such as == or >=")
        self._next += 1
        if operator.words in _ORDER and kind_of(found) is not Kind.NUMBER:
            raise self._wrong(operator, f"{found} holds {kind_of(found)}, which has no order")
        return self._closed(first, found, operator.words, (self._value(found),))

    def _contains(self, text: _Token, negated: bool) -> Expression:
        place = self._peek()
        found = self._column()
        if kind_of(found) is Kind.NUMBER:
            raise self._wrong(place, f"{found} holds a number, in which nothing can be looked for")
        return self._closed(text, found, "contains", (text.words[1:-1],), negated)

    def _one_of(self, first: _Token, found: Column, negated: bool) -> Expression:
        self._must("(")
        values = [self._value(found)]
        while self._take(","):
            values.append(self._value(found))
        self._must(")")
        return self._closed(first, found, "is one of", tuple(values), negated)

    def _closed(
        self, first: _Token, found: Column, operator: str, values: tuple[str | float, ...], negated: bool = False
    ) -> Expression:
        last = self._tokens[self._next - 1]
        words = self._words[first.start : last.start + len(last.words)]
        return Condition(column=found, operator=operator, values=values, negated=negated, words=words)

    def _column(self) -> Column:
        token = self._peek()
        if token.kind != "name" or token.words in _KEYWORDS:
            raise self._wrong(token, "the name of a column was expected")
        name, _, key = token.words.partition(".")
        found = Column(name, key or None)
        if problem := wrong_column(found):
            raise self._wrong(token, problem)
        self._next += 1
        return found

    def _value(self, found: Column) -> str | float:
        token, kind = self._peek(), kind_of(found)
        if kind is Kind.LIST:
            raise self._wrong(token, f'{found} holds a list: write "lung" in {found}')
        if token.kind == "number" and kind is Kind.NUMBER:
            value: str | float = float(token.words)
        elif token.kind == "text" and kind is Kind.TEXT:
            value = token.words[1:-1]
        else:
            wanted = "a number" if kind is Kind.NUMBER else "text in quotation marks"
            raise self._wrong(token, f"{found} is compared with {wanted}")
        self._next += 1
        return value

    def _peek(self) -> _Token:
        return self._tokens[self._next]

    def _take(self, words: str) -> bool:
        token = self._peek()
        found = token.kind in ("name", "mark") and token.words == words
        self._next += found
        return found

    def _must(self, words: str) -> None:
        if not self._take(words):
            raise self._wrong(self._peek(), f'"{words}" was expected')

    def _wrong(self, token: _Token, problem: str) -> WrongExpression:
        seen = f", at {token.words!r}" if token.words else ", where it ends"
        end = "" if problem.endswith("?") else "."
        return WrongExpression(
            f"The expression cannot be understood at character {token.start + 1}{seen}: {problem}{end}"
        )
