"""Tumour diagnoses, and how each name is meant: final, only named, suspected, in the differential, excluded, previous.

The status comes from the nearest cue of diagnosis.toml in the same clause; without one the tumour is `named`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Literal, cast

import msgspec

from caselore.language.lexicon import Mention
from caselore.language.naming import printed_name
from caselore.language.patterns import Pattern
from caselore.language.view import Reading, SentenceView
from caselore.model.fact import Assertion, Value
from caselore.model.text import TextSpan
from caselore.topics.topic import Draft, Topic

Status = Literal["final", "named", "suspected", "differential", "component", "excluded", "previous", "frozen"]


class Diagnosis(Value, frozen=True, tag="diagnosis"):
    """A tumour type. `label` is the printed name in American spelling, `concept` that of tumours.csv or empty.

    `rank` is empty for a tumour type and "generic" for a class of tumours ("sarcoma"). `parents` are the concepts above
    it. `named` stands for a name without any cue; `component` for a part or precursor of another tumour.
    """

    label: str
    concept: str = ""
    status: Status = "named"
    rank: str = ""
    parents: tuple[str, ...] = ()
    codes: Mapping[str, str] = msgspec.field(default_factory=dict)

    def __str__(self) -> str:
        return f"{self.status} {self.label}"


_BREAK = Pattern(r"[;.:](?=\s)|\bbut\b|\bwhereas\b|\bhowever\b", re.I)
_SENTENCE_BREAK = Pattern(r"[;.](?=\s)|\bbut\b|\bwhereas\b|\bhowever\b", re.I)
_REACH = {"before": 80, "after": 40}
_BY_ASSERTION: dict[Assertion, Status] = {
    Assertion.NEGATED: "excluded",
    Assertion.POSSIBLE: "suspected",
    Assertion.HISTORICAL: "previous",
}
# Names in a list share the cue in front of the first one; these cues reach the next name only.
_ADJACENT_ONLY = frozenset(
    {"or", "no", "not", "without", "like", "ex", "known", "prior", "previous", "earlier", "childhood", "called"}
)
# "melanoma black 45" and "lymphoma-2" are markers, "sarcoma-like" and "tumor-associated" say what something is not.
_PART_OF_ANOTHER_NAME = Pattern(
    r"^(?: black\b| antigens?\b|[- ]?2\b|-(?:like|associated|related|specific|free)\b| (?:cells? line|board|centre|center)\b)",
    re.I,
)
_SHARE = Pattern(r"^\s*\(\s*(?:about |approximately |approx\. |~|<|>)?\d{1,2}\s*%", re.I)
""" "immature teratoma (75%), germinoma (20%)": the parts of a mixed tumour."""
# What these set aside is the noun behind them: "like ...", "instead of surgery in a child with a sarcoma".
_OF_NEXT_NOUN = frozenset(
    {"like", "unlike", "instead of", "rather than", "as opposed to", "in contrast to", "such as", "including"}
)
_NEXT_PHRASE = Pattern(r"\b(?:in|with|who|that|because|after|for)\b", re.I)
_END_OF_LIST = Pattern(r"[.;:]|\b(?:was|were|we|he|she|which|that|who|and|with|but)\b", re.I)
_OR = Pattern(r"\bor\b", re.I)
_UNLISTED = Pattern(r"\b(?:[a-z]+(?:sarcoma|carcinoma|blastoma|cytoma|thelioma)|[a-z]{3,}oma)(?:s|ta)?\b", re.I)
_NO_TUMOUR = Pattern(
    r"^(?:coma|h[a]?ematoma|trauma|stroma|scotoma|diploma|glaucoma|aroma|genoma|seroma|granuloma|condyloma|mycetoma|"
    r"tuberculoma|atheroma|staphyloma|stoma|\w*stoma|trachoma|hygroma|biloma|urinoma|lymphocele|xanthoma|cosmoma|aspergilloma|"
    r"\w*trauma|\w*stroma|polytrauma|axoma|sarcoma|carcinoma|idioma|leucoma|soma|\w+somas?|symptoma|hydatidoma)(?:s|ta)?$",
    re.I,
)


def extract(view: SentenceView) -> Iterator[Draft]:
    """One diagnosis for every tumour name of the sentence."""
    cues = view.of("diagnosis_cue")
    covered: list[TextSpan] = []
    for mention in view.of("tumour"):
        covered.append(mention.span)
        rank = mention.get("rank")
        if rank == "other" or mention.weak or mention.concept in ("neoplasm", "metastasis"):
            continue
        if _PART_OF_ANOTHER_NAME.match(view.after(mention.span, 14)):
            continue
        yield _draft(view, mention.span, mention, printed_name(mention), cues)
    for span, label in _unlisted(view):
        if not any(span.overlaps(other) for other in covered):
            covered.append(span)
            yield _draft(view, span, None, label, cues)
    for span, known in _abbreviated(view):
        if not any(span.overlaps(other) for other in covered):
            yield _draft(view, span, known, printed_name(known), cues)


def _draft(view: SentenceView, span: TextSpan, mention: Mention | None, label: str, cues: tuple[Mention, ...]) -> Draft:
    cue = _cue(view, span, cues)
    assertion = view.assertion(span)
    status = cast(Status, cue.label) if cue else _BY_ASSERTION.get(assertion, "named")
    if cue and cue.label == "final" and assertion in (Assertion.NEGATED, Assertion.HISTORICAL):
        status = _BY_ASSERTION[assertion]
    if cue and status == "final" and cue.get("side") == "before" and _is_one_of_several(view, cue):
        status = "differential"
    if _SHARE.match(view.after(span, 20)):
        status = "component"
    term = mention.term if mention else None
    value = Diagnosis(
        label=label,
        concept=term.concept if term else "",
        status=status,
        rank=term.attributes.get("rank", "") if term else "",
        parents=term.parents if term else (),
        codes=dict(term.codes) if term else {},
    )
    elsewhere = assertion in (Assertion.FAMILY, Assertion.OTHER_PATIENT)
    spans = (span, cue.span) if cue else (span,)
    return Draft(value=value, spans=spans, assertion=assertion if elsewhere else Assertion.AFFIRMED)


def _is_one_of_several(view: SentenceView, cue: Mention) -> bool:
    """Whether a cue opens a list of alternatives: "under the diagnosis of A, B, or C"."""
    listed = _END_OF_LIST.split(view.after(cue.span, 160))[0]
    end = cue.span.end + len(listed)
    named = [mention.span for mention in view.of("tumour") if cue.span.end <= mention.span.start < end]
    return len(named) > 1 and _OR.search(view.words(TextSpan(named[0].end, named[-1].start))) is not None


def _cue(view: SentenceView, span: TextSpan, cues: tuple[Mention, ...]) -> Mention | None:
    """The nearest cue whose reach covers the name; one behind the name wins over a farther one in front."""
    best: tuple[int, Mention] | None = None
    for cue in cues:
        if cue.span.overlaps(span):
            continue
        if cue.get("side") == "before" and cue.span.end <= span.start:
            gap = TextSpan(cue.span.end, span.start)
        elif cue.get("side") == "after" and span.end <= cue.span.start:
            gap = TextSpan(span.end, cue.span.start)
        else:
            continue
        words = view.words(gap)
        if len(words) > _reach(cue):
            continue
        if (_SENTENCE_BREAK if ":" in words[:2] else _BREAK).search(words):
            continue
        if cue.words.lower() in _OF_NEXT_NOUN and _NEXT_PHRASE.search(words):
            continue
        if best is None or len(words) <= best[0]:
            best = (len(words), cue)
    return best[1] if best else None


def _reach(cue: Mention) -> int:
    """How many characters may stand between a cue and the name that it speaks of."""
    if cue.words.lower() in _ADJACENT_ONLY:
        return 12
    return 30 if cue.label == "previous" else _REACH[cue.get("side")]


def _unlisted(view: SentenceView) -> Iterator[tuple[TextSpan, str]]:
    """Names in -oma that no table holds."""
    for match in view.find(_UNLISTED):
        word = re.sub(r"(?:s|ta)$", "", match[0].lower())
        if not _NO_TUMOUR.match(word):
            yield view.place(match), word.replace("haem", "hem")


def _abbreviated(view: SentenceView) -> Iterator[tuple[TextSpan, Mention]]:
    """Abbreviations that the text itself defines by a listed tumour name."""
    for short, pattern, mention in view.reading.in_whole(_defined):
        if short in view.text:
            for match in pattern.finditer(view.text):
                yield view.place(match), mention


def _defined(reading: Reading) -> list[tuple[str, re.Pattern[str], Mention]]:
    """Each abbreviation, how it is found again, and the name that it stands for."""
    names: dict[str, Mention] = {}
    for view in reading.sentences:
        for mention in view.of("tumour"):
            if mention.get("rank") != "other" and mention.concept not in ("neoplasm", "metastasis"):
                names.setdefault(mention.words.lower().rstrip("s"), mention)
    found: list[tuple[str, re.Pattern[str], Mention]] = []
    for short, long in reading.abbreviations().items():
        ending = [mention for words, mention in names.items() if long.lower().rstrip("s").endswith(words)]
        if ending:
            pattern = re.compile(rf"\b{re.escape(short)}s?\b")
            found.append((short, pattern, max(ending, key=lambda m: len(m.words))))
    return found


TOPIC = Topic(name="diagnosis", extract=extract, values=(Diagnosis,), terms=("tumours.csv", "diagnosis.toml"))
