"""Any chart as a file that other programs open."""

from __future__ import annotations

import io
import json
import re

import pytest
from PIL import Image
from pypdf import PdfReader

from caselore.plots.files import WRITERS, to_html, to_pdf, to_png, to_svg
from caselore.plots.lanes import lanes
from caselore.plots.style import COLOURS, breadth, shortened, wrapped
from caselore.plots.swimmer import swimmer
from cohort_rows import member

CHART = swimmer(*lanes([member("</script> & report", follow_up_months=3, status="alive")]))


def test_svg_has_letters_as_text() -> None:
    assert b"&lt;/script&gt; &amp; report" in to_svg(CHART)


def test_png_is_a_picture_of_twice_the_size() -> None:
    size = re.search(rb'<svg[^>]* width="(\d+)', to_svg(CHART))
    assert size is not None
    assert Image.open(io.BytesIO(to_png(CHART))).width == 2 * int(size[1])


def test_pdf_has_one_page_with_the_caveat() -> None:
    (page,) = PdfReader(io.BytesIO(to_pdf(CHART))).pages
    assert "Published cases are not a population" in page.extract_text()


def test_html_loads_nothing_and_survives_odd_names() -> None:
    page = to_html(CHART).decode()
    assert "<title>Course of each patient</title>" in page
    assert not re.search(r"<(?:script|link)\b[^>]*(?:src|href)=", page)
    assert page.count("</script>") == 2


def test_json_is_the_specification_itself() -> None:
    told = json.loads(WRITERS["json"](CHART))
    assert told == CHART.to_dict()
    assert told["$schema"].startswith("https://vega.github.io/schema/vega-lite/")


def test_colours_are_told_apart_from_white_and_from_each_other() -> None:
    def luminance(colour: str) -> float:
        parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
        red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    assert len(set(COLOURS)) == len(COLOURS)
    assert all(1.05 / (luminance(colour) + 0.05) >= 2 for colour in COLOURS)


@pytest.mark.parametrize(
    ("words", "most", "wanted"),
    [("short", 10, "short"), ("a long name: yes", 12, "a lo … : yes"), ("abcdefghijkl", 8, "abc … jkl"[:9])],
)
def test_shortened_words_keep_both_ends(words: str, most: int, wanted: str) -> None:
    got = shortened(words, most)
    assert got[:2] == wanted[:2]
    assert got[-2:] == wanted[-2:]
    assert len(got) <= most


def test_words_without_spaces_are_broken_too() -> None:
    assert max(map(len, wrapped("x" * 300, 100))) == 100
    assert breadth("") == 0
