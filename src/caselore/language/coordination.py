"""Coordinated lists: "smooth muscle actin (SMA), desmin and/or h-caldesmon" is one group, and what is said of it is said of all.

Topics call `coordinated` with the places of their mentions. Members are joined by commas, slashes, and/or/nor, parenthesised
synonyms, and short unknown names between separators; a verb, a contrast or a word of result between two mentions parts them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from caselore.language.patterns import Pattern
from caselore.model.text import TextSpan

MARK = "\ue000"
"""Stands for every character of a mention in a masked text; offsets are those of the text."""

_SEPARATOR = Pattern(
    r"[,/(&+\[]|\b(?:and|or|nor|plus)\b|as well as"
    r"|\bwith (?:only )?(?:focal(?:ly)?|patchy|weak|variable|scattered|occasional|limited|additional)\b"
    r"|\bin addition to|\bbesides|\bbut (?:also|only|\w+ly)\b|together with|along with",
    re.I,
)
_PARTING = Pattern(
    r"[;.!?](?!\d)|:|\b(?:but(?! also| only| (?:\w+ly)\b)|not|no|none|neither|without|whereas|while"
    r"|although|though|however|except\w*"
    r"|apart|aside|other than|excluding|was|were|is|are|be|been|being|has|have|had|did|does|do|which"
    r"|that|who|when|after|before|then|as (?:was|were|did)|so(?=,))\b"
    r"|positiv|negativ|express|stain|react|absen|lack|loss\b|lost|reten|retain|preserv|intact|show|reveal"
    r"|demonstrat|exhibit|display"
    r"|highlight|outlin|picked|decorat|label(?:s|l?ed)\b|gave\b|brought|confirm|support|suggest|consistent|diagnos|exclud|rule|indicat|detect|identif|observ"
    r"|seen\b|found\b|fail|devoid",
    re.I,
)
_ASIDE = Pattern(
    r"[(\[]\s*(?:figs?\b|figures?\b|tables?\b|arrow|inset|original|magnif|dako|ventana|leica"
    r"|novocastra|clone\b|dilution|1\s*:\s*\d|[×x]\s*\d|h&e"
    r"|\d+(?:\s*[,–-]\s*\d+)*\s*[)\]])[^()\[\]]*[)\]]?",
    re.I,
)
_LONGEST_JOINT = 48


def masked(text: str, spans: Sequence[TextSpan]) -> str:
    """The text with `MARK` over every span, and figure, supplier and citation brackets blanked; of the same length."""
    characters = list(text)
    for span in spans:
        characters[span.start : span.end] = MARK * (span.end - span.start)
    return _ASIDE.sub(lambda match: " " * len(match[0]) if MARK not in match[0] else match[0], "".join(characters))


def coordinated(text: str, spans: Sequence[TextSpan]) -> list[tuple[int, ...]]:
    """Groups of coordinated spans, as indices into `spans`; spans are ordered, and in the coordinates of the masked `text`."""
    groups: list[list[int]] = []
    for index, span in enumerate(spans):
        if groups and joined(text[spans[index - 1].end : span.start]):
            groups[-1].append(index)
        else:
            groups.append([index])
    return [tuple(group) for group in groups]


def joined(between: str) -> bool:
    """Whether the words between two mentions coordinate them."""
    if _PARTING.search(between) or len(" ".join(between.split())) > _LONGEST_JOINT:
        return False
    return bool(_SEPARATOR.search(between)) or not between.strip()
