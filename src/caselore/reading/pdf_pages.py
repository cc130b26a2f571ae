"""Pages of a PDF as pictures, for people who check a value on the page that was printed."""

from __future__ import annotations

import struct
import zlib

import pypdfium2

from caselore.reading.bounded import picture_bounded
from caselore.reading.errors import UnreadableReport

WIDTH = 1100
"""Pixels of a picture; twice that of the column in which it is shown, for dense screens."""
_LARGEST_SIDE = 6000


def page_picture(data: bytes, number: int) -> bytes:
    """A page (from 1) of a PDF as PNG, in a child process. Raises UnreadableReport."""
    return picture_bounded(__name__, data, number)


def picture(data: bytes, number: int) -> bytes:
    """The same in this process: not thread-safe, and a hostile file may take any time."""
    try:
        with pypdfium2.PdfDocument(data) as pdf:
            if not 1 <= number <= len(pdf):
                raise UnreadableReport(f"the PDF has no page {number}")
            page = pdf[number - 1]
            width, height = page.get_size()
            scale = min(WIDTH / max(width, 1), _LARGEST_SIDE / max(width, height, 1))
            bitmap = page.render(scale=scale, rev_byteorder=True, prefer_bgrx=False)
            rows = _rows(bytes(bitmap.buffer), bitmap.height, bitmap.stride, bitmap.width * bitmap.n_channels)
            return _png(bitmap.width, bitmap.height, bitmap.n_channels, rows)
    except pypdfium2.PdfiumError as error:
        raise UnreadableReport("the page cannot be shown: the PDF is damaged or encrypted") from error


def _rows(buffer: bytes, height: int, stride: int, used: int) -> bytes:
    """The pixels line by line, each with the filter "none" in front."""
    return b"".join(b"\0" + buffer[row * stride : row * stride + used] for row in range(height))


def _png(width: int, height: int, channels: int, rows: bytes) -> bytes:
    """A PNG (ISO/IEC 15948) of 8 bits a channel: grey, RGB or RGBA."""
    kind = {1: 0, 3: 2, 4: 6}[channels]
    header = struct.pack(">IIBBBBB", width, height, 8, kind, 0, 0, 0)
    chunks = ((b"IHDR", header), (b"IDAT", zlib.compress(rows, 6)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(name, content) for name, content in chunks)


def _chunk(name: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))
