"""A topic that is not shown a sentence would have had nothing to say about it."""

from __future__ import annotations

from pathlib import Path

from caselore.language.blank_view import questions
from caselore.language.view import Reading
from caselore.reading.text import document_from_text
from caselore.topics.catalogue import lexicon, topics

_EXAMPLES = sorted((Path(__file__).parents[2] / "examples").glob("*.txt"))


def test_topics_have_nothing_to_say_of_sentences_that_deny_their_questions() -> None:
    spared = shown = 0
    for path in _EXAMPLES:
        reading = Reading(document_from_text(path.read_text(encoding="utf-8"), path.name), lexicon())
        for topic in topics():
            asked = questions(topic.extract)
            for view in reading.sentences:
                if asked is not None and asked.are_denied_by(view):
                    spared += 1
                    assert list(topic.extract(view)) == [], (topic.name, view.text)
                else:
                    shown += 1
    assert spared > 2 * shown


def test_nearly_all_topics_are_spared_sentences() -> None:
    """One that looks at every sentence costs as much as thirty others: ask for mentions or patterns first."""
    assert len([topic.name for topic in topics() if questions(topic.extract) is None]) <= 4
