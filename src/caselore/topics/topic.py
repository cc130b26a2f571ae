"""What a topic is: its terms, the values it reads, and the function that reads them from a sentence."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import msgspec

from caselore.language.view import SentenceView
from caselore.model.fact import Assertion, Phase, Value
from caselore.model.text import TextSpan
from caselore.model.time import TimePoint


class Draft(msgspec.Struct, frozen=True, kw_only=True):
    """A fact before it has a patient: a value and the places in the normalised text that say so, the main one first.

    `of_report` marks what is said of the report as a whole: it goes to every index patient, wherever it stands.
    `nth` is (k, n) where the words list one value for each of n patients: the draft belongs to the k-th of them, and to
    nobody where the sentence is about another number of patients.
    `phase` is set only where the words themselves tell it ("previously operated"); otherwise assembly fills it in.
    """

    value: Value
    spans: tuple[TextSpan, ...]
    assertion: Assertion = Assertion.AFFIRMED
    when: TimePoint | None = None
    phase: Phase | None = None
    of_report: bool = False
    nth: tuple[int, int] | None = None


class Topic(msgspec.Struct, frozen=True, kw_only=True):
    """A clinical topic, declared as `TOPIC` in its module and found by discovery.

    `terms` are file names beside the module (.toml or .csv); `reads` are the kinds of mention that a sentence must have
    for `extract` to be called (any of them; empty: every sentence is shown). Facts of a topic that is not `alone` do not
    make a patient of somebody whom a publication merely mentions.
    """

    name: str
    extract: Callable[[SentenceView], Iterator[Draft]]
    values: tuple[type[Value], ...]
    terms: tuple[str, ...] = ()
    reads: tuple[str, ...] = ()
    alone: bool = True
