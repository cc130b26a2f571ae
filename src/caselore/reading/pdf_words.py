"""The words of a PDF page with their boxes, as pdfium finds them, joined to the pieces of lines that stand together."""

from __future__ import annotations

import ctypes
import re
from typing import Any

import msgspec
import pypdfium2.raw as pdfium

_WORD = re.compile(r"[^\s\ufffe\x02\x00]+[\ufffe\x02]?")
"""pdfium writes a hyphen at the end of a line as U+FFFE (once U+0002), without a line end behind it."""
_HYPHEN = str.maketrans({"\ufffe": "-", "\x02": "-"})
_WIDE = 0.8
"""A space of this share of the font size may be more than one between two words."""


class Word(msgspec.Struct, frozen=True):
    text: str
    left: float
    right: float


class Piece(msgspec.Struct):
    """Words on one line without a wide space between them, in points from the lower left corner of the page."""

    words: list[Word]
    left: float
    bottom: float
    right: float
    top: float
    bold: bool = False

    @property
    def size(self) -> float:
        return self.top - self.bottom

    def beside(self, bottom: float, top: float) -> bool:
        """Whether something from `bottom` to `top` stands on the same line."""
        upper = self.top if self.top < top else top
        lower = self.bottom if self.bottom > bottom else bottom
        height, other = self.top - self.bottom, top - bottom
        return upper - lower > 0.5 * (height if height < other else other)


def pieces_of(page: Any, most: int) -> list[Piece]:
    """The pieces of a page in the order of its content stream; of upright text only. At most `most` characters."""
    textpage = pdfium.FPDFText_LoadPage(page)
    if not textpage:
        return []
    try:
        return _pieces(textpage, most)
    finally:
        pdfium.FPDFText_ClosePage(textpage)


def _pieces(textpage: Any, most: int) -> list[Piece]:
    count = min(pdfium.FPDFText_CountChars(textpage), most)
    text = _text(textpage, count)
    exact = len(text) == count
    box = pdfium.FS_RECTF()
    pieces: list[Piece] = []
    last: Piece | None = None
    loose, at = pdfium.FPDFText_GetLooseCharBox, ctypes.byref(box)
    for match in _WORD.finditer(text):
        first, end = match.start(), match.end() - 1
        if not exact:
            first, end = (pdfium.FPDFText_GetCharIndexFromTextIndex(textpage, place) for place in (first, end))
        loose(textpage, first, at)
        left, bottom, top = box.left, box.bottom, box.top
        loose(textpage, end, at)
        right = box.right
        if not (top > bottom and right > left) or box.bottom > top or box.top < bottom:
            continue  # rotated or without extent
        word = Word(match[0].translate(_HYPHEN), left, right)
        size = last.top - last.bottom if last else 0.0
        gap = left - last.right if last else 0.0
        if last is not None and -0.3 * size < gap < _WIDE * size and last.beside(bottom, top):
            if gap < 0.05 * size and last.words[-1].text and not text[match.start() - 1].isspace():
                glued = last.words.pop()
                word = Word(glued.text + word.text, glued.left, right)
            last.words.append(word)
            last.right = right
            continue
        last = Piece([word], left, bottom, right, top, _is_bold(textpage, first))
        pieces.append(last)
    return pieces


def _text(textpage: Any, count: int) -> str:
    """One character for each UTF-16 unit, so that places in it are those of pdfium."""
    buffer = (ctypes.c_ushort * (count + 1))()
    written = pdfium.FPDFText_GetText(textpage, 0, count, buffer)
    units = bytes(buffer)[: 2 * max(0, written - 1)]
    return re.sub("[\ud800-\udfff]", "\ufffd", units.decode("utf-16-le", "surrogatepass")) if units else ""


_names = (ctypes.c_char * 128)()
_flags = ctypes.c_int()
_FORCE_BOLD = 1 << 18


def _is_bold(textpage: Any, index: int) -> bool:
    length = pdfium.FPDFText_GetFontInfo(textpage, index, _names, 128, _flags)
    name = _names.value.lower() if 0 < length <= 128 else b""
    return b"bold" in name or b"black" in name or b"heavy" in name or bool(_flags.value & _FORCE_BOLD)
