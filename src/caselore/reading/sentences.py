"""Sentences of a paragraph."""

from __future__ import annotations

import re

_END = re.compile(
    r"""(?P<stop>[.?!]+)["')\]]*(?:\s?\[[\d,\s–-]+\])?(?P<space>\s+)(?=["'(\[]?(?:[A-ZÀ-ÞΑ-Ω\d"'•<>~≥≤]|[a-z]-[A-Z]|\([a-h]\)|α|β|p[A-Z]|p\d|mRNA|c-[Kk]it|h-[Cc]ald))"""
)
_ABBREVIATED = re.compile(
    r"""(?x)(?:^|[\s(\["'/–-])(?:
      [Ff]igs?|FIGS?|[Tt]ab|[Rr]efs?|[Ee]qs?|[Ss]uppl|[Vv]ol|[Nn]o|[Nn]os|[Nn]r|pp?|[Cc]h|[Ss]ect|[Ss]ec|[Vv]s|[Cc]f|ca|c|[Aa]pprox|[Dd]iam|[Mm]ax|[Mm]in(?=\.)|
      Dr|Drs|Prof|Mr|Mrs|Ms|St|Sr|Jr|Ph\.?D|M\.?D|i\.?\s?e|e\.?\s?g|viz|resp|incl|etc(?=\.\s[a-z])|al(?=\.\s+(?:\(|\[|[a-z]|\d{4}|[1-9]\d?\b))|
      Inc|Ltd|Co|Corp|Univ|Dept|[Ss]pp?|var|subsp|[Aa]pp|[Oo]p|[Cc]it|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec|
      [Tt]el|[Ee]d|[Ee]ds|U\.S|U\.K|U\.S\.A|[Aa]v|[Rr]t|[Ll]t|[Pp]t|[Yy]rs?|mos?|wks?|hrs?|[Tt]r|mag|[Oo]rig|[Ee]xp|[Ii]nj|[Cc]at|[Mm]\.\s?w
    )$"""
)
_ALWAYS_GOES_ON = re.compile(
    r"(?:[Ff]igs?|FIGS?|[Rr]efs?|[Nn]os?|[Nn]r|pp?|[Vv]s|[Cc]f|[Aa]pprox|Dr|Drs|Prof|Mr|Mrs|Ms|i\.?\s?e|e\.?\s?g|viz|[Cc]a)$"
)
_INITIAL = re.compile(r"(?:^|[\s(.])[A-Z]$")
_INITIAL_IS_WORD = re.compile(
    r"(?:grade|stage|type|group|class|phase|category|hepatitis|vitamin|simpson|who|patient|case|level|figure|part|panel|score|[Tt]able)\s+[A-Z]$",
    re.I,
)
_COUNTED = re.compile(
    r"(?:[Nn]os?|[Ff]igs?|FIGS?|[Rr]efs?|pp?|[Vv]ol|[Cc]h|[Nn]r|[Cc]a|[Aa]pprox|[Ss]uppl|[Tt]ab|[Ee]q|c|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)$"
)
_AL = re.compile(r"\bal$")
_LIST_NUMBER = re.compile(r"(?:^|\s)\(?\d{1,2}$")
_TORN_DECIMAL = re.compile(r"\d\s?(?:[cm]m|Gy|kg)\b")
"""Behind a figure and a stop: the decimal point of "6. 8 cm", as PDF extraction leaves it."""
_TITLE_WORD = re.compile(r"(?:Dr|Drs|Prof|Mr|Mrs|Ms|St)$")
_UNIT = re.compile(
    r"(?:\d\s?|\b)(?:yrs?|mos?|wks?|hrs?|min|max|inj|rt|lt|pt|tr|mag|ed|eds|co|cat|exp|orig|app|tel|etc|mar|sec|no|nos)$",
    re.I,
)


def split_sentences(text: str) -> list[tuple[int, int]]:
    """The places of the sentences of one paragraph, without the spaces between them; they cover everything else."""
    found: list[tuple[int, int]] = []
    start = len(text) - len(text.lstrip())
    for match in _END.finditer(text):
        if not _ends(text, start, match):
            continue
        end = match.start("space")
        if end > start:
            found.append((start, end))
        start = match.end()
    tail = len(text.rstrip())
    if tail > start:
        found.append((start, tail))
    return found


def _ends(text: str, start: int, match: re.Match[str]) -> bool:
    """Whether a sentence that began at `start` ends at the stop of `match`."""
    if match["stop"] != ".":
        return True
    before, after = text[start : match.start()], text[match.end() : match.end() + 12]
    opened = before.count("(") - before.count(")")
    closing = text[match.end("stop") : match.start("space")]
    if opened > 0 and ")" not in closing and ")" in text[match.end() : match.end() + 200]:
        return opened > 0 and _paragraph_in_brackets(before)
    word = before.rsplit(None, 1)[-1] if before.split() else ""
    if _LIST_NUMBER.search(before) and before.strip("( ").isdigit():
        return False
    if _AL.search(before):
        return not re.match(r"[\[(\d]", after)
    if _TORN_DECIMAL.match(after) and before[-1:].isdigit():
        return False
    if after[:1].isdigit() or after[:1] in "([":
        if _COUNTED.search(before) and _abbreviated(before):
            return False
    elif _TITLE_WORD.search(before):
        return False
    if _ALWAYS_GOES_ON.search(word) and _abbreviated(before):
        return word.casefold() in {"no", "nos"} and not after[:1].isdigit()
    if _INITIAL.search(before):
        return bool(_INITIAL_IS_WORD.search(before)) or (len(word) == 1 and _name_goes_on(before, after) is False)
    if _abbreviated(before):
        return bool(_UNIT.search(word)) and not after[:1].isdigit()
    return True


def _abbreviated(before: str) -> bool:
    return bool(_ABBREVIATED.search(before[-14:]))


def _name_goes_on(before: str, after: str) -> bool:
    """Whether a single capital before a stop is an initial: "J. Smith", "S. Aureus"; not "hepatitis B. The"."""
    return not re.match(
        r"(?:The|A|An|In|On|At|He|She|It|His|Her|There|This|These|After|No|We|Our|All|Both|MRI|CT)\b", after
    )


def _paragraph_in_brackets(before: str) -> bool:
    """Whether the bracket that is open holds whole sentences: it began with one, or is a list of panels far back."""
    opening = before.rfind("(")
    return len(before) - opening > 120
