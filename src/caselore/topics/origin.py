"""Whether the reported tumour is primary or metastatic where it lies, and the organ that a metastatic one came from."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal

from caselore.language.lexicon import Mention
from caselore.language.naming import printed_name
from caselore.language.patterns import Pattern
from caselore.language.times import Direction, TimeKind
from caselore.language.view import SentenceView
from caselore.model.fact import Assertion, Value
from caselore.model.text import SectionKind, TextSpan
from caselore.topics.topic import Draft, Topic


class TumourOrigin(Value, frozen=True, tag="tumour_origin"):
    """A statement that the tumour is primary or metastatic; `primary_site` is the organ of origin of a metastatic one.

    `direct` is false where the words only name an organ from which a metastatic tumour may have come ("history of uterine
    leiomyosarcoma", "the primary tumor was in the thigh", "hysterectomy").
    """

    origin: Literal["primary", "metastatic", "unknown"]
    primary_site: str | None = None
    direct: bool = True
    by_operation: bool = False
    """the organ is told by the name of its removal only"""
    definite: bool = False
    """the metastasis is tied to a known tumour ("metastasis of the leiomyosarcoma") or is what the report is about"""

    def __str__(self) -> str:
        if not self.direct:
            return f"organ {self.primary_site}"
        return f"{self.origin} tumor" + (f" from {self.primary_site}" if self.primary_site else "")


_PRIMARY = Pattern(r"\bprimary\s+(?:[\w-]+[ ,]+(?:and )?){0,5}$", re.I)
_NOT_PRIMARY = Pattern(r"\b(?:no|unknown|non|other|another|second|a|of)[- ]primary\s*$", re.I)
_METASTATIC_BEFORE = Pattern(r"\bmetastatic\s+(?:[\w-]+\s+){0,3}$", re.I)
_THOUGHT_OF = Pattern(
    r"\b(?:thought (?:of|to be)|suspect\w*|suspici\w+|suspicion|differential\w*|exclude|excluding|rule out|"
    r"possibility|mimick\w+|"
    r"interpreted as|misdiagnosed as|mistaken for|rather than|instead of|presumed|query)\b[^.;]{0,60}$",
    re.I,
)
"""In front of a metastasis that was only considered."""
_RULED_OUT = Pattern(
    r"^[^.;]{0,50}?\b(?:was|were|could be|had been) (?:excluded|ruled out|suspected|considered|unlikely)\b", re.I
)
_FOUND = Pattern(
    r"\b(?:consistent with|compatible with|in keeping with|diagnosis (?:of|was)|diagnosed as|reveal\w+|show\w+|confirm\w+|"
    r"demonstrat\w+|proved to be|turned out to be)\s+(?:(?:a|an|the|of)\s+)*metastatic\s",
    re.I,
)
"""In front of the metastasis of a tumour whose name tells its organ: "showed metastatic renal cell carcinoma"."""
_TO_SITE = Pattern(r"^s?\s+(?:\([\w-]+\)\s+)?(?:to|from)\s", re.I)
_METASTATIC_AFTER = Pattern(
    r"^s?\s+(?:\([\w-]+\)\s+)?(?:(?:which|that|had|has|have|later|subsequently)\s+)*"
    r"(?:metastatic|metastasi[sz]ing|metastases|metastasi[sz]ed)\s+(?:to|in)\s+(?:(?:the|his|her|a|left|"
    r"right)\s+)*(?P<target>[\w-]+)",
    re.I,
)
_FIRST_SIGN = Pattern(
    r"^s?\s+(?:\([\w-]+\)\s+)?(?:(?:of|in) (?:the )?[\w-]+ )?"
    r"(?:with|presenting (?:as|with)|manifesting (?:as|with)|revealed by|discovered by)\s+"
    r"(?:(?:an?|the|isolated|solitary|single|sole|initial|only)\s+)*(?:[\w-]+\s+){1,3}?metastas[ei]s"
    r"(?P<first>\s+as\s+(?:the|its|an?)\s+(?:\w+\s+)?(?:first|initial|presenting|sole|only)\b)?",
    re.I,
)
""" "Adenocarcinoma of the lung with a mandibular metastasis as the first sign": the metastasis is what is reported."""
_WITH_SPREAD = Pattern(
    r"^s?\s+(?:\([\w-]+\)\s+)?(?:(?:of|in) (?:[\w-]+ ){1,4})?(?:with (?!met)[\w-]+ [\w-]+ and |with )(?:[\w-]+ ){0,2}?"
    r"(?:lung|pulmonary|liver|hepatic|bone|nodal|lymph node|peritoneal|distant) metastas[ei]s\b",
    re.I,
)
"""In a title: "chordoma of the clivus with lung metastases" is reported at its own site."""
_SIGN_OF = Pattern(
    r"\b(?:first|initial|presenting|sole|only) (?:sign|manifestation|presentation|symptom|feature|evidence) of "
    r"(?:(?:an?|the) )?(?:\w+ ){0,2}$",
    re.I,
)
""" "Orbital mass as the first sign of renal cell carcinoma"."""
_BY_METASTASIS = Pattern(r"presenting as|manifesting as|revealed by|discovered by", re.I)
_METASTASIS_OF = Pattern(
    r"\b(?:metastas[ei]s(?:\s+(?:as|being|was|is)\s+(?:the\s+|an?\s+)?(?:\w+\s+)?(?:first|initial|presenting|sole|"
    r"only)\s+(?:\w+\s+)?(?:manifestation|presentation|sign|symptom|feature|evidence))?|metastatic\s+(?:disease|"
    r"lesions?(?!\s+of\s+(?:the|both|his|her)\b)|tumou?rs?|deposits?|spread))\s+"
    r"(?:(?!was|were|removed|resected|excised|outside|years|months)\w+\s+){0,2}?"
    r"(?:of|from|due to|secondary to|originating from|arising from)\s+"
    r"(?:(?:a|an|the|her|his|primary|known|former|previous|previously treated|earlier|left|right)\s+)*(?:[\w-]+\s+){0,3}$",
    re.I,
)
_IT_IS_ONE = Pattern(
    r"(?:(?:^|[,;:] )(?:the|this) (?:\w+ )?(?:tumou?r|lesion|mass|growth|neoplasm|swelling)|^\W*(?:it|this)) "
    r"(?:(?:(?:was|is) (?:then |later |finally |histologically )?|(?:was|is) (?:\w+ )?to (?:be|represent) |"
    r"(?:had )?(?:proved|turned out|"
    r"proven) to be |represented |was (?:considered|regarded as|diagnosed as|recognized as|identified as) )"
    r"(?P<kind>(?:an? |the )?(?:\w+ )?metastas[ei]s\b(?! (?:to|in|at)\b)|(?:an? )?secondary (?:to|deposits?|from)|"
    r"(?:an? )?metastatic (?:deposit|lesion|tumou?r|in (?:origin|nature))|of metastatic (?:origin|nature))|"
    r"(?P<came>(?:was|is) (?:thought|considered|believed|found|shown|known) to have (?:spread|metastasi[sz]ed|"
    r"come) from))\b",
    re.I,
)
""" "The lesion turned out to be a metastasis", "it was secondary to a renal carcinoma"."""
_FROM = Pattern(r"\b(?:from|due to|secondary to)\b", re.I)
""" "Metastases of the liver" lie in the liver, those from it come from there."""
_WITH = Pattern(r"(?<!presenting )(?<!presented )(?<!presents )(?<!presentation )\bwith (?:[\w-]+ ){0,3}$", re.I)
""" "Sarcoma of the hand with cerebral metastases" is reported at its own site."""
_BESIDE = Pattern(r"\bwith (?:[\w-]+ ){0,3}$", re.I)
_SITE_METASTASIS = Pattern(r"^\s*(?:(?!(?:with|without|and|or|from|plus)\b)\w+\s+){0,1}metastas[ei]s\b", re.I)
_PRIMARY_SITE = Pattern(
    r"\b(?:primary|original)\s+(?:tumou?r|site|lesion|cancer|sarcoma|neoplasm|focus|disease)\s+(?:\w+\s+){0,3}(?:in|"
    r"of|from|at|was|being|:)\s+(?:(?:the|a|his|her|left|right)\s+)*$",
    re.I,
)
_BEFORE_NAME = Pattern(
    r"\s(?:(?!metasta|biops|resect|reveal|show|yield|confirm|demonstr|disclos|was\b|of\b|from\b|with\b|and\b|in\b|"
    r"to\b|for\b)[\w-]+\s){0,3}",
    re.I,
)
_OPERATED_ORGAN = Pattern(
    r"\b(hyster|myom|nephr|mast|prostat|oophor|gastr|splen|thyroid|orchi|enucle)\w*(?:ectomy|ation)\b", re.I
)
_ORGAN = {
    "hyster": "uterus",
    "myom": "uterus",
    "nephr": "kidney",
    "mast": "breast",
    "prostat": "prostate",
    "oophor": "ovary",
    "gastr": "stomach",
    "splen": "spleen",
    "thyroid": "thyroid gland",
    "orchi": "testis",
    "enucle": "eye",
}
_REPORTING = Pattern(
    r"\b(?:we|authors?) (?:here |herein )?(?:report|present|describe)|\bcases? of\b|\breport of\b", re.I
)
_OTHER_LESION = Pattern(r"\b(?:lung|pulmonary|liver|hepatic|bone|osseous|nodal|lymph node|skeletal)\s*$", re.I)
_OF_ORIGIN = Pattern(r"^\s+origin\b", re.I)
_OF_SITE = Pattern(
    r"^s?\s+(?:\([\w-]+\)\s+)?(?:of|in|arising (?:from|in)|from)\s+(?:(?!(?:of|in|from|to|and|or|with|at|"
    r"by)\b)[\w-]+\s+){0,3}$",
    re.I,
)


_OF_TISSUE = frozenset(
    {"synovial_sarcoma", "soft_tissue_sarcoma", "gctb", "mpnst", "nerve_sheath_tumor", "bone_sarcoma"}
)
_COMMON_TARGETS = frozenset({"lung", "liver", "bone", "lymph_node", "peritoneum"})
"""Their metastases are mostly those of a tumour that is reported at its own site."""
_COMMON = Pattern(r"lung|pulmon|liver|hepat|bone|osse|lymph|nod|periton", re.I)
"""The same organs as words."""


def extract(view: SentenceView) -> Iterator[Draft]:
    """Statements of origin in one sentence."""
    tumours = [m for m in view.of("tumour") if m.get("rank") != "other" and m.concept != "metastasis"]
    sites = [m for m in view.of("anatomy") if not m.weak]
    for tumour in tumours:
        before = view.before(tumour.span, 110)
        own = _own_site(view, tumour, sites)
        if _PRIMARY.search(before) and tumour.concept != "neoplasm" and not _NOT_PRIMARY.search(before):
            yield _draft(tumour.span, TumourOrigin(origin="primary"))
        of, after = _METASTASIS_OF.search(before), view.after(tumour.span)
        if of and _is_only_thought_of(before[: of.start()], after):
            continue
        if of or (to := _METASTATIC_AFTER.match(after)) or _is_first_sign(after):
            if of:
                definite = not _OTHER_LESION.search(before[: of.start()]) or _heads(
                    view, tumour, tumours, before[: of.start()]
                )
            else:
                definite = _is_reported(view) and (to is None or not _COMMON.match(to["target"]))
            value = TumourOrigin(origin="metastatic", primary_site=own, definite=definite)
            yield _draft(tumour.span, value)
        elif _SIGN_OF.search(before) and _is_reported(view) and _is_named_after_another_organ(tumour, sites):
            yield _draft(tumour.span, TumourOrigin(origin="metastatic", primary_site=own, definite=True))
        elif view.section is SectionKind.TITLE and _WITH_SPREAD.match(after):
            yield _draft(tumour.span, TumourOrigin(origin="primary"))
        elif _METASTATIC_BEFORE.search(before):
            target = _TO_SITE.match(after) is not None
            found = own is not None and _FOUND.search(before) is not None
            found = found or (_is_reported(view) and _is_named_after_another_organ(tumour, sites))
            value = TumourOrigin(origin="metastatic", primary_site=own if found else None, definite=target or found)
            yield _draft(tumour.span, value)
        elif own and not tumour.get("rank") and tumour.concept not in _OF_TISSUE:
            yield _draft(tumour.span, TumourOrigin(origin="unknown", primary_site=own, direct=False))
    if (judged := view.search(_IT_IS_ONE)) and not _is_later(view):
        place = view.place(judged, "kind" if judged["kind"] else "came")
        if view.assertion(place) is Assertion.AFFIRMED:
            yield _draft(place, TumourOrigin(origin="metastatic", definite=True))
    for operation in view.find(_OPERATED_ORGAN):
        organ = _ORGAN[operation[1].lower()]
        value = TumourOrigin(origin="unknown", primary_site=organ, direct=False, by_operation=True)
        yield _draft(view.place(operation), value)
    for site in sites:
        before = view.before(site.span, 110)
        after = view.after(site.span)
        name = _name(site)
        if _PRIMARY_SITE.search(before):
            yield _draft(site.span, TumourOrigin(origin="unknown", primary_site=name, direct=False))
        elif (
            (of := _METASTASIS_OF.search(before))
            and (site.concept not in _COMMON_TARGETS or _FROM.search(of[0]))
            and not any(t.span.start <= site.span.end + 40 and t.span.start >= site.span.start for t in tumours)
            and not _is_only_thought_of(before[: of.start()], after)
        ):
            yield _draft(site.span, TumourOrigin(origin="metastatic", primary_site=name))
        elif _OF_ORIGIN.match(after):
            yield _draft(site.span, TumourOrigin(origin="unknown", primary_site=name, direct=False))
        told = view.section is SectionKind.TITLE or view.search(_REPORTING)
        beside = tumours and _WITH.search(before)
        if told and not beside and site.concept not in _COMMON_TARGETS and _SITE_METASTASIS.match(after):
            yield _draft(site.span, TumourOrigin(origin="metastatic", definite=True))


def _is_later(view: SentenceView) -> bool:
    """Whether the sentence tells of a time after the treatment, or nobody's story: what spread then is no origin."""
    return view.section is SectionKind.DISCUSSION or any(
        time.kind is TimeKind.OFFSET and time.direction is Direction.AFTER for time in view.times
    )


def _is_first_sign(after: str) -> bool:
    shown = _FIRST_SIGN.match(after)
    return shown is not None and (shown["first"] is not None or _BY_METASTASIS.search(shown[0]) is not None)


def _is_reported(view: SentenceView) -> bool:
    return view.section is SectionKind.TITLE or view.search(_REPORTING) is not None or view.index == 0


def _is_named_after_another_organ(tumour: Mention, sites: list[Mention]) -> bool:
    """Whether the name has an organ and another stands beside it: "intracranial metastatic parathyroid carcinoma"."""
    organs = {site.concept for site in sites if tumour.span.covers(site.span)}
    return bool(organs) and any(site.concept not in organs for site in sites if not tumour.span.covers(site.span))


def _heads(view: SentenceView, tumour: Mention, tumours: list[Mention], before: str) -> bool:
    """Whether the title, or the sentence that opens the text, is about this metastasis: "liver metastasis of a thymoma"."""
    opens = (view.section is SectionKind.TITLE or view.index == 0) and not _BESIDE.search(before)
    return opens and all(other.span.start >= tumour.span.start for other in tumours)


def _is_only_thought_of(before: str, after: str) -> bool:
    return bool(_THOUGHT_OF.search(before) or _RULED_OUT.match(after))


def _own_site(view: SentenceView, tumour: Mention, sites: list[Mention]) -> str | None:
    """The site that belongs to the tumour's name: "uterine leiomyosarcoma", "leiomyosarcoma of the uterus"."""
    for site in sites:
        if tumour.span.covers(site.span):
            return _name(site)
        if site.span.end < tumour.span.start and _BEFORE_NAME.fullmatch(
            view.words(TextSpan(site.span.end, tumour.span.start))
        ):
            return _name(site)
        if site.span.start > tumour.span.end and _OF_SITE.match(view.words(TextSpan(tumour.span.end, site.span.start))):
            return _name(site)
    return None


def _name(site: Mention) -> str:
    return site.label if site.adjective else printed_name(site).lower()


def _draft(span: TextSpan, value: TumourOrigin) -> Draft:
    return Draft(value=value, spans=(span,))


TOPIC = Topic(name="origin", extract=extract, values=(TumourOrigin,), terms=("tumours.csv", "anatomy.csv"))
