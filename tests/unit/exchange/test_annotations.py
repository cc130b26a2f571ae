"""BRAT and Web Annotations: every mark holds the words at its place."""

from __future__ import annotations

import json

from caselore import service
from caselore.exchange import brat, webannotation

TEXT = (
    "Case report\n\nA 37-year-old woman presented with\nheadache. She denied fever. The cells were positive for\ndesmin. "
    "The tumor was a\nleiomyosarcoma of the left thigh.\n"
)
REPORT = service.read_text(TEXT, "fictional")


def test_brat_places_hold_their_words() -> None:
    files = brat.export(REPORT, "").files
    text, lines = files["fictional.txt"].decode(), files["fictional.ann"].decode().splitlines()
    assert text == TEXT
    marks = [line.split("\t") for line in lines if line.startswith("T")]
    assert len(marks) > 5
    for _, where, words in marks:
        pieces = [tuple(map(int, piece.split())) for piece in where.partition(" ")[2].split(";")]
        assert " ".join(text[start:end] for start, end in pieces) == words


def test_brat_tells_what_is_denied_and_of_whom() -> None:
    lines = brat.export(REPORT, "").files["fictional.ann"].decode().splitlines()
    (denied,) = [line for line in lines if line.endswith(" negated")]
    number = denied[1 : denied.index("\t")]
    assert f"#{number}\tAnnotatorNotes T{number}\tcase 1: fever" in lines


def test_web_annotations_quote_the_source() -> None:
    (content,) = webannotation.export(REPORT, "2026-01-31T12:00:00Z").files.values()
    page = json.loads(content)
    assert (page["@context"], page["type"]) == ("http://www.w3.org/ns/anno.jsonld", "AnnotationPage")
    assert len({one["id"] for one in page["items"]}) == len(page["items"]) > 5
    for one in page["items"]:
        place, quote = one["target"]["selector"]
        assert TEXT[place["start"] : place["end"]] == quote["exact"]
        assert TEXT[: place["start"]].endswith(quote["prefix"])


def test_times_are_told_as_lost() -> None:
    text = TEXT + "She had a local recurrence 8 months after the resection.\n"
    losses = brat.export(service.read_text(text, "fictional"), "").losses
    assert any("time" in loss.reason for loss in losses)
