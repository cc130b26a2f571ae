"""Functions that are spared the texts in which they cannot find anything.

A function that reads sentences asks whether patterns match. Where all answers are no, it takes the same way through its
code every time and comes to the same answer. So it is called once on a blank text, which answers no to everything and
remembers what it was asked; from then on a text that holds none of what was asked for gets that answer at once. A
function that wants to know more of a text (its length, a part of it) fails on the blank one and is simply called.

The same for whole topics, which ask for mentions too, is done in blank_view.py.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, TypeVar, cast

from caselore.language.patterns import BlankText, Questions, ScreenedText, Unanswerable

_Rest = ParamSpec("_Rest")
_Answer = TypeVar("_Answer")

NO_ANSWER = (Unanswerable, TypeError, AttributeError)
"""What happens to a function that treats a blank text as a string."""


def spared(function: Callable[Concatenate[str, _Rest], _Answer]) -> Callable[Concatenate[str, _Rest], _Answer]:
    """The same function, not called on a text that lacks everything it asks for.

    It must depend on its arguments alone, of which those behind the text must not matter where nothing is found, and its
    answer there must be immutable.
    """
    asked: Questions | None = None
    must_be_called = False
    silent: _Answer

    @wraps(function)
    def answer(text: str, /, *rest: _Rest.args, **named: _Rest.kwargs) -> _Answer:
        nonlocal asked, silent, must_be_called
        if type(text) is ScreenedText and not must_be_called:
            if asked is None:
                blank = BlankText()
                try:
                    silent = function(cast("str", blank), *rest, **named)
                except NO_ANSWER:
                    must_be_called = True
                asked = blank.questions
            if asked.are_denied_by(text) and not must_be_called:
                return silent
        return function(text, *rest, **named)

    return answer
