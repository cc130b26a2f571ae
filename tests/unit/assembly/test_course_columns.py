"""What the columns of the course make of the length of a story."""

from __future__ import annotations

import pytest

from caselore import service

STORY = """Case report

A 50-year-old man was admitted with a lump of the thigh, which was resected. It was a leiomyosarcoma.

{pages}

Outcome

At the last visit, 40 months after surgery, he was free of disease."""
SENTENCE = "The muscles around it were normal in their tone and strength. "


@pytest.mark.parametrize(("sentences", "recurrence"), [(60, "no"), (5, None)])
def test_only_a_story_of_pages_would_have_told_a_relapse(sentences: int, recurrence: str | None) -> None:
    report = service.read_text(STORY.format(pages=SENTENCE * sentences))
    (row,) = service.rows(report)
    assert (row.recurrence, row.disease) == (recurrence, "NED")
