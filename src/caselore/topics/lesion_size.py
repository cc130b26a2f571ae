"""Sizes in length units: of the tumour, or of a margin, an incision, a node or something else; and how it was measured."""

from __future__ import annotations

import re
from collections.abc import Iterator

from caselore.language.measured_things import NOUN, NOUN_PHRASE
from caselore.language.patterns import Pattern
from caselore.language.quantities import Quantity, QuantityKind
from caselore.language.view import SentenceView
from caselore.model.fact import Phase, Value
from caselore.model.text import SectionKind, TextSpan
from caselore.topics.topic import Draft, Topic


class LesionSize(Value, frozen=True, tag="lesion_size"):
    """Dimensions in mm as printed. `of` is "tumour", "metastasis", "node", "margin", "incision", "specimen" or "other";
    `by` is "imaging", "palpation", "specimen" or "unknown"; `modality` names the imaging where the sentence does."""

    dimensions: tuple[float, ...]
    of: str = "tumour"
    by: str = "unknown"
    modality: str | None = None
    grown: bool = False
    """measured again, after the tumour had grown since an earlier measurement"""

    @property
    def largest(self) -> float:
        return max(self.dimensions)

    def __str__(self) -> str:
        size = " x ".join(f"{side:g}" for side in self.dimensions)
        return f"{self.of} {size} mm by {self.modality or self.by}"


_AND = Pattern(
    r"(?:\s+(?:transverse(?:ly)?|AP|antero-?posterior(?:ly)?|cranio-?caudal(?:ly)?|sagittal(?:ly)?|axial(?:ly)?|longitudinal(?:ly)?))?"
    r"\s*(?:,|and|,\s*and|&)\s*",
    re.I,
)
_DISTANCE = Pattern(
    r"^\s*(?:away\s+)?(?:from|above|below|proximal|distal|anterior|posterior|lateral|medial|caudal|cranial|"
    r"cephalad|superior|"
    r"shorter|longer|taller|higher|lower than|inferior|beneath|beyond|off|apart|behind|under|outside|further|"
    r"into the (?!left|right)|to the (?:left|"
    r"right) of)\b",
    re.I,
)
_WITHIN = Pattern(r"\bto\s+within\b[^.;,]{0,20}$", re.I)
"""In front of a distance: "reached to within 3 mm of the margin"."""
_OF_TISSUE = Pattern(
    r"^\s*(?:of|more of)\s+(?:the\s+|a\s+)?(?:normal|surrounding|healthy|adjacent|macroscopically|uninvolved|"
    r"skull|dura|bone|"
    r"skin|tissue|muscle|bowel|colon|ileum|small|vein|nerve|tumou?r-free|perio|subcutaneous|grossly|water|H2O)",
    re.I,
)
_STATISTIC = Pattern(
    r"\b(?:median|mean|average|patients with|cases with|tumou?rs (?:larger|smaller|greater|less|"
    r"above|below|over|of more|of less|of over|of at least|that exceed|exceeding|measuring more)|tends? to|"
    r"criteri|cut-?off|in the literature|(?:reported|published|described) (?:tumou?rs|cases|lesions)|"
    r"risk|if (?:the|it)|should|recommended|defined as|more likely)\b",
    re.I,
)
_PLACE = Pattern(
    r"\b(?:in|at|on|under|near|beneath|along|over|to|from|within|around|behind|above|below|between|of|into|"
    r"displac\w+|compress\w+|involv\w+|encas\w+|invad\w+|infiltrat\w+|occup\w+|abut\w*|surround\w+|destroy\w+)\s+"
    r"(?:(?:the|a|an|his|her|its|this|previous|old|left|right|both|upper|lower|surgical|same)\s+|"
    r"[\w-]+\s+(?!and )){0,3}$",
    re.I,
)
_SHAPE = Pattern(
    r"\b(?:(?:well|ill|poorly|sharply|clearly)[- ](?:defined|demarcated|delineated|circumscribed)|circumscribed|"
    r"irregular|lobulated|"
    r"sharp|regular|smooth|indistinct|distinct|spiculated|infiltrat(?:ive|ing)|raised|rolled|everted|indurated|"
    r"microlobulated)\s+$",
    re.I,
)
_LINK = Pattern(
    r"(?:\s|[,(:=]|was|were|is|size|length|width|of|measur\w+|enlarged|to|about|approximately|in|the|diameter|"
    r"span|up|at|a|by)*",
    re.I,
)
_ARTICLE = Pattern(r"\b(?:an?|the|one|another|single|large|small|huge|giant)\s+(?:[\w-]+,?\s+){0,2}?$", re.I)
_OPENS = Pattern(r"[\w-]\s\(\s*(?:[<>≥≤~≈]\s*)?$")
_CLOSES = Pattern(r"\s*\)\s(?!in\b|of\b|at\b|on\b|and\b|was\b|were\b|with\b)")
_IN_BRACKETS = Pattern(r"\([^)]{1,25}\)\s*")
_MAXIMAL = Pattern(
    r"\b(?:maxim(?:um|al)|largest|greatest|longest)\s+(?:\w+\s+)?(?:extent|diameter|dimension|"
    r"size|axis)\b",
    re.I,
)
_OTHER_ORGANS = Pattern(
    r"\b(?:chest|thora\w+|lungs?|pulmonary|abdom\w+|liver|hepatic|spl(?:een|enic)|"
    r"adrenal|whole[- ]body|PET\S*)\b",
    re.I,
)
_STAGING = Pattern(
    r"\b(?:staging|stage of|metastatic (?:work-?up|spread|disease|screening)|(?:for|exclude|of|"
    r"no) (?:distant )?metasta\w+|"
    r"(?:primary|occult) (?:lesion|tumou?r|site|cancer) (?:search)?|(?:search|look\w*|find) (?:for )?(?:the |a |"
    r"an )?(?:primary|occult)|"
    r"systemic (?:disease|spread|metast\w+)|distant (?:disease|spread))",
    re.I,
)
_EXTENDING = Pattern(r"\bexten(?:d|t)\w*\s*(?:for|over|by|up to|about|approximately|some)?\s*$", re.I)
_MEASURED = Pattern(
    r"\b(?:measur|size|diameter|dimension|axis|across|large|maximal|maximum|greatest|extent|enlarg|gr[eo]w|increas)",
    re.I,
)

