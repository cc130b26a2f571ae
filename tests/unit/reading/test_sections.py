"""Which part of a report a paragraph belongs to, with and without headings."""

# ruff: noqa: E501 - one text a line

from __future__ import annotations

import pytest

from caselore.reading.text import document_from_text

CASE = "A 40-year-old woman was seen because of a mass of the left thigh."
ABOUT = "Tumors of the thigh are well known in the literature."

TEXTS = [
    ("no headings", f"A mass of the thigh: case report\n\n{CASE} It was removed.", "title case"),
    ("no title", f"{CASE} It was removed.", "case"),
    ("plain", f"Introduction\n{ABOUT}\nCase report\n{CASE}\nDiscussion\n{ABOUT}\nReferences\n1. Roe A. J Test 2001;1:2.", None),
    ("numbered", f"1. Introduction\n{ABOUT}\n2. Case presentation\n{CASE}\n3. Discussion\n{ABOUT}\n4. Conclusion\n{ABOUT}",
     "introduction case discussion conclusion"),
    ("capitals", f"CASE REPORT\n\nMASS OF THE THIGH\n\nABSTRACT: {ABOUT}\n\n{ABOUT}\n\nREPORT OF A CASE\n\n{CASE}\n\nCOMMENT\n\n{ABOUT}",
     "title abstract introduction case discussion"),
    ("spaced letters", f"A B S T R A C T\n{ABOUT}\nI N T R O D U C T I O N\n{ABOUT}\nC A S E  R E P O R T\n{CASE}",
     "abstract introduction case"),
    ("structured", f"Background: {ABOUT}\nCase presentation: {CASE}\nConclusion: {ABOUT}", "introduction case conclusion"),
    ("one paragraph", f"Background. {ABOUT} Case Report. {CASE} Conclusion. {ABOUT}", "introduction case conclusion"),
    ("clinical case", f"Introduction: {ABOUT} Clinical case: {CASE} Conclusion: {ABOUT}", "introduction case conclusion"),
    ("without marks", f"Purpose {ABOUT} Results A woman had a mass. Conclusion {ABOUT}", "introduction case conclusion"),
    ("abstract and paper", f"Background\n{ABOUT}\nCase summary\n{CASE}\nConclusion\n{ABOUT}\nIntroduction\n{ABOUT}\nCase report\n{CASE}",
     "introduction abstract conclusion introduction case"),
    ("unlabelled abstract", f"{CASE} It was removed and did not come back.\n\nIntroduction\n\n{ABOUT}\n\nCase report\n\n{CASE}",
     "abstract introduction case"),
    ("run-in covers a paragraph", f"Case report\n{CASE}\nPathology: The tumor weighed 40 g.\nShe went home.", "case pathology case"),
    ("weak heading in the discussion", f"Case report\n{CASE}\nDiscussion\n{ABOUT}\nTreatment\n{ABOUT}\nImaging\n{ABOUT}", "case discussion"),
    ("series", f"Case 1\n{CASE}\nCase 2: {CASE}\nDiscussion\n{ABOUT}", "case case discussion"),
    ("series in a paragraph", f"Two women are described. Case 1. {CASE} Case 2. {CASE}", "case case case"),
    ("not a heading", f"Case report\n{CASE} Results were good. Case 2 is not known. Conclusion was not possible.", "case"),
    ("back matter", f"Case report\n{CASE}\nConflict of interest: None.\nAcknowledgements\nWe thank all.", "case back_matter back_matter"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "kinds"), [(t, k) for _, t, k in TEXTS if k], ids=[name for name, _, k in TEXTS if k])
def test_kinds(text: str, kinds: str) -> None:
    sections = document_from_text(text, "any").sections
    merged = [section.kind.value for section in sections]
    if "case case" not in kinds and "back_matter back" not in kinds:
        merged = [kind for index, kind in enumerate(merged) if not index or merged[index - 1] != kind]
    assert " ".join(merged) == kinds


def test_a_section_covers_its_heading_and_keeps_its_words() -> None:
    document = document_from_text(f"2.1. Case 1\n{CASE}\nDiscussion\n{ABOUT}", "any")
    first, second = document.sections
    assert first.heading == "Case 1"
    assert document.text[first.span.start : first.span.end] == f"2.1. Case 1\n\n{CASE}"
    assert document.text[second.span.start : second.span.end] == f"Discussion\n\n{ABOUT}"


def test_metadata() -> None:
    raw = f"Mass of the thigh: a case report\nJane Roe, Ann Poe\nJ Test 2019;3(2):4-9\nhttps://doi.org/10.5555/any.3\nAbstract\n{CASE}"
    metadata = document_from_text(raw, "any").metadata
    assert (metadata.title, metadata.year, metadata.doi) == ("Mass of the thigh: a case report", 2019, "10.5555/any.3")
