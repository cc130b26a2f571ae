"""Proliferation and necrosis under the microscope: Ki-67 index, mitotic count, tumour necrosis."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from caselore.language.generality import is_general
from caselore.language.patterns import Pattern
from caselore.language.quantities import Quantity, QuantityKind
from caselore.language.view import SentenceView
from caselore.model.fact import Value
from caselore.model.text import SectionKind, TextSpan
from caselore.topics.topic import Draft, Topic


class Ki67(Value, frozen=True, tag="ki67"):
    """Share of tumour nuclei stained for Ki-67 (MIB-1), in percent; the middle of a range, the bound of "> 15%"."""

    percent: float

    def __str__(self) -> str:
        return f"Ki-67 {self.percent:g}%"


class Mitoses(Value, frozen=True, tag="mitoses"):
    """Mitotic figures per 10 high-power fields; counts per other numbers of fields are converted."""

    per_10_hpf: float

    def __str__(self) -> str:
        return f"{self.per_10_hpf:g} mitoses per 10 HPF"


class Necrosis(Value, frozen=True, tag="necrosis"):
    """Whether necrosis was seen in the tumour, by the pathologist or, weaker, on imaging (there only its presence is read)."""

    present: bool
    on_imaging: bool = False

    def __str__(self) -> str:
        return f"necrosis {'present' if self.present else 'absent'}" + (" on imaging" if self.on_imaging else "")


_INDEX = Pattern(
    r"\b(?:Ki|KI|ki)[\s-]?67\b|\bMI[BR][\s-]?1\b|\bmib[\s-]?1\b|\b[Pp]roliferat(?:ion|ive"
    r"|ing)(?: cell)?(?: labell?ing)?[\s-](?:index|rate|fraction|activity|indices|potential)"
    r"|\b[Ll]abell?ing[\s-](?:index|rate)|\bMKI67\b"
)
_OTHER_COUNT = Pattern(
    r"necro|mitos|mitotic|patients|cases|surviv|\bp53\b|phospho|\bp16\b|of (?:the )?(?:area|volume"
    r"|body|surface)|stenosis|recurr",
    re.I,
)
_STAINED_BEHIND = Pattern(
    r"^\s*(?:of\s+)?(?:(?:the|all|these|tumou?r|neoplastic|atypical|lesional|spindle|viable"
    r"|malignant)\s+)*(?:cells?|nuclei|cell nuclei)?\s*(?:nuclei\s*)?"
    r"(?:(?:that|which|were|was|are|had|showed|being|stained|expressed|expressing|showing"
    r"|positive(?:ly)?|reactive|immunoreactive|immunopositive|labell?ed|marked|demonstrated|nuclear|a"
    r"|an|the|for|with|by|to|of|in|high|low)\s+|\(\s*){0,9}$",
    re.I,
)
_OVERALL = Pattern(
    r"\b(?:overall|mean|average|averag(?:ed|ing)|on average|total|globally)\b(?:\s+(?:Ki-?67|MIB-?1))?[\w\s,:=()-]{0,40}$",
    re.I,
)
_PLAIN = Pattern(
    r"\s*(?:proliferat\w+\s+|labell?ing\s+)?(?:index|LI|score"
    r"|rate)\s*(?:\([^()%\d]{0,25}\))?\s*(?:was|is|of|:|=|at|being)?\s*(?:approximately |about "
    r"|around |~)?(?P<low>\d{1,2}(?:\.\d+)?)(?:\s?(?:-|–)\s?(?P<high>\d{1,2}))?(?=\s*[,;.)]|\s+(?:and"
    r"|in|with)\b|$)(?!\.\d|\s*/)",
    re.I,
)

_MITOTIC = Pattern(r"mitos[ei]s|mitotic|\bMF\b", re.I)

_NECROSIS = Pattern(
    r"\b(?:co-?agulative |tumou?r |tumou?ral |focal |geographic |geographical |ischaemic |ischemic "
    r"|haemorrhagic |hemorrhagic |comedo-?|central )?(?:necros[ie]s|necroti[cz]\w*)\b",
    re.I,
)
_OTHER_NECROSIS = Pattern(
    r"\b(?:avascular|radiation|fat|papillary|tubular|cortical|caseous|caseating|skin|flap|wound|infected and|bowel"
    r"|intestinal|osteo|pulp|aseptic|hepatic|pancreatic|septic|cutaneous|muscle|marginal|retinal"
    r"|cerebral|single[- ]cell|epidermal|post-?radiation|radio)[\s-]*$",
    re.I,
)
_NECROSIS_BEHIND = Pattern(
    r"\s*(?:factor|of the (?:skin|flap|femoral|bowel|toe|finger|wound|colon|stoma)|fasciitis"
    r"|debridement|after (?:chemo|radio|treatment|neoadjuvant))",
    re.I,
)
_IMAGED = Pattern(
    r"\b(?:CT|MRI|MR|PET|T1|T2|FLAIR|ADC|comput\w+ tomograph\w+|magnetic resonance|enhanc\w+"
    r"|hypo-?(?:dens|intens|echo|atten)\w+|hyper-?(?:dens|intens|echo)\w+|isointens\w+|sonograph\w*"
    r"|ultraso\w+|radiolog\w+|angiogra\w+|scans?|imaging|density|attenuation|signal|uptake"
    r"|endoscop\w+|(?i:colon|bronch|cyst|\w*gastr|\w*duoden|laryng|hyster|thorac|sigmoid|rect)oscop\w+|X-ray|radiograph\w*)\b"
)
_SEEN_BY_PATHOLOGIST = Pattern(
    r"microscop|histolog|histopath|pathol|autops|necrops|post-?mortem|mitos|mitotic|atypi|pleomorph|nucle(?:i|ar|us)|\bcells?\b"
    r"|cellular|spindle|epithelioid|biops|H&E|h(?:a)?ematoxylin|specimen|gross|cut (?:surface"
    r"|section)|macroscop|sections?\b|slides?|fascic|stroma|infiltrat|Ki-?67|grade|resected"
    r"|tumou?r (?:measured|was)|laparotom|thoracotom|craniotom|surg|resect|excis|vascular invasion"
    r"|lymphovascular|tumou?r necrosis|coagulative",
    re.I,
)
_NEGATED_BEFORE = Pattern(
    r"\b(?:no|without|absen\w+|lack\w*|nor|neither|free of|devoid of|not (?:show|seen|find|contain"
    r"|have|exhibit|demonstrate|reveal|identify)|never|none|nil)\b(?:(?!\b(?:but|however|although"
    r"|whereas|while|with(?! any)|showed|shows|revealed|and (?:focal|extensive|marked|abundant|large"
    r"|prominent|geographic))\b)[^;.:]){0,90}$",
    re.I,
)
_NEGATED_BEHIND = Pattern(
    r"^(?:(?!\b(?:in which|stain\w*|express\w*|\w*reactiv\w*|positiv\w*)\b)[^;.]){0,70}?(?:\b(?:was|were"
    r"|is|are)\s+(?:\w+ly\s+)?(?:not\b|absent|lacking|never)"
    r"|\bnot (?:seen|found|identified|present|observed|evident|noted|detected)|\b(?:absent|lacking"
    r"|wanting|nil|none)\b|\s*[:=(]\s*(?:no|none|absent|not|0|nil)\b|\bcould not be (?:seen|found|identified))",
    re.I,
)
_MASS = Pattern(r"\b(?:mass(?:es)?|tumou?rs?|lesions?|neoplasms?|nodules?|\w+(?:sarcoma|carcinoma|oma))\b", re.I)
_NOT_SURELY = Pattern(
    r"\b(?:metasta\w+|nodes?|nodal|lymphadenopathy|suggest\w*|suspicious|suspect\w*|possib\w+|probabl\w+|may|might|could|or|"
    r"radionecrosis|after|following|treat\w+|respon\w+|ring|usually|often|typical\w*)\b",
    re.I,
)
"""Beside necrosis on a scan: that of a node or a metastasis, one that is only thought of, one that treatment has caused."""
_UNTOLD = Pattern(
    r"\b(?:score|assess|evaluat|depend|extent of necrosis|percentage of necrosis (?:is|was not)"
    r"|criteria|whether|to exclude|or necrosis\?)",
    re.I,
)


def extract(view: SentenceView) -> Iterator[Draft]:
    yield from _ki67(view)
    yield from _mitoses(view)
    yield from _necrosis(view)


def _ki67(view: SentenceView) -> Iterator[Draft]:
    start = view.span.start
    used: set[TextSpan] = set()
    told = False
    indices = list(view.find(_INDEX))
    percents = view.quantities_of(QuantityKind.PERCENT) if indices else ()
    name_start: int | None = None
    for number, index in enumerate(indices):
        place = view.place(index)
        name_start = index.start() if name_start is None else name_start
        if is_general(view.text, index.start()):
            continue
        limit = indices[number + 1].start() if number + 1 < len(indices) else len(view.text)
        # "Ki-67 (MIB-1) labelling index": the second name reads the number
        if (
            number + 1 < len(indices)
            and limit - index.end() < 25
            and not re.search(r"\d", view.text[index.end() : limit])
        ):
            continue
        first, name_start = name_start, None
        chosen = (
            _overall(view, index.end(), limit, percents)
            or _percent_behind(view, index.end(), limit, percents)
            or _percent_before(view, first, percents)
        )
        if chosen is not None and chosen.span not in used and 0 <= chosen.value <= 100:
            used.add(chosen.span)
            told = True
            yield Draft(value=Ki67(percent=chosen.value), spans=(place, chosen.span))
        elif chosen is None and not told and (plain := _PLAIN.match(view.text, index.end())):
            low, high = float(plain["low"]), float(plain["high"] or plain["low"])
            if low <= high:
                told = True
                span = TextSpan(plain.start("low") + start, plain.end() + start)
                yield Draft(value=Ki67(percent=(low + high) / 2), spans=(place, span))


def _percent_behind(view: SentenceView, end: int, limit: int, percents: tuple[Quantity, ...]) -> Quantity | None:
    """The first percentage behind the name, before another marker, a new clause or a count of something else."""
    start = view.span.start
    for quantity in percents:
        first = quantity.span.start - start
        if first < end or first >= limit + 1:
            continue
        between = view.text[end:first]
        behind = view.text[quantity.span.end - start : quantity.span.end - start + 25]
        if len(between) > 110 or re.search(r";|\.\s", between) or _OTHER_COUNT.search(between):
            return None
        if re.match(r"\s*(?:of (?:the )?(?:patients|cases|area)|necro)", behind, re.I):
            return None
        if _names_other_marker(view, end, first):
            return None
        return quantity
    return None


def _overall(view: SentenceView, end: int, limit: int, percents: tuple[Quantity, ...]) -> Quantity | None:
    """Of several percentages behind the name, the one that is called the overall or mean one."""
    start = view.span.start
    behind = [quantity for quantity in percents if end <= quantity.span.start - start <= limit]
    for left, right in pairwise(behind):
        between = view.words(TextSpan(left.span.end, right.span.start))
        if _OVERALL.search(between) and not _OTHER_COUNT.search(between):
            return None if _names_other_marker(view, end, right.span.start - start) else right
    return None


def _percent_before(view: SentenceView, position: int, percents: tuple[Quantity, ...]) -> Quantity | None:
    """ "40% of the cells were positive for Ki-67", "a 5% MIB-1 labelling index"."""
    for quantity in reversed(percents):
        last = quantity.span.end - view.span.start
        if last <= position and _STAINED_BEHIND.match(view.text[last:position]):
            return quantity
    return None


def _names_other_marker(view: SentenceView, first: int, last: int) -> bool:
    start = view.span.start
    return any(
        mention.concept != "ki67" and first <= mention.span.start - start < last and mention.get("nature") == "ihc"
        for mention in view.of("marker")
    )


def _mitoses(view: SentenceView) -> Iterator[Draft]:
    counts = view.quantities_of(QuantityKind.PER_10_HPF)
    if not counts:
        return
    context = view.text + (view.previous.text if view.previous else "")
    for quantity in counts:
        if _MITOTIC.search(context) and not is_general(view.text, quantity.span.start - view.span.start):
            yield Draft(value=Mitoses(per_10_hpf=round(quantity.value, 4)), spans=(quantity.span,))


def _necrosis(view: SentenceView) -> Iterator[Draft]:
    seen: set[bool] = set()
    for match in view.find(_NECROSIS):
        before, behind = view.text[: match.start()], view.text[match.end() :]
        if _OTHER_NECROSIS.search(before) or _NECROSIS_BEHIND.match(behind) or _UNTOLD.search(view.text):
            continue
        if is_general(view.text, match.start()):
            continue
        if not _is_histologic(view):
            if (
                _is_imaged_tumour(view, match)
                and not _NEGATED_BEFORE.search(before)
                and not _NEGATED_BEHIND.match(behind)
            ):
                yield Draft(value=Necrosis(present=True, on_imaging=True), spans=(view.place(match),))
            continue
        negated = _NEGATED_BEFORE.search(before) or _NEGATED_BEHIND.match(behind)
        present = not negated
        if present not in seen:
            seen.add(present)
            yield Draft(value=Necrosis(present=present), spans=(view.place(match),))


def _is_imaged_tumour(view: SentenceView, match: re.Match[str]) -> bool:
    """Whether the sentence describes the tumour on a scan and calls it necrotic, surely: "a large mass with central necrosis"."""
    if not (view.section is SectionKind.IMAGING or _IMAGED.search(view.text)) or _NOT_SURELY.search(view.text):
        return False
    return _MASS.search(view.text) is not None


def _is_histologic(view: SentenceView) -> bool:
    if view.section is SectionKind.IMAGING or _IMAGED.search(view.text):
        return bool(re.search(r"microscop|histolog|histopath|mitos|mitotic|H&E", view.text, re.I)) and not re.search(
            r"\b(?:CT|MRI|PET)\b", view.text
        )
    if view.section is SectionKind.PATHOLOGY or _SEEN_BY_PATHOLOGIST.search(view.text):
        return True
    return bool(
        view.previous and _SEEN_BY_PATHOLOGIST.search(view.previous.text) and not _IMAGED.search(view.previous.text)
    )


TOPIC = Topic(name="pathology", extract=extract, values=(Ki67, Mitoses, Necrosis))
