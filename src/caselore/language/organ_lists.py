"""Lists of organs beside a word of spread: "pulmonary and hepatic metastases", "spread to the liver and bone"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from caselore.language.lexicon import Mention
from caselore.language.patterns import Pattern
from caselore.language.view import SentenceView
from caselore.model.text import TextSpan

_MODIFIER = (
    r"(?:and|or|as well as|plus|then|later|also|the|a|an|his|her|both|multiple|several|numerous|small|large|new|"
    r"further|other|solitary|single|two|three|four|"
    r"bilateral|contralateral|ipsilateral|opposite|left|right|upper|lower|middle|first|second|third|fourth|"
    r"fifth|sixth|seventh|eighth|ninth|tenth|"
    r"eleventh|twelfth|distant|remote|"
    r"diffuse|extensive|widespread|synchronous|metachronous|subsequent|possible|to|in|of|on|at|within|body|"
    r"bodies|parenchymal|regions?|areas?|"
    r"segments?|lobes?|wall|dome|surface|sides?|parts?|tissues?|multifocal|histologically|confirmed|progressive|"
    r"known|late|early|"
    r"levels?|even|only|involving|skeletal|visceral|spinal|cervical|thoracic|lumbar|sacral|[IVX]+|\d+)"
)
_LIST_BEFORE = Pattern(rf"^[\s,/()-]*(?:{_MODIFIER}[\s,/()-]+)*$", re.I)
_OTHER_PLACE = Pattern(r"\b(?:to|in|of|at|on|within|involving)\b")
_LIST_AFTER = Pattern(rf"^(?:[\s,/()-]|{_MODIFIER}\b|[a-z]+(?=,? and (?:to|in|into) ))*$", re.I)
TUMOUR_BEHIND = Pattern(
    r"^[\s-]*(?:\w+ ){0,2}?(?:\w*(?:sarcoma|carcinoma|oma|blastoma)s?|cancers?|tumou?rs?|primar(?:y|ies)|"
    r"malignanc(?:y|ies)|origin|neoplasms?|"
    r"LMS|GIST|ASPS|MPNST|SFT|HPC|GBM|DFSP|UPS|MFH|PNET|RCC|HCC|ACC)\b",
    re.I,
)
_NODES_BEHIND = Pattern(
    r"^[\s-]*(?:(?:hilar|hilum|portal|mesenteric|regional|metastatic|enlarged)\s+)?(?:lymph|LNs?\b|nodes?\b|nodal\b|"
    r"adenopath)",
    re.I,
)
"""Regional nodes are no organ: "retroperitoneal lymphadenopathy"."""
_GENERIC = Pattern(r"cranial|systemic|body|visceral|vascular", re.I)
_VERTEBRAL = ("vertebral_body", "vertebral_column")
_NOUN_PHRASE = Pattern(
    r"\b(?:of|in|to|from|at|on) (?:(?:left|right|inferior|superior) )*(?:the|a|an|his|her) "
    r"(?:(?:left|right|inferior|superior) )*$|"
    r"(?:oma|sarcoma|carcinoma|cancer|tumou?rs?|mass(?:es)?|lesions?|nodules?|primary) (?:of|in|to|from|at|on) "
    r"(?:(?:left|right|inferior|superior) )*$",
    re.I,
)
"""A phrase of its own that ends in an organ: "a mass of the lung and ...", but not "died of lung and ..."."""
_NEW_PHRASE = Pattern(
    r"\b(?:and|as well as) (?:multiple|numerous|several|two|three|an?|the|diffuse|extensive|small)\b", re.I
)
"""After such words a phrase of its own begins: "a mass of the lung and multiple hepatic metastases"."""


_EXCEPT = Pattern(
    r"\b(?:except(?:ing)?(?: for)?|apart from|other than|aside from|save(?: for)?|with the exception of|outside(?: of)?) "
    r"(?:(?:those|that|the ones|one|a few|some) )?(?:(?:in|of|to) )?(?=(?:the |his |her |both )?\w)",
    re.I,
)


def organs_in_front(view: SentenceView, cue: TextSpan, anatomy: Sequence[Mention]) -> list[Mention]:
    """The list that leads up to the cue: "pulmonary and hepatic metastases"."""
    found: list[Mention] = []
    edge = cue.start
    for mention in reversed([m for m in anatomy if m.span.end <= cue.start]):
        if found and mention.span.end > edge and mention.span.start >= found[-1].span.start:
            found.append(mention)
            continue
        gap = view.words(TextSpan(mention.span.end, max(edge, mention.span.end)))
        if not is_joined(gap) or len(gap) > 45:
            break
        if not found and re.search(r"[,;]|\b(?:and|or|plus)\b", gap):
            break
        if found and (_NOUN_PHRASE.search(view.before(mention.span, 40)) or _NEW_PHRASE.search(gap)):
            break
        found.append(mention)
        edge = mention.span.start
    return organs_only(view, found)


def organs_behind(view: SentenceView, edge: int, anatomy: Sequence[Mention]) -> list[Mention]:
    """The list that begins at `edge`, a place in the document: "(metastases to) the liver, both lungs and the spine"."""
    found: list[Mention] = []
    for mention in (m for m in anatomy if m.span.start >= edge - 1):
        gap = view.words(TextSpan(edge, max(edge, mention.span.start)))
        same = bool(found) and mention.span == found[-1].span
        if not same and (not _LIST_AFTER.match(gap) or len(gap) > 60):
            break
        found.append(mention)
        edge = mention.span.end
    return organs_only(view, found)


def organs_excepted(view: SentenceView, anatomy: Sequence[Mention]) -> list[Mention]:
    """ "Apart from the lungs there were no metastases", "none except those in the lung"."""
    match = view.search(_EXCEPT)
    return organs_behind(view, view.span.start + match.end(), anatomy) if match else []


def is_joined(gap: str) -> bool:
    """Whether the words between two organs, or an organ and its cue, join them into one list, with no preposition."""
    return _LIST_BEFORE.match(gap) is not None and not _OTHER_PLACE.search(gap)


def organs_only(view: SentenceView, sites: Sequence[Mention]) -> list[Mention]:
    """Without anatomy that only tells the origin ("metastasis of the uterine leiomyosarcoma")."""
    return [
        site
        for site in sites
        if len(site.words) > 1
        and not _GENERIC.fullmatch(site.words)
        and not _NODES_BEHIND.match(view.after(site.span, 40))
        and (not TUMOUR_BEHIND.match(view.after(site.span, 50)) or _is_list_head(view, site))
        and not (site.concept in _VERTEBRAL and any(0 <= site.span.start - other.span.end <= 1 for other in sites))
    ]


def _is_list_head(view: SentenceView, site: Mention) -> bool:
    return re.match(r"^[\s,]*(?:and \w+ )?metasta", view.after(site.span, 30), re.I) is not None