_LATER = Pattern(
    r"\b(?:recurren(?:t|ce)s?|recurred|recurring|relapsed?|regrowth|regrew|residual|residue|remnant|remaining|remained|"
    r"left behind|"
    r"reduced|shrank|shrunk|shrinkage|decreas(?:ed|e|ing)|regress(?:ed|ion)|follow[- ]?up|"
    r"post-?operative(?:ly)?|postsurgical|"
    r"after (?:surgery|operation|resection|excision|radiotherapy|chemotherapy|treatment|\w+ cycles)|"
    r"at the (?:previous|former|prior|same|earlier) (?:\w+ )?(?:excision|surgical|operati(?:on|ve)|resection) (?:site|bed|scar)|"
    r"new (?:lesion|mass|nodule|tumou?r)s?|restaging|progression)\b",
    re.I,
)
_EARLIER = Pattern(
    r"\b(?:ago|earlier|previously|previous|formerly|at birth|born with|since birth|in childhood|"
    r"had (?:already |previously )?undergone|had been (?:operated|treated|excised|removed)|"
    r"(?<!days )(?<!weeks )(?<!months )(?<!years )(?<!day )(?<!week )(?<!month )(?<!year )"
    r"(?<!days' )(?<!weeks' )(?<!months' )(?<!years' )"
    r"history of\b(?!.*\b(?:presented|found|noticed|developed|admitted|referred|showed|revealed)\b))",
    re.I,
)
_CAME_WITH = Pattern(
    r"\b(?:present(?:ed|ing)|seen|came|admitted|referred|consulted)\b[^.;]{0,80}\b(?:with|for|because of|due to|by)\b[^.;]{0,20}$",
    re.I,
)
"""In front of "recurrent": the patient came with it, whatever was treated elsewhere before."""
_GROWTH = Pattern(r"\b(?:grow(?:n|ing|th)?|grew|increas\w*|enlarg\w*|expand\w*|progress\w*|evol\w*)\b", re.I)

_GROWN_TO = Pattern(
    r"\b(?:grow(?:n|ing)|grew|increas\w*|enlarg\w*|expand\w*|progress\w*)(?: (?!from\b)\w+){0,3}? to (?:\w+ )?$", re.I
)
_MEANWHILE = Pattern(
    r"\b(?:later|repeat(?:ed)?|interval|meanwhile|follow-?up|subsequent\w*|thereafter|after (?:\w+ )?(?:days|weeks|months?|years?)|"
    r"over the (?:next|following)|previous(?:ly)? (?:scan|imaging|MRI|CT|measured))\b",
    re.I,
)
_RANGING = Pattern(r"\b(?:rang(?:ed|ing)|var(?:ied|ying)|between)\b[^.;]{0,25}$", re.I)

