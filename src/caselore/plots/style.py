"""How every chart looks: colours, dashes, shapes, fonts, and the words below it. Colour never tells anything alone."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping, Sequence
from typing import Any, Literal

from caselore.model.cohort import CAVEAT
from caselore.plots.libraries import alt

COLOURS = ("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#000000", "#56B4E9", "#E69F00", "#7F7F7F")
"""Okabe and Ito's colours that the colour-blind tell apart (jfly.uni-koeln.de/color), the strongest on white first; their
yellow is too pale for lines and is replaced by grey."""
DASHES = ([1, 0], [7, 3], [2, 2], [10, 3, 2, 3], [12, 4], [4, 4], [1, 4], [8, 2, 2, 2, 2, 2])
SHAPES = ("circle", "square", "triangle-up", "diamond", "triangle-down", "cross", "triangle-right", "triangle-left")

EVENTS = {
    "operation": "diamond",
    "reoperation": "diamond",
    "radiotherapy": "triangle-down",
    "chemotherapy": "cross",
    "recurrence": "triangle-up",
    "metastasis": "square",
    "alive": "triangle-right",
    "death": "M-1,-.6L-.6,-1L0,-.4L.6,-1L1,-.6L.4,0L1,.6L.6,1L0,.4L-.6,1L-1,.6L-.4,0Z",
}
"""The shape of each event of a course; death is a cross on its edge."""
OTHER_EVENT = "circle"
"""Of every other event: admission, visit, contact."""

INK = "#222222"
FAINT = "#DDDDDD"
FONT = "Liberation Sans, Arial, Helvetica, sans-serif"
SIZE = 11
"""Of letters, in points at the drawn size."""
WIDTH = 560
"""Of the plotting area, in pixels."""
LINE = 15
"""Height of a line of text, in pixels."""

_KEY = 62
_LETTERS_PER_LINE = 118


class NothingToDraw(ValueError):
    """There is no chart of this; the message says why."""


class TooManyGroups(ValueError):
    """More groups than can be told apart; the message says how many there are."""


def told_apart(groups: Sequence[str]) -> list[str]:
    """The groups, each of which has its colour, dash and shape. Raises TooManyGroups."""
    if len(groups) > len(COLOURS):
        raise TooManyGroups(f"{len(groups)} groups cannot be told apart in one chart; at most {len(COLOURS)} can.")
    return list(groups)


def colour(groups: Sequence[str]) -> alt.Color:
    """The colour of each group; what it means is told by `key`."""
    scale = alt.Scale(domain=told_apart(groups), range=COLOURS[: len(groups)])
    return alt.Color("group:N", scale=scale, legend=None)


def dash(groups: Sequence[str]) -> alt.StrokeDash:
    """The dash of each group."""
    scale = alt.Scale(domain=told_apart(groups), range=DASHES[: len(groups)])
    return alt.StrokeDash("group:N", scale=scale, legend=None)


def shape(groups: Sequence[str]) -> alt.Shape:
    """The shape of each group."""
    scale = alt.Scale(domain=told_apart(groups), range=SHAPES[: len(groups)])
    return alt.Shape("group:N", scale=scale, legend=None)


def key(words: Mapping[str, str], *, points: bool = False) -> alt.LayerChart:
    """What each group looks like, and the words for it: above the chart, in as many lines as the words need.

    Vega-Lite's own legends cut long words and show the faintest layer.
    """
    groups = list(words)
    lines: list[dict[str, Any]] = []
    samples: list[dict[str, Any]] = []
    for group, told in words.items():
        samples.append({"group": group, "line": len(lines)})
        lines += [{"line": len(lines) + number, "text": line} for number, line in enumerate(wrapped(told, 105))]
    down = line_axis(len(lines))
    sample = alt.Chart(rows(samples)).encode(y=down, color=colour(groups))
    if points:
        drawn = sample.mark_point(filled=True, size=70, opacity=1).encode(x=alt.value(-_KEY / 2), shape=shape(groups))
    else:
        drawn = sample.mark_rule(strokeWidth=2.5).encode(x=alt.value(-_KEY), x2=alt.value(-8), strokeDash=dash(groups))
    text = letters(rows(lines), x=alt.value(0), y=down)
    return alt.LayerChart(layer=[drawn, text], width=WIDTH, height=len(lines) * LINE)


def signs(words: Mapping[str, str]) -> alt.LayerChart:
    """What each event looks like, side by side above the chart, in as many lines as they need; `words` by event."""
    placed: list[dict[str, Any]] = []
    across, line = 0.0, 0
    for event, told in words.items():
        if across and across + breadth(told) + 2 * LINE > WIDTH:
            across, line = 0.0, line + 1
        placed.append({"event": event, "text": told, "at": across, "line": line})
        across += breadth(told) + 2.5 * LINE
    down = line_axis(line + 1)
    along = alt.X("at:Q", scale=alt.Scale(domain=[0, WIDTH], nice=False), axis=None)
    points = event_points(rows(placed)).encode(x=along, y=down)
    text = alt.Chart(rows(placed)).mark_text(align="left", baseline="middle", dx=10, fontSize=SIZE, color=INK)
    layers = [points, text.encode(x=along, y=down, text="text:N")]
    return alt.LayerChart(layer=layers, width=WIDTH, height=(line + 1) * LINE)


def event_points(data: alt.InlineData, aside: float = 0) -> alt.Chart:
    """Points in the shapes of the field "event", edged in white so that they stand out on a bar; `aside` to the right."""
    domain = [*EVENTS, "other"]
    scale = alt.Scale(domain=domain, range=[*EVENTS.values(), OTHER_EVENT])
    points = alt.Chart(data).mark_point(
        filled=True, size=75, opacity=1, color=INK, stroke="white", strokeWidth=0.7, xOffset=aside
    )
    shaped: alt.Chart = points.encode(shape=alt.Shape("event:N", scale=scale, legend=None))
    return shaped


def line_axis(lines: int) -> alt.Y:
    """Lines of text from the top, numbered from 0 in the field "line"."""
    return alt.Y("line:Q", scale=alt.Scale(domain=[-0.5, lines - 0.5], reverse=True, nice=False), axis=None)


def letters(data: alt.InlineData, *, align: Literal["left", "center", "right"] = "left", **places: Any) -> alt.Chart:
    """Text from the field "text", in the letters of the chart."""
    mark = alt.Chart(data).mark_text(align=align, baseline="middle", fontSize=SIZE, color=INK)
    drawn: alt.Chart = mark.encode(text="text:N", **places)
    return drawn


def rows(records: Sequence[dict[str, Any]]) -> alt.InlineData:
    """Data that the specification carries with it."""
    return alt.InlineData(values=list(records))


def wrapped(words: str, letters: int = _LETTERS_PER_LINE) -> list[str]:
    """The words in lines that are as long as the chart is wide."""
    return textwrap.wrap(words, letters, break_long_words=True)


def shortened(words: str, most: int) -> str:
    """The words, with dots in the middle where they are longer than `most` letters: what differs is often at the end."""
    if len(words) <= most:
        return words
    tail = most // 2 - 1
    return f"{words[: most - tail - 3].rstrip()} … {words[-tail:].lstrip()}"


def counted(number: int, what: str) -> str:
    """ "1 patient", "2 patients"."""
    return f"{number} {what}" if number == 1 else f"{number} {what}s"


def breadth(words: str) -> float:
    """About how wide the words are at the size of the chart, in pixels; never too little by much."""
    return len(words) * SIZE * 0.56


def titled(
    chart: alt.ConcatChart | alt.VConcatChart | alt.LayerChart,
    title: str,
    subtitle: Sequence[str] = (),
    notes: Sequence[str] = (),
) -> alt.VConcatChart:
    """The finished chart: its title above, notes and the caveat below, fonts and lines as in every other one."""
    below = [line for words in subtitle if words for line in wrapped(words)]
    head = alt.TitleParams(
        text=wrapped(title, 80),
        subtitle=below or alt.Undefined,
        anchor="start",
        fontSize=SIZE + 4,
        subtitleFontSize=SIZE,
        subtitlePadding=4,
        offset=10,
    )
    foot = alt.TitleParams(
        text=[line for words in (*notes, CAVEAT) for line in wrapped(words, 128)],
        orient="bottom",
        anchor="start",
        fontSize=SIZE - 1,
        fontWeight="normal",
        offset=12,
    )
    return alt.vconcat(
        chart.properties(title=head), title=foot, padding=14, background="white", spacing=8, config=_config()
    )


def _config() -> alt.Config:
    """Fonts and lines."""
    axis = alt.AxisConfig(
        labelFontSize=SIZE, titleFontSize=SIZE, titleFontWeight="normal", labelColor=INK, titleColor=INK,
        domainColor=INK, tickColor=INK, gridColor=FAINT, labelFlush=False,
    )  # fmt: skip
    title = alt.TitleConfig(color=INK, subtitleColor=INK)
    return alt.Config(font=FONT, view=alt.ViewConfig(stroke=None), axis=axis, title=title)
