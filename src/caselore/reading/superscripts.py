"""Citation numbers that were printed as superscripts and ended up glued to the word before them: "limbs1." """

from __future__ import annotations

import re

_GENES = (
    "sox|bcl|stat|pax|olig|dog|tle|erg|brg|idh|mdm|ini|pit|tbx|hnf|trk|sall|myc|smad|gata|vegf|alk|ros|cam|kras|braf|nkx|"
    "foxp|cox|claudin|caspase|galectin|factor|phase|stage|grade|type|level|cycle|day"
)
_UNITS = r"(?:mm|cm|dm|km|µm|μm|m|kg|sec|min|mg|ml|mL|ng|dl|dL)"
_NUMBERS = r"[1-9]\d{0,2}(?:\s?[,–-]\s?[1-9]\d{0,2})*"
GLUED = re.compile(
    rf"(?<=[a-zà-ÿ]{{3}})(?P<word>{_NUMBERS})(?=[\s.,;:)?!]|$)"
    rf"|(?<=\bal)(?P<al>{_NUMBERS})(?=[\s,.;:)]|$)"
    rf"|(?<=al\.)(?P<aldot>{_NUMBERS})(?=[\s,;:)]|$)"
    rf"|(?<=[a-zà-ÿ%)\]][.,;])(?P<point>{_NUMBERS})(?=\s|$)"
    rf"|(?<=\d%)(?P<percent>[1-9]\d?)(?=[\s.,;]|$)"
    rf"|(?<=[a-zà-ÿ\d]\))(?P<paren>{_NUMBERS})(?=[\s.,;:]|$)"
)
_NOT_BEFORE = re.compile(rf"(?:\b(?i:{_GENES})|(?:^|[\s\d(/×x]){_UNITS}|\d\w*|[A-Z]{{2,}}\w*)$")
_CAPITALS = re.compile(r"[A-Z].*[A-Z]|\d")
SUPERSCRIPT = re.compile("[⁰¹²³⁴⁵⁶⁷⁸⁹]+(?:[,˒⁻–-][⁰¹²³⁴⁵⁶⁷⁸⁹]+)*")
_PLAIN = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹˒⁻", "0123456789,-")
_QUANTITY = re.compile(rf"(?:{_UNITS}|\b[A-Z]|10|\d|/)$")
_BRACKETED = re.compile(r"\[\d{1,3}(?:\s?[,–-]\s?\d{1,3})*\]|\(\d{1,2}(?:\s?[,–-]\s?\d{1,2})*\)")


def cites_glued(text: str) -> bool:
    """Whether the text cites by glued superscripts: number 1 and at least two others are there, and few in brackets."""
    if len(_BRACKETED.findall(text)) > 4:
        return False
    numbers: set[int] = set()
    for match in GLUED.finditer(text):
        if is_citation(text, match):
            numbers.update(int(number) for number in re.findall(r"\d+", match[0]))
    return 1 in numbers and len(numbers & set(range(1, 40))) >= 4


def is_citation(text: str, match: re.Match[str]) -> bool:
    """Whether a match of GLUED in a text that cites this way is a citation, not a unit, gene or stage."""
    if any(int(number) > 199 for number in re.findall(r"\d+", match[0])):
        return False
    start = text.rfind(" ", 0, match.start()) + 1
    token = text[start : match.start()].lstrip("(\n")
    if match["percent"] or match["point"] or match["paren"]:
        return not re.search(r"\d\.$", token)
    last = re.split(r"[-/\s]", token)[-1]
    return not (_NOT_BEFORE.search(last) or _CAPITALS.search(last[1:]))


def superscript(text: str, match: re.Match[str]) -> str:
    """Superscript digits in plain ones: an exponent after a unit or a number, else a citation in brackets."""
    plain = match[0].translate(_PLAIN)
    before = text[max(0, match.start() - 4) : match.start()]
    if before.endswith("10"):
        return f"^{plain}"
    if _QUANTITY.search(before) or not re.search(r"[\w.,;)\]%]$", before):
        return plain
    return f" [{plain}]"
