"""Characters that PDF extraction leaves, and what they stand for."""

from __future__ import annotations

import re
import unicodedata

REPLACED: dict[str, str] = {
    "ﬀ": "ff",
    "ﬁ": "fi",
    "ﬂ": "fl",
    "ﬃ": "ffi",
    "ﬄ": "ffl",
    "ﬅ": "st",
    "ﬆ": "st",
    "−": "-",
    "‐": "-",
    "‑": "-",
    "‒": "-",
    "﹣": "-",
    "－": "-",
    "⁃": "-",
    "’": "'",
    "‘": "'",
    "ʼ": "'",
    "′": "'",
    "`": "'",
    "´": "'",
    "“": '"',
    "”": '"',
    "„": '"',
    "″": '"',
    "✕": "×",
    "⨯": "×",
    "╳": "×",
    "∗": "*",
    "∼": "~",
    "˜": "~",
    "〜": "~",
    "～": "~",
    "≦": "≤",
    "⩽": "≤",
    "≧": "≥",
    "⩾": "≥",
    "＜": "<",
    "＞": ">",
    "＋": "+",
    "％": "%",
    "（": "(",
    "）": ")",
    "μ": "µ",
    "º": "°",
    "˚": "°",
    "∘": "°",
    # Symbol font, as some extractors leave it in the private use area
    "\uf061": "α",
    "\uf062": "β",
    "\uf067": "γ",
    "\uf06b": "κ",
    "\uf06c": "λ",
    "\uf06d": "µ",
    "\uf0a3": "≤",
    "\uf0b0": "°",
    "\uf0b1": "±",
    "\uf0b3": "≥",
    "\uf0b4": "×",
    "\uf0b7": "•",
}
"""Canonical forms: ligatures in letters, one hyphen, straight quotation marks, one micro sign (that of units)."""

HYPHENS = "-‐‑"
SOFT_HYPHENS = "\u00ad\ufffe\uffff\x02\x1e\x1f"
"""Characters that mark where a word was divided, and nothing else."""
_DROPPED = "\u200b\u200c\u200d\u2060\ufeff\ufff9\ufffa\ufffb"
_SPACES = "\t\x0b \u00a0\u1680\u2000-\u200a\u202f\u205f\u3000"
_CONTROL = "\x00-\x08\x0e-\x1f\x7f-\x9f"

SPECIAL = re.compile(
    rf"(?P<space>[{_SPACES}]{{2,}}|[\t\x0b\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000])"
    rf"|(?P<drop>[{SOFT_HYPHENS}{_DROPPED}{_CONTROL}]+)"
    r"|(?P<accent>[^\W\d_][\u0300-\u036f]+)"
    rf"|(?P<mapped>[{re.escape(''.join(REPLACED))}])"
)
"""Everything inside a line that does not stand for itself."""


def replacement(match: re.Match[str]) -> str:
    """What a match of SPECIAL becomes."""
    kind = match.lastgroup
    if kind == "space":
        return " "
    if kind == "drop":
        return ""
    if kind == "accent":
        return unicodedata.normalize("NFC", match[0])
    return REPLACED[match[0]]
