"""Immunohistochemistry: which stains were done, and what each showed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from caselore.language.coordination import MARK, coordinated, masked
from caselore.language.generality import clause, is_general
from caselore.language.lexicon import Mention
from caselore.language.other_cells import is_of_other_cells, is_of_own_kind
from caselore.language.patterns import Pattern
from caselore.language.verdict import Result, Verdict, contrasted, verdicts
from caselore.language.view import SentenceView
from caselore.model.fact import Value
from caselore.model.text import TextSpan
from caselore.topics.topic import Draft, Topic


class Stain(Value, frozen=True, tag="stain"):
    """What one antibody showed in the tumour.

    `marker` is a label of markers.csv; `extent` and `intensity` are as printed (focal, weak); `percent` is the share of
    stained tumour cells. `specimen` is told only where the sentence names it, `component` where the result holds for one
    part of a biphasic tumour: results of two specimens or components never conflict.
    """

    marker: str
    result: Result
    extent: str | None = None
    intensity: str | None = None
    percent: float | None = None
    specimen: str | None = None
    component: str | None = None

    def __str__(self) -> str:
        details = [word for word in (self.extent, self.intensity, self.component, self.specimen) if word]
        if self.percent is not None:
            details.append(f"{self.percent:g}%")
        return f"{self.marker} {self.result}" + (f" ({', '.join(details)})" if details else "")


_DEGREE = (
    r"(?:(?:focal|weak|diffuse|strong|patch[iy]|partial|moderate|mild|scatter|few|rare|variabl"
    r"|nuclear|cytoplasm|membran|perinuclear|intense|local|part|foci|dot-like|hot ?spots?|\d{1,3} ?%"
    r"|some|small amount|in|of|tumou?r|cells?|the|and|more than|less than|about|approximately|<|>"
    r"|~)\w*[\s,;/-]*)*"
)
_PLUS = r"\+{1,4}(?!/[-−–])|±|\+/[-−–]|[1-4] ?\+|\+ve|pos(?:itive|itively|\.)?|[1-3] ?\+{1,3}"
_MINUS = r"-{1,3}|[−–—]|-ve|−ve|neg(?:ative|\.)?|0"
_EQUIVOCAL = r"[-−–]/\+|equivocal"
_BRACKET = Pattern(
    rf"\s?(?:protein|antigen|antibody)?\s?[(\[]\s*{_DEGREE}(?:(?P<plus>{_PLUS})"
    rf"|(?P<equivocal>{_EQUIVOCAL})|(?P<minus>{_MINUS}))\s*[,;:]?\s*{_DEGREE}[)\]]",
    re.I,
)
_ADVERB = r"(?:dot-like|focal|weak|diffuse|strong|patch|partial|moderate|variab|scattered)\w*"
_SIGN = Pattern(
    r"(?:\s?protein)?\s?(?::|=|(?<=\s)(?:was|were|is|are|scored?)(?:\s+(?:scored?|as))?(?=\s))?\s?"
    rf"(?:(?<=\s){_ADVERB}\s?)?"
    r"(?:(?P<equivocal>[-−–]/\+)|(?P<plus>±|\+/[-−–]|\+{1,4}(?:ve\b)?"
    r"|(?<=[\s:=])[1-4]\+|(?<=\s)pos\b\.?)|(?P<minus>[-−–]ve\b|(?<=\s)neg\b\.?"
    r"|(?<=\S)[-−–](?=\s*(?:[,;.)\]/]|$|and\b|(?:immuno)?(?:pheno|profile)"
    r"|(?:(?!positiv|negativ|immuno|stain|express|react)[\w-]+\s)?(?:cells|tumou?r|neoplasm)\b))"
    r"|(?<=[\s:=])[-−–](?=\s*(?:[,;.)\]]|$))))(?!\w)"
)
_SUSPENDED = Pattern(rf"[-‐–](?:\s*(?:,|and|or|/)\s*{MARK}+[-‐–]?)+(?<=[-‐–])[a-z]{{3}}")
""" "CD31- and CD163-positive": the first hyphen waits for the second."""
_SHARE = Pattern(
    r"\s?(?:expression\s?)?(?:\(|:|=|was|is|of)?\s?(?P<less><\s?)?(?P<share>\d{1,3})(?:\s?[-–]\s?\d{1,3})?\s?%"
)
_TOLD_BY_SHARE = frozenset({"ER", "PR", "AR", "PD-L1"})
"""Markers that are reported as the share of stained nuclei or cells; below 1% is negative (ASCO/CAP 2020 for ER and PR)."""
_HYPHENATED = Pattern(
    r"(?:[-‐–]|\s)(?:(?P<plus>positiv(?:e|ity)|immunoreactiv(?:e|ity)|expressing|reactive"
    r"|immunopositive)|(?P<minus>negativ(?:e|ity)|deficient|immunonegative"
    r"|non-?reactive))\b(?!\s+(?:for|to|with)\b)",
    re.I,
)
_DEGREE_ONLY = Pattern(
    r"\s?\(\s*(?:strong|weak|focal|diffuse|patchy|partial|scattered|variable"
    r"|moderate)(?:ly)?(?:[\s,/]+(?:and\s+)?(?:strong|weak|focal|diffuse|patchy|nuclear|cytoplasmic"
    r"|membranous|moderate)(?:ly)?)*\s*\)",
    re.I,
)
_NOT_A_STAIN = Pattern(
    r"[\s-]*(?:(?!(?:and|or|but|while|with)\b)\(?\w*\)?\s)?(?:gene|genes|mutation|mutations|mutated|mutant|amplif\w+|rearrang\w+"
    r"|fusion|translocation|break[- ]?apart|mRNA|transcripts?|deletion|co-?deletion|copy|methylation"
    r"|locus|FISH|in situ hybridi\w+|promoter|exon|sequencing|PCR|[- ]?targeted|inhibitors?"
    r"|secretion|release|resistance|sensitivity|levels?\b(?! of expression)|titers?|artery|syndrome)\b"
    r"|\+?\s?(?:T[- ]?)?(?:(?:cell|lymphocyte)s?\s)?counts?\b",
    re.I,
)
_OF_A_FUSION = Pattern(r"\b(?-i:[A-Z][A-Z0-9]{1,7})(?:[-‐–]|::)\Z")
""" "positive for CIC-DUX4": the partner of a fusion gene."""
_IN_SERUM = Pattern(r"\b(?:serum|plasma|urinary|circulating)\s+(?:\w+\s+)?\Z", re.I)
_MOLECULAR = Pattern(
    r"\b(?:FISH|(?i:in situ hybridi[sz]ation)|(?:RT-?)?PCR|(?i:polymerase chain|sequenc\w+)|NGS"
    r"|(?i:karyotyp\w*|cytogenetic\w*|microarray|amplification|mutational))\b"
)
_NEW_CLAUSE = Pattern(r";|\.\s|,\s+(?:and|but|while|whereas)\b")
_VALUES = Pattern(r"(?:\s*\([A-Z]{2,5}\)|\))?\s+(?:serum )?(?:values?|levels?|concentrations?|titers?)\b", re.I)
_FLOW = Pattern(r"\bflow cytomet\w+", re.I)
_SERUM = Pattern(
    r"\b(?:serum|plasma|blood (?:test|level|count|sample|work)s?|laborator\w+|[nµumμ]g/m?l|mIU"
    r"|I?U/m?l|tumou?r markers?|ng/dl|pg/ml|titer|serolog\w+|hormone levels?|normal (?:range|limits"
    r"|value))",
    re.I,
)
_STAINING = Pattern(
    r"immuno|immune-?hist|\bIHC\b|stain|antibod|positiv|reactiv|\bexpress|histochem|histolog|histopath|microscop", re.I
)
_STAINING_STRICT = Pattern(
    r"immuno|immune-?hist|\bIHC\b|stain|antibod|histolog|histopath|microscop|tumou?r cells|receptor", re.I
)
_STAINED = Pattern(r"immuno|\bIHC\b|stain|antibod|\(\s*[+-]+\s*\)", re.I)
_KERATINS = Pattern(
    r"\b(?:(?:cyto)?keratins?(?:\s?\((?:CKs?)\))?|CKs?)\s?(?P<numbers>(?!5,? and 6\b)\d{1,2}(?:\s*(?:,|and"
    r"|or|&|,\s*and)\s*\d{1,2}(?:/\d{1,2})?)+)"
    r"(?![\d.βa-zA-Z]|\s?%|\s*(?:cases|patients))",
    re.I,
)
_HORMONE = r"(?:o?estrogen|progesterone|androgen)"
_HORMONE_AND = Pattern(rf"\b{_HORMONE}(?=\s?(?:,|and|or|/|nor)\s?(?:(?:and|or|nor)\s)?(?:\w+\s)?{_HORMONE})", re.I)
_RECEPTOR_OF = {"e": "ER", "o": "ER", "p": "PR", "a": "AR"}
_RECEPTORS_FOR = Pattern(
    r"\b(?P<ER>receptors? for o?estrogens?),? (?:and|or|nor) (?:for )?(?P<PR>progest(?:erone|agen|in)s?)\b", re.I
)
_SHORT = Pattern(r"[A-Z]{2,3}")
"""Abbreviations that also name departments, enzymes or responses (ER, PR, CK, AR, PSA): they need words of staining near."""
_EXPRESSED = Pattern(
    r"\s+(?:was|were|is|are)\s+(?:not\s+|\w+ly\s+)*(?:(?:over)?expressed|(?:immuno)?(?:posi|nega)tive)\b"
    r"|[\s-]*(?:protein\s)?(?:(?:over)?expression|(?:immuno)?-?(?:positiv|reactiv|negativ|stain)\w*)\b",
    re.I,
)
""" "ALK-positive" needs no other words of staining; but receptors are also named of earlier breast cancers."""
_SPECIMEN = Pattern(
    r"\b(?P<specimen>(?:core|needle|incisional|punch|fine[- ]needle)?[ -]?biops(?:y|ies)"
    r"|frozen section|aspirat\w+|cytolog\w+|recurren(?:t|ce)\w*|metasta(?:tic|sis|ses)"
    r"|second (?:operation|resection|surgery)|autopsy)\b",
    re.I,
)
_COMPONENT = Pattern(
    r"\b(?P<component>(?:\w+ )?components?|(?:epithelial|epithelioid|spindle|glandular|rhabdoid"
    r"|sarcomatous|sarcomatoid|round|small|giant|chondroid|cartilag\w+|osteo\w*|neural"
    r"|rhabdomyoblastic|biphasic|ductal|myoepithelial|stromal|glial|gliomatous|undifferentiated"
    r"|dedifferentiated|squamous)(?: cells?)? (?:component|areas?|elements?|part|portion|cells|foci"
    r"|regions?)|luminal|basal)\b",
    re.I,
)
_EXTENTS = ("focal", "patchy", "diffuse", "scattered", "multifocal", "partial", "heterogeneous")
_INTENSITIES = ("weak", "strong", "moderate", "faint", "intense")
_PERCENT = Pattern(r"(?<![\d.])(\d{1,3}(?:[.,]\d+)?)(?:\s*%?\s*(?:-|–|to)\s*(\d{1,3}))?\s*%")


_TRIPLE_NEGATIVE = Pattern(r"\btriple[- ]negative\b", re.I)
_RECEPTORS = ("ER", "PR", "HER2")
""" "Triple-negative" is said of the three receptors that the treatment of breast cancer aims at (ASCO/CAP)."""


def extract(view: SentenceView) -> Iterator[Draft]:
    if (triple := view.search(_TRIPLE_NEGATIVE)) and not is_general(view.text, triple.start()):
        for label in _RECEPTORS:
            yield Draft(value=Stain(marker=label, result=Result.NEGATIVE), spans=(view.place(triple),))
    stains = _stains(view)
    if not stains or _about_serum(view):
        return
    start = view.span.start
    spans = [span for _, span in stains]
    text = masked(view.text, spans)
    groups = [group for group in coordinated(text, spans) if not _otherwise_tested(text, spans, group)]
    local = {i: found for group in groups for i in group if (found := _local(text, spans[i], stains[i][0]))}
    unread = [[spans[i] for i in group if i not in local] for group in groups]
    about_staining = bool(_STAINING.search(view.text) or _told_before(view) or _is_a_panel(view, stains))
    read = {
        span: verdict
        for verdict in verdicts(text, [group for group in unread if group], context=about_staining)
        for span in verdict.members
    }
    _carry(groups, spans, local, read)
    done: set[tuple[str, Result, int]] = set()
    for index, (label, span) in enumerate(stains):
        verdict = local.get(index) or read.get(span)
        if label == "Ki-67":
            continue  # a member of the list, but its result is the percentage that the pathology topic reads
        if verdict is None or (is_of_other_cells(text, span, verdict) and not is_of_own_kind(view)):
            verdict = contrasted(text, verdict.members if verdict else (span,))
        if verdict is None or is_general(text, span.start):
            continue
        told = (label, verdict.result, clause(text, span.start)[0])  # another clause may be about another patient
        if told in done:
            continue
        done.add(told)
        stain = _describe(view, text, label, span, verdict)
        yield Draft(value=stain, spans=tuple(_places(start, span, verdict.cue)))


def _places(start: int, span: TextSpan, cue: TextSpan) -> Iterator[TextSpan]:
    yield TextSpan(span.start + start, span.end + start)
    if cue.end > cue.start:
        yield TextSpan(cue.start + start, cue.end + start)


def _told_before(view: SentenceView) -> bool:
    """Whether the sentence before is about staining: by its words, or by the number of antibodies that it names."""
    previous = view.previous
    return previous is not None and bool(_STAINING.search(previous.text) or len(previous.of("marker")) > 2)


_OTHERWISE_FOUND = Pattern(
    r"\b(?:mutat|mutant|variant|alteration|rearrange|fusion|translocat|delet|amplif|methylat|sequenc|genom|genetic|PCR|FISH"
    r"|elevated|raised|increased|normal|levels?|values?|titers?|serum|blood|[nµumμ]g/|I?U/)",
    re.I,
)


def _is_a_panel(view: SentenceView, stains: Sequence[tuple[str, TextSpan]]) -> bool:
    """Whether several antibodies are named and nothing hints at genes or blood: "A and B were found in the tumour cells"."""
    return len({label for label, _ in stains}) > 1 and not view.search(_OTHERWISE_FOUND)


def _stains(view: SentenceView) -> list[tuple[str, TextSpan]]:
    """Labels and places (in the sentence) of what can be stains: antibodies, not genes, arteries or levels."""
    kept: list[tuple[str, TextSpan]] = []
    markers = [mention for mention in view.of("marker") if not _IN_SERUM.search(view.before(mention.span, 30))]
    if not markers:
        return kept
    neighbours = (view.previous.text if view.previous else "") + view.text
    staining = len({m.concept for m in markers}) > 1 or _STAINING_STRICT.search(neighbours)
    numbered = [*_numbered_keratins(view, markers), *_elided_receptor(view, markers)]
    start = view.span.start
    for mention in markers:
        span = TextSpan(mention.span.start - start, mention.span.end - start)
        if mention.get("nature") == "special stain" or any(
            span.overlaps(other) for _, other in (*numbered, *kept[-1:])
        ):
            continue
        expressed = mention.label not in _TOLD_BY_SHARE and _EXPRESSED.match(view.text, span.end)
        if _OF_A_FUSION.search(view.text[: span.start]) and not any(other.end == span.start - 1 for _, other in kept):
            continue
        if _NOT_A_STAIN.match(view.text, span.end) or (_SHORT.fullmatch(mention.words) and not (staining or expressed)):
            continue
        kept.append((mention.label, span))
    return sorted([*kept, *numbered], key=lambda stain: stain[1])


def _numbered_keratins(view: SentenceView, markers: Sequence[Mention]) -> list[tuple[str, TextSpan]]:
    """ "CK 7, 19 and 20" names three keratins; the word is printed once."""
    if not any(mention.label.startswith(("CK", "pan-c")) for mention in markers):
        return []
    found: list[tuple[str, TextSpan]] = []
    for match in view.find(_KERATINS):
        place = match.start("numbers")
        for number in re.finditer(r"\A8\s*(?:and|&)\s*18\Z|\d[\d/]*", match["numbers"]):
            start = place + number.start() if number.start() else match.start()
            label = "/".join(re.findall(r"\d+", number[0]))  # 8 and 18 are a pair, stained together
            found.append((f"CK{label}", TextSpan(start, place + number.end())))
    return found


def _elided_receptor(view: SentenceView, markers: Sequence[Mention]) -> list[tuple[str, TextSpan]]:
    """ "estrogen, progesterone and androgen receptors": all but the last, whose noun is printed once."""
    if not any(mention.label in _RECEPTOR_OF.values() for mention in markers):
        return []
    return [(_RECEPTOR_OF[match[0][0].lower()], TextSpan(*match.span())) for match in view.find(_HORMONE_AND)] + [
        (label, TextSpan(*match.span(label))) for match in view.find(_RECEPTORS_FOR) for label in ("ER", "PR")
    ]


def _about_serum(view: SentenceView) -> bool:
    return _SERUM.search(view.text) is not None and not _STAINED.search(view.text)


def _otherwise_tested(text: str, spans: Sequence[TextSpan], group: Sequence[int]) -> bool:
    """Whether a group was tested by flow cytometry, in situ hybridisation or sequencing, by the words beside it."""
    left = spans[group[0] - 1].end if group[0] else 0
    right = spans[group[-1] + 1].start if group[-1] + 1 < len(spans) else len(text)
    lead = _NEW_CLAUSE.split(text[left : spans[group[0]].start])[-1]
    tail = _NEW_CLAUSE.split(text[spans[group[-1]].end : right])[0].partition(",")[0]
    if _FLOW.search(lead + tail) or _VALUES.match(tail):
        return True
    return _MOLECULAR.search(lead + tail) is not None and not _STAINED.search(text)


def _local(text: str, span: TextSpan, label: str) -> Verdict | None:
    """A result that is attached to the marker itself: "(+)", "3+", "-positive", ": negative", "ER 90%"."""
    if _SUSPENDED.match(text, span.end):
        return None
    for pattern in (_BRACKET, _SIGN, _HYPHENATED):
        if match := pattern.match(text, span.end):
            groups = match.groupdict()
            cue = TextSpan(*match.span())
            if pattern is _HYPHENATED and not text[span.end : span.end + 1].strip():
                return None  # "SMA positive" may close a list: "desmin and SMA positive"
            result = Result.POSITIVE if groups.get("plus") else Result.NEGATIVE
            return Verdict(result=Result.EQUIVOCAL if groups.get("equivocal") else result, cue=cue, members=(span,))
    if label in _TOLD_BY_SHARE and (share := _SHARE.match(text, span.end)):
        positive = int(share["share"]) > 0 and not share["less"]
        result = Result.POSITIVE if positive else Result.NEGATIVE
        return Verdict(result=result, cue=TextSpan(*share.span()), members=(span,))
    return None


def _carry(
    groups: Sequence[Sequence[int]],
    spans: Sequence[TextSpan],
    local: dict[int, Verdict],
    read: dict[TextSpan, Verdict],
) -> None:
    """A sign at the end of a list holds for the members before it that have no other result: "CK, EMA (-)"."""
    for group in groups:
        behind: Verdict | None = None
        for index in reversed(group):
            if index in local:
                behind = local[index]
            elif behind and spans[index] not in read:
                local[index] = behind


def _describe(view: SentenceView, text: str, label: str, span: TextSpan, verdict: Verdict) -> Stain:
    around = _around(text, span, verdict)
    extent = next(
        (word for word in _EXTENTS if re.search(rf"\b{word}", around.replace("patchily", "patchy"), re.I)), None
    )
    intensity = next((word for word in _INTENSITIES if re.search(rf"\b{word}", around, re.I)), None)
    percent = None
    if verdict.result is Result.POSITIVE and (match := _PERCENT.search(text[span.end : span.end + 60].split(MARK)[0])):
        low = float(match[1].replace(",", "."))
        high = float(match[2]) if match[2] else low
        percent = (low + high) / 2 if high <= 100 else None
    specimen = _SPECIMEN.search(view.text)
    start, stop = clause(text, span.start)
    first = span.start - start
    components = list(_COMPONENT.finditer(text[start:stop]))
    component = next((m for m in reversed(components) if m.end() <= first), components[0] if components else None)
    negative = verdict.result is Result.NEGATIVE
    return Stain(
        marker=label,
        result=verdict.result,
        extent=None if negative else extent,
        intensity=None if negative else intensity,
        percent=percent,
        specimen=specimen["specimen"].strip().lower() if specimen else None,
        component=component["component"].lower() if component else None,
    )


def _around(text: str, span: TextSpan, verdict: Verdict) -> str:
    """The words that describe a result: the marker's own ("weakly for desmin"), else those around and within its cue."""
    behind = re.split(rf"[,;{MARK}]|\band\b|\bwith\b(?=[^,;]*{MARK})", text[span.end : span.end + 40])[0]
    own = re.split(rf"[,;{MARK}]|\band\b", text[max(0, span.start - 40) : span.start])[-1]
    if re.search("|".join((*_EXTENTS, *_INTENSITIES)), own, re.I):
        return f"{own} {behind}"
    cue = verdict.cue
    lead = re.split(rf"[,;{MARK}]|\band\b", text[max(0, cue.start - 30) : cue.start])[-1]
    inside = text[cue.start : cue.end] if cue.end - cue.start < 90 else ""
    return f"{lead} {inside.replace(MARK, '')} {behind}"


TOPIC = Topic(name="ihc", extract=extract, values=(Stain,), terms=("markers.csv",))
