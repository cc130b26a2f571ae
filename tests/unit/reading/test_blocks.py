"""Captions, tables, running heads and paragraphs among lines that a column broke."""

from __future__ import annotations

from caselore.model.text import Document, SectionKind
from caselore.reading.text import document_from_text

BODY = """Case report
The patient was a man of 40 years who was seen in our clinic
because of a mass of the left thigh that had been growing for
two years and that had not been painful until the last weeks.
"""
END = """The muscle and the lateral wound healed. He was followed up for
two years. There was no sign of recurrence when he was seen for
the last time.
"""


def words(document: Document, kind: SectionKind) -> list[str]:
    return [document.text[s.span.start : s.span.end] for s in document.sentences if s.section is kind]


def read(middle: str) -> Document:
    return document_from_text(BODY + middle + END, "any")


def test_a_caption_that_interrupts_a_sentence_comes_behind_its_paragraph() -> None:
    document = read(
        "On imaging there was a mass of 5 cm in the vastus muscle and\n"
        "Figure 1. Axial image of the left thigh after the injection of\n"
        "contrast medium (arrow).\n"
        "no other lesion was seen.\n"
    )
    assert "On imaging there was a mass of 5 cm in the vastus muscle and no other lesion was seen." in words(
        document, SectionKind.CASE
    )
    assert words(document, SectionKind.CAPTION) == [
        "Figure 1. Axial image of the left thigh after the injection of contrast medium (arrow)."
    ]


def test_a_caption_whose_lines_take_turns_with_the_body_is_told_apart() -> None:
    document = read(
        "On imaging there was a mass of 5 cm in the vastus mus-\n"
        "Figure 1. (A) Axial image of the thigh with contrast,\n"
        "cle. It was removed on 3 May with a margin of 2 cm through a lat-\n"
        "arrow. (B) The specimen after section; the tumor is of a\n"
        "eral approach, and the wound was closed with a skin graft.\n"
        "yellow color.\n"
    )
    case = words(document, SectionKind.CASE)
    assert "On imaging there was a mass of 5 cm in the vastus muscle." in case
    assert any("through a lateral approach, and the wound" in sentence for sentence in case)
    assert words(document, SectionKind.CAPTION)[-1].endswith("the tumor is of a yellow color.")


def test_lines_take_turns_even_behind_a_finished_sentence() -> None:
    document = read(
        "On imaging there was a mass of 5 cm in the vastus muscle.\n"
        "Figure 1. Axial image of the thigh with contrast,\n"
        "It was removed through an incision behind the muscle on 3\n"
        "taken one week before; the vessels are seen behind the\n"
        "weeks of traction, and the defect was closed by a free flap.\n"
        "lesion.\n"
    )
    assert any("behind the muscle on 3 weeks of traction" in sentence for sentence in words(document, SectionKind.CASE))
    assert words(document, SectionKind.CAPTION)[-1].endswith("the vessels are seen behind the lesion.")


def test_a_caption_that_does_not_end_with_a_stop() -> None:
    document = read(
        "On imaging there was a mass of 5 cm in the vastus muscle and\n"
        "Fig. 1 Axial image of the left thigh after the injection of contrast medium in early phase\n"
        "with the mass (arrow)\n"
        "no other lesion was seen. It was removed through a lateral inci-\n"
        "sion.\n"
    )
    assert words(document, SectionKind.CAPTION)[-1].endswith("with the mass (arrow)")
    assert any(
        s.endswith("in the vastus muscle and no other lesion was seen.") for s in words(document, SectionKind.CASE)
    )


def test_a_sentence_that_names_a_figure_at_the_beginning_of_a_line_is_no_caption() -> None:
    document = read(
        "The mass was well defined and without edema as is seen in\nFig. 1. It was removed. Figure 2 shows the specimen.\n"
    )
    assert words(document, SectionKind.CAPTION) == []
    assert "The mass was well defined and without edema as is seen in Fig. 1." in words(document, SectionKind.CASE)


def test_the_lines_of_a_flattened_table_are_sentences_of_their_own() -> None:
    document = read("Table 1. Findings.\nAge\n40\nSize\n5 cm\nOutcome\nNED\n\nDiscussion\n")
    assert words(document, SectionKind.TABLE) == ["Table 1. Findings.", "Age", "40", "Size", "5 cm", "Outcome", "NED"]
    assert words(document, SectionKind.DISCUSSION)[1].startswith("The muscle and the lateral wound")


def test_page_furniture_within_a_sentence_is_dropped() -> None:
    document = read(
        "On imaging there was a mass of 5 cm in the vastus muscle and\n"
        "Roe et al.: A mass of the thigh\n17\nhttps://doi.org/10.5555/any.17\n"
        "no other lesion was seen.\n"
    )
    assert "On imaging there was a mass of 5 cm in the vastus muscle and no other lesion was seen." in words(
        document, SectionKind.CASE
    )


def test_a_line_after_every_line_is_seen_through() -> None:
    document = document_from_text((BODY + END).replace("\n", " \n\n"), "any")
    assert len(words(document, SectionKind.CASE)) == 5


def test_line_numbers_are_left_out() -> None:
    numbered = "\n".join(f"{number} {line}" for number, line in enumerate((BODY + END).splitlines(), 1))
    numbered += "\n8 It was not\n9 seen again."
    text = document_from_text(numbered, "any").text
    assert "because of a mass of the left thigh that had been growing for two years" in text


def test_numbers_among_short_lines_stay() -> None:
    assert "40" in document_from_text("Age\n40\nSex\nmale", "any").text