_PALPATION = Pattern(
    r"\b(?:palpa\w+|(?:physical|clinical|general|local|neurological|rectal|vaginal|gyn(?:a)?ecological|pelvic|"
    r"breast|abdominal|"
    r"dermatological|oral|intraoral|extraoral|bimanual)?\s?examination|examined|inspection|on exam|clinically|"
    r"non-?tender|firm|mobile)\b",
    re.I,
)
_PALPATED = Pattern(
    r"\b(?:palpat(?:ed|ion)|(?:physical|clinical|bimanual|digital) examination|clinically|on inspection)\b", re.I
)
"""In front of a size, when imaging is named only behind it: "clinically 9 cm, on MRI 7.5 cm"."""
_SINCE_REMOVED = Pattern(r"[;,][^;,]*\b(?:specimen|(?:resected|removed|excised)(?! (?:site|bed|area)))\b[^;,]*$", re.I)
"""Between the imaging and a size: "CT showed ... of 8 cm; the tumor removed measured 10 cm"."""
_IMAGED = Pattern(
    r"\b(?:imaging|scans?|scanning|radiolog\w+|T[12]-?(?:weighted|WI)|gadolinium|images?|"
    r"hyperintense|hypointense|isointense|hypodense|hyperdense)\b",
    re.I,
)
_SPECIMEN = Pattern(
    r"\b(?:specimens?|gross(?:ly)?|macroscop\w+|cut (?:surface|section)s?|histolog\w+|histopatholog\w+|"
    r"patholog\w+|microscop\w+|"
    r"excised|resected|removed|surgical exploration|intraoperative(?:ly)?|at surgery|operative findings|"
    r"weigh(?:ed|ing)?)\b",
    re.I,
)


_UNIT = Pattern(r"[cm]m|met(?:er|re)", re.I)
"""Units of lesions, without which no quantity of a sentence is worth reading here."""


def extract(view: SentenceView) -> Iterator[Draft]:
    if not _UNIT.search(view.text):
        return
    for size in view.quantities_of(QuantityKind.LENGTH):
        if _is_statistic(view, size) or size.largest < 1:
            continue
        of = _of(view, size)
        if of is None:
            continue
        by, modality = _by(view, size)
        yield Draft(
            value=LesionSize(
                dimensions=_dimensions(view, size), of=of, by=by, modality=modality, grown=_has_grown(view, size)
            ),
            spans=(size.span,),
            assertion=view.assertion(size.span),
            phase=_phase(view, size),
        )


def _dimensions(view: SentenceView, size: Quantity) -> tuple[float, ...]:
    """ "grew from 2 to 5 cm" is 5 cm now, and nodules "ranging from 1 to 3 cm" go up to 3 cm; any other range gives its middle."""
    before = view.before(size.span, 60)
    if (view.words(size.span).lower().startswith("from") and _GROWTH.search(before)) or _RANGING.search(before):
        return tuple(round(amount.high, 2) for amount in size.amounts)
    return tuple(round(amount.middle, 2) for amount in size.amounts)


def _has_grown(view: SentenceView, size: Quantity) -> bool:
    """ "Six months later it had enlarged to 5 cm": not the size that it was found with."""
    if not _GROWN_TO.search(view.before(size.span, 30)):
        return False
    near = view.text if view.previous is None else f"{view.previous.text} {view.text}"
    return _MEANWHILE.search(near) is not None


def _is_statistic(view: SentenceView, size: Quantity) -> bool:
    return _STATISTIC.search(view.before(size.span, 70) + view.words(size.span)) is not None


_SAME_THING = Pattern(r"\b(?:its|it)\b", re.I)
""" "A tumor of the kidney; its diameter was 7 cm": what stands in front of the semicolon is measured."""


def _clause(view: SentenceView, size: Quantity) -> str:
    """The words of the sentence in front of the size, from the last semicolon or other size on."""
    others = [q.span.end for q in view.quantities_of(QuantityKind.LENGTH) if q.span.end <= size.span.start]
    words = view.before(size.span, min(160, size.span.start - max(others, default=0)))
    _, mark, last = words.rpartition(";")
    return words if mark and _SAME_THING.search(last) and not NOUN.search(last) else last


