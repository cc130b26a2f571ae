"""Captions of figures and tables, and the cells of flattened tables, among the lines of a report."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from functools import cache, partial
from itertools import pairwise

from caselore.reading.headings import heading_of
from caselore.reading.lines import Layout, Line, breaks_off

_START = re.compile(
    r"(?:(?:Supplementa(?:ry|l)|Online|Appendix|Extended Data)\s)?"
    r"(?P<what>Figure|Fig|FIGURE|FIG|Table|TABLE|Scheme|Chart|Video|Box|Plate)s?\.?"
    r"\s*(?P<number>S?\d{1,2}|[IVX]{1,4})(?P<letter>[A-Za-z]?)(?P<mark>\s?[.:|)]|\s?[-–—](?=\s)|\s|$)\s*(?P<rest>.*)"
)
_VERB = re.compile(
    r"(?:and|or|to|shows?|showed|demonstrates?|illustrates?|depicts?|presents?|summari[sz]es?|lists?|gives?|provides?|"
    r"displays?|reveals?|represents?|contains?|compares?|is|are|was|were|has|in|of)\b"
)
_LEADING_TO = re.compile(r"(?:\(|\b(?:in|see|e\.g\.,?|Figs?\.|Figures?|Tables?|supplementary))$", re.I)
_PANEL = re.compile(r"(?:\([A-Ha-h]\)|[A-H]\)|\([A-H][,–-]\s?[A-H]\)|[A-Ha-h][:.]\s)")
_PANEL_WITHIN = re.compile(r"[;.,]\s(?:\([A-Ha-h]\)|[A-H]\))\s[A-Z]")
_PROSE = re.compile(r"\b(?:the|was|were|of|and|a|is|are|has|had|with|that|to|in|for|which|by|as|on)\b")
_FUNCTION_WORD_END = re.compile(
    r"\b(?:a|an|the|of|and|or|in|on|with|by|for|to|from|at|as|was|were|is|are|that|which)$|,$"
)
_UNIT = re.compile(r"(?:years?|months?|weeks?|days?|hours?|[cm]m|Gy|mg|%|patients?|cases?)\b")
_CAPITALS = re.compile(r"[A-Z]*[\dA-Z&-]{2}")
_LONGEST = 16
"""Lines that a caption may run on."""


def is_table(line: Line) -> bool:
    match = _START.match(line.text)
    return bool(match and match["what"].casefold() == "table")


def starts_caption(line: Line, before: Line | None) -> bool:
    """Whether a caption begins here, rather than a sentence that names a figure at the beginning of a line."""
    match = _START.match(line.text)
    if not match:
        return False
    mark, rest = match["mark"].strip(), match["rest"]
    if mark == ")" or _VERB.match(rest) or rest[:1] in {",", ";", ")"}:
        return False
    if not mark and rest[:1].islower() and not re.match(r"[a-h]\b", rest):
        return False
    return not (before and not line.gap and _LEADING_TO.search(before.text))


def caption_lines(lines: tuple[Line, ...], first: int, layout: Layout, words: Counter[str]) -> tuple[int, ...]:
    """The indices of the lines of the caption that begins at `first`; they may alternate with lines of the body."""
    if not layout.wrapped:
        return _unwrapped(lines, first)
    if is_table(lines[first]):
        return _table_title(lines, first)
    before = lines[first - 1] if first else None
    together = tuple(range(first, _end(lines, first, layout, before)))
    if before is None:
        return together
    ways = [together, *_pieces(lines, first)]
    if not layout.spaced:
        ways += _interleaved(lines, first)
    reads_on = cache(partial(joins, words=words))  # the ways share most of their neighbours
    return max(ways, key=lambda caption: _fit(lines, before, caption, layout, reads_on))


def _unwrapped(lines: tuple[Line, ...], first: int) -> tuple[int, ...]:
    """One paragraph a line; a bare "Table 2" or "Figure 1" takes its title from the next line."""
    match = _START.match(lines[first].text)
    bare = match is not None and not match["rest"]
    if bare and first + 1 < len(lines) and len(lines[first + 1].text) < 200 and not heading_of(lines[first + 1].text):
        return (first, first + 1)
    return (first,)


def _table_title(lines: tuple[Line, ...], first: int) -> tuple[int, ...]:
    """The title of a table: its line, and the next ones as long as they go on in lower case or the number stands alone."""
    end = first + 1
    bare = _START.match(lines[first].text)
    if bare and not bare["rest"] and end < len(lines) and not heading_of(lines[end].text):
        end += 1
    while end < min(len(lines), first + 4) and breaks_off(lines[end - 1], lines[end]):
        end += 1
    return tuple(range(first, end))


def _end(lines: tuple[Line, ...], first: int, layout: Layout, before: Line | None) -> int:
    """The index behind the last line of a caption that stands in one piece."""
    limit = min(len(lines), first + _LONGEST)
    ended: list[int] = []
    for index in range(first, limit):
        following = lines[index + 1] if index + 1 < len(lines) else None
        if (
            following is None
            or following.indented
            or starts_caption(following, lines[index])
            or _is_heading(following, lines[index])
        ):
            return index + 1
        if following.gap and (not layout.spaced or lines[index].finished):
            return index + 1
        if not lines[index].finished or _PANEL.match(following.text):
            continue
        after = lines[index + 2] if index + 2 < len(lines) else None
        if layout.spaced and (after is None or after.gap):
            return index + 1
        resumes = before is None or before.finished or not following.text[0].isupper()
        short = len(lines[index].text) < 0.85 * max(len(line.text) for line in lines[first : index + 1])
        if resumes and (short or (before is not None and not before.finished)):
            return index + 1
        ended.append(index + 1)
    return ended[0] if ended else first + 1


def _is_heading(line: Line, before: Line) -> bool:
    """Whether a heading stands here; a word like "MRI" behind an unfinished line may be a piece of a sentence."""
    heading = heading_of(line.text)
    return heading is not None and (before.finished or not heading.weak)


def _pieces(lines: tuple[Line, ...], first: int) -> list[tuple[int, ...]]:
    """The ways to end a caption that stands in one piece."""
    return [tuple(range(first, end)) for end in range(first + 1, min(_window(lines, first), first + _LONGEST) + 1)]


def _interleaved(lines: tuple[Line, ...], first: int) -> list[tuple[int, ...]]:
    """The ways in which the first lines of a caption may take turns with those of the body."""
    found: list[tuple[int, ...]] = []
    for turns in range(1, _LONGEST):
        for rest in range(_LONGEST):
            caption = (*range(first, first + 2 * turns, 2), *range(first + 2 * turns, first + 2 * turns + 1 + rest))
            if caption[-1] >= _window(lines, first):
                break
            found.append(caption)
    return found


def _window(lines: tuple[Line, ...], first: int) -> int:
    """The index behind the last line that may belong to the caption or to the paragraph that it interrupts."""
    end = first + 1
    while end < min(len(lines), first + 2 * _LONGEST):
        line = lines[end]
        if line.gap or line.indented or _is_heading(line, lines[end - 1]) or starts_caption(line, None):
            break
        end += 1
    return end


def _fit(
    lines: tuple[Line, ...],
    before: Line,
    caption: tuple[int, ...],
    layout: Layout,
    reads_on: Callable[[Line, Line], float],
) -> float:
    """How well caption and body read when the lines are told apart in this way."""
    first = caption[0]
    end = _window(lines, first)
    inside = set(caption)
    body = [before] + [lines[i] for i in range(first, end) if i not in inside]
    title = [lines[i] for i in caption]
    score = sum(reads_on(a, b) for part in (body, title) for a, b in pairwise(part))
    score += sum(1.0 for line in title[1:] if _PANEL.match(line.text))
    score -= sum(2.0 for line in body if _PANEL.match(line.text) or _PANEL_WITHIN.search(line.text))
    widest = max(len(line.text) for line in title)
    if not title[-1].text.endswith((".", ".)")):
        score -= 0.5 if len(title[-1].text) < 0.85 * widest else 1.5
    score -= _breaks_off_behind(lines, body[-1], end)
    # A line breaks off short only where its part ends.
    score -= sum(1.5 for part in (body[1:-1], title[:-1]) for line in part if _is_short(line, layout))
    # Captions often run across the page: lines much wider than the column are no body.
    score -= sum(1.0 for line in body[1:] if len(line.text) > 1.2 * layout.width)
    return score - (1.0 if caption[-1] - first >= len(caption) else 0.0)


def _is_short(line: Line, layout: Layout) -> bool:
    return not line.finished and len(line.text) < 0.6 * layout.width


def _breaks_off_behind(lines: tuple[Line, ...], line: Line, end: int) -> float:
    """How much speaks against `line` being the last of a body that is interrupted up to `end`."""
    if line.finished or (end < len(lines) and breaks_off(line, lines[end])):
        return 0.0
    return 1.0 if end < len(lines) and starts_caption(lines[end], None) else 2.0


def joins(line: Line, following: Line, words: Counter[str]) -> float:
    """How well `following` continues `line`: positive when it reads on, negative when it does not."""
    opening = following.text[0]
    broken = re.search(r"([A-Za-z]+)-$", line.text)
    if broken:
        rest = re.match(r"[a-z]*", following.text)
        second = rest[0] if rest else ""
        if words[(broken[1] + second).casefold()] or not second:
            return 3.0 if second else -1.5
        return -1.5 if words[second] > 1 else 1.5
    if re.search(r"(?:^|\s)\(?[A-H]\)$", line.text):
        return 1.0
    if re.search(r"[.?!]\)?$", line.text):
        return -2.0 if opening.islower() else 0.5
    if re.search(r"[×x/–=<>±]$|\b(?:of|by|for|to|than)$", line.text) and opening.isdigit():
        return 2.0
    if re.search(r"\d$", line.text) and _UNIT.match(following.text):
        return 2.0
    if re.search(r"\ba$", line.text) and opening in "aeio":
        return -1.0
    if _FUNCTION_WORD_END.search(line.text):
        return 1.0
    if opening.isupper():
        return 0.0 if _CAPITALS.match(following.text) else -0.5
    return 1.0


def table_end(lines: tuple[Line, ...], first: int, layout: Layout) -> int:
    """The index behind the last line of the flattened table whose caption ends before `first`."""
    index = first
    while index < len(lines):
        line = lines[index]
        heading = heading_of(line.text)
        strong = heading is not None and not heading.weak
        if starts_caption(line, None) or (heading and strong and (line.gap or not layout.wrapped)):
            break
        if _reads_as_prose(lines, index, layout):
            break
        index += 1
    return index


def _reads_as_prose(lines: tuple[Line, ...], index: int, layout: Layout) -> bool:
    text = lines[index].text
    if not layout.wrapped:
        return len(text) > 160 and len(_PROSE.findall(text)) >= 5
    if len(text) < 0.7 * layout.width or len(_PROSE.findall(text)) < 2:
        return False
    following = lines[index + 1] if index + 1 < len(lines) else None
    return following is None or len(_PROSE.findall(following.text)) >= 1
