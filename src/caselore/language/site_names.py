"""What a site is called in a row: the authors' noun without its side, or the usual noun behind an adjective."""

from __future__ import annotations

import re
import tomllib
from importlib.resources import files

from caselore.language.lexicon import Mention, fold, variants
from caselore.language.naming import printed_name
from caselore.language.patterns import Pattern
from caselore.language.site_tokens import SiteToken
from caselore.language.site_words import LEAD, words

LEVEL = Pattern(r"^(?:Th|[CTDLS])\d")
BONES = {
    f"{part}_{whole}": f"{part} bone"
    for part in ("frontal", "parietal", "temporal", "occipital")
    for whole in ("lobe", "region")
}
"""The bones over the lobes of the brain."""
_WORDS = tomllib.loads((files("caselore.language") / "site_names.toml").read_text(encoding="utf-8"))
_SAID_OTHERWISE = frozenset(written for form in _WORDS["said_otherwise"] for written in variants(form))
_PROPER_NAME = Pattern(r"\b(?:Meckel|Sylvian|Monro|Vater|Douglas|Gasserian|Bartholin|Achilles)")
_LOBE_OF_LUNG = Pattern(r"\bof (left|right) lung$")
_LOBE_OF_LIVER = Pattern(r"^(left|right) hepatic lobe$")
_TO = words("to through - –")
_SHARING = words("and or , / - –")
_SHARED_NOUNS = {
    word: noun
    for noun in (
        "sinus",
        "bone",
        "lobe",
        "scalp",
        "gyrus",
        "muscle",
        "dura",
        "region",
        "convexity",
        "duct",
        "artery",
        "vein",
        "nerve",
        "fossa",
        "canal",
    )
    for word in (noun, noun + "s", noun + "es")
} | {"gyri": "gyrus", "area": "region", "areas": "region"}
_ORDINALS = (
    "first",
    "second",
    "third",
    "fourth",
    "fifth",
    "sixth",
    "seventh",
    "eighth",
    "ninth",
    "tenth",
    "eleventh",
    "twelfth",
)
_NTH = Pattern(r"\d{1,2}(?:st|nd|rd|th)", re.I)
_REGIONS_OF_SPINE = {"cervical_spine": "C", "thoracic_spine": "T", "lumbar_spine": "L"}


def site_name(tokens: list[SiteToken], last: int, anatomy: Mention) -> tuple[str, str]:
    """Name and concept; a first adjective takes the noun of the second: "maxillary and ethmoid sinuses"."""
    if LEVEL.match(anatomy.words):
        behind = tokens[last + 1 : last + 3]
        ranges = len(behind) == 2 and behind[0].word in _TO and behind[1].anatomy is not None
        return (f"{anatomy.words}-" if ranges else anatomy.words), anatomy.concept
    if (level := _counted_vertebra(tokens, last, anatomy)) is not None:
        return level, anatomy.concept
    if _LOBE_OF_LUNG.search(anatomy.label):
        return _LOBE_OF_LUNG.sub("of lung", anatomy.label), anatomy.concept
    if anatomy.adjective:
        following = tokens[last + 1 : last + 5]
        shared = next((t.anatomy for t in following[1:] if t.anatomy or t.word not in LEAD), None)
        if shared is not None and following[0].word in _SHARING:
            noun = _SHARED_NOUNS.get(shared.words.lower().split()[-1])
            if noun and " " in shared.words:
                name = f"{anatomy.words.lower()} {noun}"
                return name, name.replace(" ", "_")
    by_label = anatomy.adjective or " ".join(fold(anatomy.words).split()) in _SAID_OTHERWISE
    name = anatomy.label if by_label else printed_name(anatomy)
    return (name if _PROPER_NAME.search(name) else name.lower()), anatomy.concept


def side_of_lobe(anatomy: Mention) -> str | None:
    """The side that a lobe of the lung or the liver has in its name: "left lower lobe"."""
    match = _LOBE_OF_LUNG.search(anatomy.label) or _LOBE_OF_LIVER.search(anatomy.label)
    return match[1] if match else None


def _counted_vertebra(tokens: list[SiteToken], last: int, anatomy: Mention) -> str | None:
    """ "Twelfth thoracic vertebra" is T12."""
    first = next(index for index in range(last, -1, -1) if tokens[index].start <= anatomy.span.start)
    letter = _REGIONS_OF_SPINE.get(anatomy.concept)
    if letter is None or first == 0 or tokens[last].word != "vertebra":
        return None
    word = tokens[first - 1].word
    number = _ORDINALS.index(word) + 1 if word in _ORDINALS else int(word[:-2]) if _NTH.fullmatch(word) else 0
    return f"{letter}{number}" if 1 <= number <= 12 else None
