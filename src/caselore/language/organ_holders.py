"""Organs that are said to hold metastases, in front of the word: "the other lung also contained metastases"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from caselore.language.lexicon import Mention
from caselore.language.organ_lists import organs_behind, organs_in_front, organs_only
from caselore.language.patterns import Pattern
from caselore.language.view import SentenceView
from caselore.model.text import TextSpan

_WERE_SITES = Pattern(
    r"^ (?:was|were) (?:the |a )?(?:(?:only|first|main|other|initial|commonest) )?(?:sites?|places?|seats?|locations?) "
    r"of (?:[\w-]+ )?$",
    re.I,
)
_WAS_THE = Pattern(r"^ (?:was|were) (?:the |an? )?(?:(?:only|first|main|other|initial|sole) )?$", re.I)
_SITE_BEHIND = Pattern(r"^ (?:sites?|foc(?:us|i)|locations?|organs?)\b", re.I)
""" "The brain was the first metastatic site"."""
_HOLDS = Pattern(
    r"^ (?:also |both |too |again |now |then )?(?:contain(?:ed|s)|harbou?r(?:ed|s)|show(?:ed|s)|reveal(?:ed|s)|had|"
    r"bore|disclosed|demonstrated|(?:was|were) (?:full of|(?:riddled|studded|seeded|filled|peppered|dotted|replaced|"
    r"occupied) (?:with|by))|"
    r"(?:(?:was|were|became|had been) )?(?:[\w-]+ly )?(?:affected|involved|invaded|infiltrated|replaced|destroyed|"
    r"permeated) (?:by|with)) (?:[\w-]+ ){0,2}$",
    re.I,
)
_INVOLVEMENT_OF = Pattern(
    r"\b(?:involvement|infiltration|invasion|replacement|destruction|colonization) of (?:(?:the|both|his|her|left|"
    r"right) )*$",
    re.I,
)
_OPENS_LIST = Pattern(r"\W*(?:(?:the|both|his|her|left|right|also|later|finally) )*\w+(?:,| and| as well as)", re.I)
_BY = Pattern(r"^ (?:by|with) (?:[\w-]+ ){0,2}$", re.I)
""" "Involvement of the liver by metastatic tumour"."""


def organs_holding(view: SentenceView, cue: TextSpan, anatomy: Sequence[Mention]) -> list[Mention]:
    """The organs said to hold metastases: "the other lung also contained metastases", "lung was the site of spread"."""
    ahead = [site for site in anatomy if site.span.end <= cue.start and not site.adjective]
    if not ahead:
        return []
    last = ahead[-1].span
    between = view.words(TextSpan(last.end, cue.start))
    if _BY.match(between) and _INVOLVEMENT_OF.search(view.before(last, 60)):
        return ahead[-1:]
    if _WERE_SITES.match(between) or (_WAS_THE.match(between) and _SITE_BEHIND.match(view.after(cue, 20))):
        return organs_in_front(view, TextSpan(last.end, last.end), anatomy)
    if not _HOLDS.match(between):
        return []
    opening = organs_behind(view, view.span.start, ahead) if _OPENS_LIST.match(view.text) else []
    return opening if ahead[-1] in opening else organs_only(view, ahead[-1:])