def _of(view: SentenceView, size: Quantity) -> str | None:
    """What was measured: the noun that the size stands in front of, else the last noun before it."""
    lengths = view.quantities_of(QuantityKind.LENGTH)
    listed = [
        q
        for q in lengths
        if q.span.end <= size.span.start and _AND.fullmatch(view.before(size.span, size.span.start - q.span.end))
    ]
    after = view.after(size.span, 70)
    if listed and not NOUN_PHRASE.match(after) and not _DISTANCE.match(after):
        return _of(view, listed[-1])
    if _DISTANCE.match(after) or _WITHIN.search(view.before(size.span, 20) + view.words(size.span)):
        return "other"
    if _OF_TISSUE.match(after):
        return "margin"
    article = _ARTICLE.search(view.before(size.span, 40))
    if bracketed := _CLOSES.match(after) if _OPENS.search(view.before(size.span, 12)) else None:
        behind = after[bracketed.end() :]  # "a massive (5 cm) tumor", as if the brackets were not there
    elif article:
        behind = _IN_BRACKETS.sub("", after).lstrip(", ")  # "a 5-cm high-grade (grade 3) sarcoma"
    else:
        behind = re.split(r"[,;:().]\s", after)[0]
    if phrase := NOUN_PHRASE.match(behind):
        noun = NOUN.match(behind, phrase.end())
        if noun:
            return "metastasis" if noun.lastgroup == "tumour" and _is_staging(view, size) else noun.lastgroup
    clause = _clause(view, size)
    if _EXTENDING.search(clause):
        return "other"
    for noun in reversed(list(NOUN.finditer(clause))):
        if noun.lastgroup == "tumour":
            return "metastasis" if _is_staging(view, size) else "tumour"
        if _is_head(clause, noun):
            return noun.lastgroup
    if _MAXIMAL.search(clause):
        return "tumour"
    if size.span.start - view.span.start < 160 and _MEASURED.search(view.text):
        earlier = view.previous.text if view.previous else ""
        nouns = list(NOUN.finditer(earlier))
        if any(noun.lastgroup == "tumour" for noun in nouns) or NOUN.search(after):
            return "tumour"
    return None


_DENIED_SPREAD = Pattern(
    r"\b(?:no|without)\s+(?:[\w-]+\s+){0,3}(?:of\s+|for\s+)?(?:distant\s+)?(?:metasta\w+|spread)", re.I
)


def _is_staging(view: SentenceView, size: Quantity) -> bool:
    """Lesions of other organs that a search for metastases or for the primary tumour found."""
    if not _OTHER_ORGANS.search(view.text):
        return False
    before = view.previous.previous if view.previous else None
    behind = _DENIED_SPREAD.sub(" ", view.after(size.span, len(view.text)))
    told = [near.text for near in (before, view.previous) if near is not None]
    return any(_STAGING.search(text) for text in (*told, view.before(size.span, len(view.text)), behind))


def _is_head(clause: str, noun: re.Match[str]) -> bool:
    """Whether a noun that is no tumour was measured itself, and does not only tell where or how the tumour is."""
    if _PLACE.search(clause[: noun.start()]) or _SHAPE.search(clause[: noun.start()]):
        return False
    return noun.lastgroup != "other" or _LINK.fullmatch(clause[noun.end() :]) is not None


def _by(view: SentenceView, size: Quantity) -> tuple[str, str | None]:
    """How it was measured: by the words of this sentence, else of its section, else of the two sentences before."""
    here = _method(view, size.span.start)
    if here:
        return here
    if view.section is SectionKind.IMAGING:
        return "imaging", None
    if view.section is SectionKind.PATHOLOGY:
        return "specimen", None
    earlier = view.previous
    for _ in range(2):
        if earlier is None or earlier.sentence.paragraph != view.sentence.paragraph:
            break
        found = _method(earlier, earlier.span.end)
        if found:
            return found
        earlier = earlier.previous
    return "unknown", None


def _method(view: SentenceView, position: int) -> tuple[str, str | None] | None:
    modalities = view.of("modality")
    if modalities:
        before = [m for m in modalities if m.span.start < position]
        if not before and _PALPATED.search(view.text[: max(0, position - view.span.start)]):
            return "palpation", None
        if before and _SINCE_REMOVED.search(view.words(TextSpan(before[-1].span.end, position))):
            return "specimen", None
        return "imaging", (before[-1] if before else modalities[0]).label
    if _SPECIMEN.search(view.text):
        return "specimen", None
    if _IMAGED.search(view.text):
        return "imaging", None
    if _PALPATION.search(view.text):
        return "palpation", None
    return None


def _phase(view: SentenceView, size: Quantity) -> Phase | None:
    """Only what the clause itself tells; a size before the words of growth is an earlier one."""
    clause, after = _clause(view, size), re.split(r"[,;:.]\s", view.after(size.span, 60))[0]
    later = _LATER.search(clause) or _LATER.search(after)
    if later and not (later[0].lower() == "recurrent" and _CAME_WITH.search(clause[: later.start()])):
        return Phase.LATER
    if _EARLIER.search(clause) or re.match(r"\s*\w*\s*(?:\w+ )?(?:ago|earlier|previously|at birth)\b", after):
        return Phase.BEFORE
    return None


TOPIC = Topic(name="lesion_size", extract=extract, values=(LesionSize,), terms=("imaging.toml",))
