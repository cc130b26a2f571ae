"""Complications of treatment: what went wrong after surgery, radiotherapy or drugs; not the symptoms of the tumour."""

from __future__ import annotations

import re
from collections.abc import Iterator

from caselore.language.generality import is_general
from caselore.language.lexicon import Mention
from caselore.language.patterns import Pattern
from caselore.language.view import SentenceView
from caselore.model.fact import Assertion, Value
from caselore.topics.topic import Draft, Topic


class Complication(Value, frozen=True, tag="complication"):
    """`name` is a label of complication.toml or symptoms.csv, or "any complication" (of a course that was uneventful).

    `cause` is "surgery", "radiotherapy", "chemotherapy" or a drug's generic name, where the words tell it; `grade` is
    that of toxicity scales (CTCAE, 1 to 5).
    """

    name: str
    cause: str | None = None
    grade: int | None = None

    def __str__(self) -> str:
        grade = "" if self.grade is None else f" grade {self.grade}"
        return f"{self.name}{grade}" + (f" of {self.cause}" if self.cause else "")


_CAUSES = (
    (
        "radiotherapy",
        Pattern(
            r"\b(?:radi(?:ation|otherapy)[\s-](?:induced|related|associated)|(?:after|following|during|because\s+of|due\s+to)\s+(?:the\s+|his\s+|her\s+)?(?:radiotherapy|radiation|irradiation)"
            r"|radiation\s+(?:dermatitis|pneumonitis|enteritis|proctitis|cystitis))\b",
            re.I,
        ),
    ),
    (
        "chemotherapy",
        Pattern(
            r"\b(?:chemotherapy[\s-](?:induced|related|associated)|(?:after|following|during|because\s+of|due\s+to)\s+(?:the\s+|his\s+|her\s+)?(?:\w+\s+(?:cycle|course)\s+(?:of\s+)?)?"
            r"(?:chemotherapy|treatment\s+with|cycle\b))",
            re.I,
        ),
    ),
    (
        "surgery",
        Pattern(
            r"\b(?:post-?\s?operative(?:ly)?|post-?surgical|intra-?operative(?:ly)?|perioperative|(?:after|following|due\s+to|since|during)\s+(?:the\s+|this\s+|his\s+|her\s+)?"
            r"(?:surgery|operation|resection|excision|procedure|\w+ectomy|craniotomy|removal))\b",
            re.I,
        ),
    ),
)
_CUE = Pattern(
    r"\b(?:complicat\w+|toxicit\w+|side[\s-]effects?|adverse\s+(?:events?|effects?|reactions?)|re-?operated\s+(?:on\s+)?for|re-?exploration|revision\s+(?:surgery|for))\b",
    re.I,
)
_GRADE = r"(?:grade|CTCAE(?:\s+grade)?)\s*(?P<grade>[1-5]|I{1,3}|IV|V)\b"
_GRADE_BEFORE = Pattern(rf"\b{_GRADE}\s+(?:\w+\s+){{0,2}}$", re.I)
_GRADE_BEHIND = Pattern(rf"^\s*[,(]?\s*(?:of\s+)?{_GRADE}", re.I)
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "v": 5}
_INDUCED = Pattern(r"^[\s-]*(?:induced|related|associated)\s+(?:\w+\s+){0,2}$", re.I)
_DUE_TO = Pattern(
    r"^[^.;,]{0,20}\b(?:due\s+to|caused\s+by|attributed\s+to|because\s+of|from)\s+(?:the\s+|high-dose\s+)?$",
    re.I,
)
_PRESENTING = Pattern(
    r"\b(?:presented|presents|presenting|presentation|complain\w+|admitted|referred|history\s+of|was\s+seen\s+with|risk\s+(?:of|for)|to\s+(?:prevent|avoid|rule\s+out|exclude)|prophyla\w+|preoperative(?:ly)?)\b",
    re.I,
)
# what was there before goes away, persists or is compared; that is not a complication
_BEFORE_TREATMENT = Pattern(
    r"^[^.;]{0,40}?\b(?:improved|resolved|disappeared|subsided|persisted|recovered|regressed|was\s+(?:evacuated|relieved)|ceased)\b",
    re.I,
)
_DEVELOPED = Pattern(
    r"\b(?:develop\w*|occurred|suffered|experienced|complicated|appeared|noted|observed|new|had|resulted|led|caused|with)\b",
    re.I,
)
# infections that come with a patient's immunity, not with a treatment
_OF_ANOTHER_KIND = Pattern(
    r"\b(?:cryptococcal|tubercul\w+|fungal|viral|HIV|EBV|HPV|hepatitis|pre-?existing|known)\s+$", re.I
)
_DOUBTED = Pattern(r"\s+(?:being|was|were|is)\s+(?:a\s+possibil|possible|suspected|considered|thought|feared)", re.I)
_TREATMENTS = ("surgery", "chemotherapy", "radiotherapy")
_ANY = "any complication"
_NONE = Pattern(
    r"\b(?:(?:post-?\s?operative|recovery|hospital|subsequent|clinical)\s+(?:course|period|recovery|stay)\s+(?:was|were|had\s+been)\s+(?:completely\s+|entirely\s+)?(?:uneventful|uncomplicated|unremarkable)"
    r"|(?:uneventful|uncomplicated)\s+(?:post-?\s?operative|recovery|convalescence)|recovered\s+(?:uneventfully|without\s+complications?)|healing\s+was\s+uneventful"
    r"|(?:no|without(?:\s+any)?|free\s+of)\s+(?:\w+\s+){0,3}?complications?|(?:recovery|convalescence)\s+was\s+uneventful)\b",
    re.I,
)


