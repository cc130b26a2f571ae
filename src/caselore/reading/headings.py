"""Headings: which words open which kind of section, alone on a line or in front of their text."""

from __future__ import annotations

import re
import tomllib
from functools import cache, lru_cache
from importlib import resources

import msgspec

from caselore.model.text import SectionKind


class Heading(msgspec.Struct, frozen=True):
    """A known heading. `weak` ones do not end a discussion; `case` is set for those that number a patient ("Case 2")."""

    kind: SectionKind
    text: str
    weak: bool = False
    case: bool = False


_NUMBER = re.compile(r"^(?:\(?\d{1,2}(?:\.\d{1,2}){0,3}[.)]?|[IVX]{1,4}[.)]|[A-H][.)])\s+(?=\S)")
_COUNT = r"(?:(?:no\.?|nr\.?|number|#)\s*)?(?:\d{1,2}|[ivx]{1,4}|one|two|three|four|five|six|[a-e])"
_CASE = re.compile(
    rf"(?:(?:clinical |illustrative )?(?:case|patient|observation)"
    rf"(?: (?:report|presentation|study|description|history))?s?\s*{_COUNT}"
    r"|(?:the )?(?:first|second|third|fourth|fifth|sixth) (?:case|patient|observation))"
    r"(?:\s*[(–—-].{1,50})?",
    re.I,
)
_SPACED = re.compile(r"^(?:[A-Z] +){3,}[A-Z]$")
_SPACED_OUT = {
    words.replace(" ", "").upper(): words.upper()
    for words in ("case report", "case reports", "case presentation", "clinical history", "materials and methods")
}
"""Headings of several words as they are left when their letters stood apart."""
_RUN_IN = re.compile(
    r"([A-Z][A-Za-z'’/&, -]{2,60}?(?:\s+(?:no\.?\s*)?(?:\d{1,2}|[IVX]{1,4}))?)\s?(?:[:.]|\s[–—|-](?=\s))\s*(?=\S)"
)
_ABSTRACT_LABELS = (
    "background|introduction|objectives?|purpose|aims?|methods?|patients? and methods|materials? and methods|results?|"
    "conclusions?|discussion|case (?:reports?|presentations?|descriptions?)|background and (?:importance|objectives?)|"
    "clinical presentation|importance"
)
_MARKED_LABELS = (
    f"{_ABSTRACT_LABELS}|findings|case(?: (?:summary|history|details))?|observations?|interpretation|patient concerns?|"
    "diagnos[ei]s|interventions?|outcomes?|lessons?|design|setting|patients?|summary|"
    "clinical (?:cases?|history|reports?|observations?|summary|vignette)|(?:case |clinical )?description|"
    "case (?:study|illustration)|"
    "presentation of (?:the )?cases?|the case|our case"
)
_LABEL = re.compile(
    rf"(?:^|(?<=[.?!)\]]\s))(?:(?P<loud>{_MARKED_LABELS.upper()})(?:\s?[:.]\s?|\s[-–—]\s|\s)"
    r"|(?P<case>(?:Case|Patient|CASE|PATIENT)\s(?:[Nn]o\.?\s)?\d{1,2})\s?[.:]\s?"
    rf"|(?P<marked>(?=[A-Z])(?i:{_MARKED_LABELS}))(?:\s?[:.]\s?|\s[-–—]\s)"
    r"|(?P<other>[A-Z][a-z]+(?: [a-z]+){0,3}):\s"
    rf"|(?P<bare>(?=[A-Z])(?i:{_ABSTRACT_LABELS}))\s)(?=[A-Z0-9\"“(\[])"
)


@cache
def _table() -> tuple[tuple[re.Pattern[str], SectionKind, bool], ...]:
    data = tomllib.loads(resources.files("caselore.reading").joinpath("headings.toml").read_text(encoding="utf-8"))
    return tuple(
        (
            re.compile("|".join(f"(?:{h})" for h in entry["headings"])),
            SectionKind(entry["name"]),
            entry.get("weak", False),
        )
        for entry in data["kind"]
    )


@lru_cache(maxsize=4096)
def heading_of(line: str) -> Heading | None:
    """The heading that a whole line is, or None. Numbers ("2.1."), a final colon and spaced-out letters do not matter."""
    if len(line) > 100:
        return None
    text = line.strip()
    if _SPACED.search(text):
        letters = text.replace(" ", "")
        text = _SPACED_OUT.get(letters, letters)
    words = _NUMBER.sub("", text).strip().rstrip(":.").strip()
    if not words or not words[0].isupper() or ("," in words[:-1] and len(words) > 60):
        return None
    if _CASE.fullmatch(words):
        return Heading(SectionKind.CASE, words, case=True)
    folded = " ".join(words.casefold().replace("’", "'").replace("‐", "-").split())
    for pattern, kind, weak in _table():
        if pattern.fullmatch(folded):
            return Heading(kind, words, weak)
    return None


def run_in_heading(paragraph: str) -> tuple[Heading, int] | None:
    """The heading in front of a paragraph ("Pathology: The tumour ...") and where its text begins."""
    number = _NUMBER.match(paragraph)
    offset = number.end() if number else 0
    match = _RUN_IN.match(paragraph, offset)
    if not match:
        return None
    heading = heading_of(match[1])
    return (heading, match.end()) if heading else None


def labels(paragraph: str) -> list[tuple[int, Heading]]:
    """The labels of a structured abstract printed as one paragraph, with their places: "Background. ... Results ...".

    Labels without a mark after them ("Purpose We ... Results A ...") count in capitals, or when two stand in the paragraph.
    """
    matches = list(_LABEL.finditer(paragraph))
    bare = [match for match in matches if match["bare"]]
    alone = len({match[0].strip(" :.-–—").casefold() for match in matches}) < 2
    if bare and (alone or (len(bare) == len(matches) and bare[0].start() != 0)):
        matches = [match for match in matches if not match["bare"]]
    found = []
    for match in matches:
        heading = heading_of(match["loud"] or match["case"] or match["marked"] or match["other"] or match["bare"])
        if heading and not (match["other"] and heading.weak):
            found.append((match.start(), heading))
    return found