def extract(view: SentenceView) -> Iterator[Draft]:
    """One complication for each name; a denied "any complication" where the course was uneventful and none is named."""
    found = list(_named(view))
    yield from found
    none = view.search(_NONE)
    if none and not found and not is_general(view.text, none.start()):
        yield Draft(value=Complication(name=_ANY), spans=(view.place(none),), assertion=Assertion.NEGATED)


def _named(view: SentenceView) -> Iterator[Draft]:
    names = view.of("complication")
    symptoms = [m for m in view.of("symptom") if m.get("nature") == "complication"]
    symptoms = [m for m in symptoms if not any(m.span.overlaps(name.span) for name in names)]
    if not (names or symptoms) or _PRESENTING.search(view.text):
        return
    seen: set[str] = set()
    for mention in (*names, *symptoms):
        if mention.label in seen or is_general(view.text, mention.span.start - view.span.start):
            continue
        assertion = view.assertion(mention.span)
        value = _read(view, mention, assertion)
        if value:
            seen.add(mention.label)
            yield Draft(value=value, spans=(mention.span,), assertion=assertion)


def _read(view: SentenceView, mention: Mention, assertion: Assertion) -> Complication | None:
    """None where the words may be a symptom of the tumour; what is denied has no cause and no grade."""
    always = bool(mention.get("always"))
    if assertion is not Assertion.AFFIRMED:
        return Complication(name=mention.label) if always else None
    if _OF_ANOTHER_KIND.search(view.before(mention.span)) or _DOUBTED.match(view.after(mention.span)):
        return None
    grade, cause = _grade(view, mention), _cause(view, mention)
    if not always and grade is None:
        caused = cause is not None and (cause not in _TREATMENTS or _DEVELOPED.search(view.text))
        if not (caused or _CUE.search(view.text)) or _BEFORE_TREATMENT.search(view.after(mention.span)):
            return None
    return Complication(name=mention.label, cause=cause or mention.get("cause") or None, grade=grade)


def _grade(view: SentenceView, mention: Mention) -> int | None:
    match = _GRADE_BEFORE.search(view.before(mention.span)) or _GRADE_BEHIND.match(view.after(mention.span))
    if match is None:
        return None
    printed = match["grade"].lower()
    return _ROMAN.get(printed) or int(printed)


def _cause(view: SentenceView, mention: Mention) -> str | None:
    """A drug that stands at the name, or else the treatment that the sentence names."""
    start = view.span.start
    for drug in view.of("drug"):
        between = (
            view.text[drug.span.end - start : mention.span.start - start]
            if drug.span.end <= mention.span.start
            else view.text[mention.span.end - start : drug.span.start - start]
        )
        pattern = _INDUCED if drug.span.end <= mention.span.start else _DUE_TO
        if drug.get("group") != "class" and pattern.match(between):
            return drug.label
    near = view.before(mention.span, 90) + view.words(mention.span) + view.after(mention.span, 60)
    return next((name for name, pattern in _CAUSES if pattern.search(near)), None)


TOPIC = Topic(
    name="complication",
    extract=extract,
    values=(Complication,),
    terms=("complication.toml", "symptoms.csv", "drugs.csv"),
    alone=False,
)
