"""Drugs against the tumour: agents, regimens, cycles, and whether they were given.

Supportive drugs (mesna, folinic acid, antiemetics, growth factors), steroids alone, antiepileptics, hormones in
replacement and immunosuppressants are read by the lexicon so that they are known, but they are no treatment of the tumour.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from caselore.language.given import ASSERTION, Giving, giving, is_generic, treatments
from caselore.language.lexicon import Mention
from caselore.language.past_treatment import is_past_treatment
from caselore.language.patterns import Pattern
from caselore.language.quantities import Quantity, QuantityKind
from caselore.language.view import SentenceView
from caselore.model.fact import Phase, Value
from caselore.model.text import TextSpan
from caselore.topics.catalogue import load_terms
from caselore.topics.topic import Draft, Topic


class DrugLine(Value, frozen=True, tag="drug_line"):
    """What one sentence says about systemic treatment.

    `agents` are generic names; `cytotoxic` tells chemotherapy from targeted, hormonal and immune treatment; `cycles` are
    those given, not those planned; `setting` is "adjuvant", "neoadjuvant" or "palliative".
    """

    agents: tuple[str, ...] = ()
    regimen: str | None = None
    cytotoxic: bool = False
    cycles: float | None = None
    setting: str | None = None

    def __str__(self) -> str:
        name = ", ".join(self.agents) or ("chemotherapy" if self.cytotoxic else "systemic therapy")
        regimen = f" ({self.regimen})" if self.regimen else ""
        cycles = f", {self.cycles:g} cycles" if self.cycles is not None else ""
        return f"{name}{regimen}{cycles}"


_NATURES = ("systemic", "cytotoxic", "targeted", "hormonal", "immunotherapy")
_REPLACEMENT = ("thyroid hormone", "vasopressin analogue", "growth hormone")
_ANTITUMOUR_ANYWAY = ("tretinoin", "isotretinoin", "bexarotene", "sulindac")
_CHEMORADIATION = "chemoradiotherapy"
_OTHER_DISEASE = Pattern(
    r"\b(?:immunosuppress\w+|rheumatoid|lupus|psoria\w+|crohn\w*|ulcerative\s+colitis|vasculitis|multiple\s+sclerosis|rejection|graft[-\s]versus|(?:chronic|viral)\s+hepatitis|hepatitis\s+[BC]|vaccin\w+|ectopic\s+pregnancy|acne|infertility|contracepti\w+|endometriosis|macular|intravitreal\w*|uveitis|hydroxychloroquine|sulfasalazine|leflunomide|adalimumab|etanercept|infliximab|sarcoidosis|dermatomyositis|arthritis|asthma|(?:uterine\s+)?fibroids|colitis|myasthenia|thrombocytop[ae]+ni\w+|h[ae]+molytic\s+an[ae]+mia|pemphigus|nephrotic)\b",
    re.I,
)
# in a transplant recipient these keep the graft
_IMMUNOSUPPRESSIVE = ("sirolimus", "everolimus")
_TRANSPLANT = Pattern(
    r"\b(?:renal|kidney|liver|heart|cardiac|lung|hepatic)\s+(?:allo)?(?:transplant\w*|graft)\b|\btransplant\s+recipient|\btacrolimus\b",
    re.I,
)
# a legend that spells out abbreviations: "ICE, ifosfamide/carboplatin/etoposide", "VAC: vincristine ..."
_LEGEND = Pattern(r"^\W*(?:abbreviations?:?\s*)?[A-Z][A-Z\d-]{1,7}\s*[,:=]\s*(?!(?:was|were|had)\b)[a-z]")
_TESTED = Pattern(
    r"\b(?:in\s+vitro|cell\s+lines?|xenograft\w*|sensitivity\s+(?:test|assay)\w*|chemosensitivity)\b", re.I
)
_STAGE = Pattern(r"\b(?:stage|staged|stages|type|class|grade|group|FIGO)\s+(?:of\s+|as\s+|was\s+)?$", re.I)
"""In front of an abbreviation that is a stage: "stage of IVA"."""
_DOSE_NEXT = Pattern(r"\s*(?:=|:|of)?\s*\d+(?:\.\d+)?\s*c?Gy\b", re.I)
"""Behind an abbreviation that is a dose of irradiation: "TD 66 Gy" is the total dose."""
_NO_DRUG = Pattern(
    r"[\s-]*(?:receptors?|levels?|scan|scintigra\w+|SPECT|PET|imaging|uptake|sensitivity|mutations?|assay)\b", re.I
)
_ON_THE_SPOT = Pattern(
    r"\b(?:topical(?:ly)?|local(?:ly)?\s+(?:applied|injected)|intra-?lesional(?:ly)?|intra-?vitreal(?:ly)?|peri-?lesional)\s+(?:\w+\s+){0,3}$"
    r"|\b(?:cream|ointment|gel|drops|lotion|paint)s?\s+(?:of|with|containing)\s+(?:\w+\s+)?$",
    re.I,
)
_AS_A_CREAM = Pattern(
    r"(?:\s*\(?\d+(?:\.\d+)?\s?%\)?)?\s*(?:(?:\d+(?:\.\d+)?\s?%|C|eye|topical)\s+)*(?:cream|ointment|gel|drops|eye\s?drops|lotion|paint|topically|was\s+(?:applied|injected)\s+(?:topically|intralesionally))\b",
    re.I,
)
"""A drug on the skin, in the eye or into the lesion is no systemic treatment."""
_TRACER = Pattern(r"(?:\d{2,3}m?-?\s?[A-Z][a-z]|\b[A-Z][a-z]-?\d{2,3}m?|DOTA\w*)[\s-]*$")
"""In front of a name that labels a scan: "99mTc-octreotide"."""
_CHEMO_CONTEXT = Pattern(r"\b(?:chemo\w*|regimens?|protocol|cycles?|courses?|schedule|scheme)\b", re.I)
_HISTORY = Pattern(
    r"\b(?:(?:past|medical|previous|prior)\s+(?:\w+\s+)?history|history\s+of|previously\s+treated\s+for|in\s+(?:his\s+|her\s+)?childhood)\b",
    re.I,
)
_NOT_CYCLES = Pattern(
    r"^[^.;,]{0,12}\b(?:of\s+)?(?:radio\w+|radiation|menstrua\w+|irradiation|hyperthermia|physio\w+|antibiotic\w*|plasma\w+)",
    re.I,
)
_PLANNED_BEFORE = Pattern(
    r"\b(?:planned|scheduled|intended|recommended|advised|proposed|of\s+(?:a\s+)?(?:planned|intended|total\s+of))\s+(?:\w+\s+){0,2}$",
    re.I,
)
_PLANNED_AFTER = Pattern(
    r"^(?:(?!\b(?:were|was|had|but)\b)[^.;]){0,70}?\b(?:were|was|are|is|had\s+been|have\s+been)\s+(?:\w+ly\s+)?(?:planned|scheduled|intended|recommended|advised|proposed)\b",
    re.I,
)
_NUMBERS = {
    w: float(n)
    for n, w in enumerate(
        ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"], 1
    )
}
_OF_WHICH = Pattern(
    r"\b(?P<n>\d{1,2}|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)\s+(?:of\s+(?:which|them|these)|(?:were|was|could\s+be)\s+(?:\w+ly\s+)?(?:given|administered|completed|delivered|tolerated))\b",
    re.I,
)
_PART_OF = Pattern(
    r"\b(?P<n>\d{1,2}|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)\s+(?:out\s+)?of\s+(?:the\s+)?(?:planned\s+|scheduled\s+|intended\s+)?(?:\d{1,2}|\w+)"
    r"\s+(?:planned\s+|scheduled\s+|intended\s+)?(?:cycles|courses)\b",
    re.I,
)
# counts that are no cycles in so many words: "every three weeks x 4", "four infusions"
_OTHER_COUNT = Pattern(
    r"\b(?P<k>\d{1,2}|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)\s+times\b(?!\s+(?:daily|a\s|per\b|the\b|normal|weekly|higher|larger|as\b|more))"
    r"|\btimes\s+(?P<l>\d{1,2}|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)\b|\b(?:every|each)\s+(?:\w+\s+){1,2}(?:weeks?|days?)\s*[x×]\s*(?P<n>\d{1,2})\b|\b(?P<m>\d{1,2}|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)\s+infusions\b",
    re.I,
)
_SETTINGS = (
    ("neoadjuvant", Pattern(r"\b(?:neo-?adjuvant|pre-?operative|induction)\b", re.I)),
    ("adjuvant", Pattern(r"\b(?:adjuvant|post-?operative(?:ly)?)\b", re.I)),
    ("palliative", Pattern(r"\bpalliati\w+\b", re.I)),
)


def extract(view: SentenceView) -> Iterator[Draft]:
    """One line for each way the sentence speaks of drugs (given, planned, declined ...), and lines of cycles alone."""
    if not _speaks_of_drugs(view) or _LEGEND.match(view.text) or _TESTED.search(view.text):
        return
    mentions = [mention for mention in view.of("drug", "regimen", "procedure") if _counts(view, mention)]
    cycles = _counts_of_cycles(view)
    phase = Phase.BEFORE if _HISTORY.search(view.text) or is_past_treatment(view.text) else None
    named = treatments(view)
    statuses: dict[Giving, list[Mention]] = {}
    for mention in mentions:
        status = giving(view, mention.span, named)
        untold = status is Giving.UNTOLD or (status is Giving.GENERAL and _is_named(mention) and bool(cycles))
        if untold and (_is_named(mention) or cycles) and not is_generic(view):
            status = Giving.GIVEN
        statuses.setdefault(status, []).append(mention)
    for status, found in statuses.items():
        if status in (Giving.UNTOLD, Giving.GENERAL):
            continue
        given = status is Giving.GIVEN
        yield Draft(
            value=_line(view, found, _cycles(view, cycles) if given else None, withheld=not given),
            spans=tuple(mention.span for mention in found),
            assertion=ASSERTION[status],
            phase=phase,
        )
    if not mentions:
        yield from _unnamed(view, cycles)
    yield from _nothing_given(view, mentions)


def _speaks_of_drugs(view: SentenceView) -> bool:
    return bool(
        view.has_any(("drug", "regimen", "procedure"))
        or view.quantities_of(QuantityKind.CYCLES)
        or view.search(_NTH_CYCLE)
        or view.search(_RADIOTHERAPY_ALONE)
    )


def _counts_of_cycles(view: SentenceView) -> tuple[Quantity, ...]:
    """Numbers of cycles; in "9 g/m2 per cycle" the number is a dose."""
    found = view.quantities_of(QuantityKind.CYCLES)
    return tuple(quantity for quantity in found if not _PER_CYCLE.search(view.words(quantity.span)))


def _counts(view: SentenceView, mention: Mention) -> bool:
    """Whether the mention is a treatment of the tumour."""
    if mention.kind == "procedure":
        return mention.concept == _CHEMORADIATION
    if mention.kind == "regimen":
        if _STAGE.search(view.before(mention.span, 24)) or _DOSE_NEXT.match(view.after(mention.span, 16)):
            return False
        return not mention.weak or _CHEMO_CONTEXT.search(view.text) is not None
    if _NO_DRUG.match(view.after(mention.span, 40)) or _TRACER.search(view.before(mention.span, 12)):
        return False
    if _ON_THE_SPOT.search(view.before(mention.span, 50)) or _AS_A_CREAM.match(view.after(mention.span, 40)):
        return False
    if _is_for_another(view, mention):
        return False
    if mention.label in _ANTITUMOUR_ANYWAY:
        return True
    if mention.get("nature") == "steroid" or mention.label == "propranolol":
        return _goes_with_drugs(view, mention) or _treats_such_tumours(view)
    if mention.get("nature") not in _NATURES or mention.get("group") in _REPLACEMENT or mention.weak:
        return False
    if mention.label in _IMMUNOSUPPRESSIVE and _TRANSPLANT.search(view.reading.document.text):
        return False
    return not (_is_named(mention) and _OTHER_DISEASE.search(view.text))


_OPENING = 500
"""Characters of a report that tell what tumour it is about."""
_FOR_AN_ORGAN = Pattern(
    r"[^.;,]{0,40}?\b(?:for|because\s+of|against)\s+(?:(?!\d|after\b|years\b|months\b)[\w-]+\s+){0,3}?(?:(?P<organ>breast|prostat|mammary|colon|rectal|colorectal|ovarian|lung|thyroid|bladder)"
    r"\w*\s+(?:cancer|carcinoma)|(?:cancer|carcinoma)\s+of\s+the\s+(?:\w+\s+)?(?P<of>breast|prostate|colon|rectum|ovary|lung|thyroid|bladder))",
    re.I,
)
_HAD_USED = Pattern(r"\bhad\s+(?:been\s+)?(?:us(?:ed|ing)|tak(?:en|ing))\s+(?:\w+\s+)?$", re.I)


def _is_for_another(view: SentenceView, mention: Mention) -> bool:
    """ "On tamoxifen because of breast cancer", in a report that does not open with the breast; hormones taken before."""
    if mention.get("nature") == "hormonal" and _HAD_USED.search(view.before(mention.span, 30)):
        return True
    match = _FOR_AN_ORGAN.match(view.after(mention.span))
    opening = view.reading.document.text[: min(_OPENING, view.span.start)].lower()
    return match is not None and (match["organ"] or match["of"]).lower() not in opening


def _goes_with_drugs(view: SentenceView, steroid: Mention) -> bool:
    """ "cyclophosphamide, vincristine and prednisone": a steroid in a list of drugs against the tumour."""
    others = [m.span for m in view.of("drug") if m.get("nature") in _NATURES and _is_named(m) and _counts(view, m)]
    before = [view.words(TextSpan(span.end, steroid.span.start)) for span in others if span.end <= steroid.span.start]
    behind = [view.words(TextSpan(steroid.span.end, span.start)) for span in others if span.start >= steroid.span.end]
    return any(_LISTED.fullmatch(gap) for gap in (*before, *behind)) and not _AGAINST.match(view.after(steroid.span))


_LISTED = Pattern(r"(?:(?!\b(?:was|were|had|received|because|after|without|during|then)\b)[^.]){1,45}", re.I)
_AGAINST = Pattern(r"\s+(?:as|for|against|to\s+(?:prevent|treat|reduce))\b", re.I)
_ANSWERING_TUMOURS = Pattern(
    r"\b(?:rosai|histiocytos[ei]s|langerhans|erdheim|xanthogranuloma|h[ae]+mangioma|h[ae]+mangioendothelioma|eosinophilic\s+granuloma|castleman)",
    re.I,
)


def _treats_such_tumours(view: SentenceView) -> bool:
    """Whether the report opens with a tumour that steroids and beta blockers are given against."""
    return _ANSWERING_TUMOURS.search(view.reading.document.text[:_OPENING]) is not None


def _is_named(mention: Mention) -> bool:
    """A drug or a regimen, not a class word ("chemotherapy")."""
    return mention.kind == "regimen" or (mention.kind == "drug" and mention.get("group") != "class")


@cache
def _natures() -> dict[str, str]:
    return {term.label: term.attributes.get("nature", "") for term in load_terms("drugs.csv")}


def _line(view: SentenceView, mentions: list[Mention], cycles: float | None, withheld: bool) -> DrugLine:
    """`withheld`: "systemic therapy was not given" rules chemotherapy out, "was given" does not tell that it was that."""
    agents: list[str] = []
    for mention in mentions:
        if mention.kind == "regimen":
            agents += [] if _is_spelled_out(view, mention, mentions) else mention.get("agents").split("|")
        elif _is_named(mention):
            agents.append(mention.label)
    agents = list(dict.fromkeys(agents))
    classes = [mention for mention in mentions if not _is_named(mention)]
    cytotoxic = withheld and any(mention.concept == "systemic_therapy" for mention in classes)
    cytotoxic = (
        cytotoxic
        or any(_natures().get(agent) == "cytotoxic" for agent in agents)
        or any(mention.kind == "procedure" or mention.get("nature") == "cytotoxic" for mention in classes)
    )
    return DrugLine(
        agents=tuple(agents),
        regimen=next((mention.label for mention in mentions if mention.kind == "regimen"), None),
        cytotoxic=cytotoxic,
        cycles=cycles,
        setting=next((name for name, pattern in _SETTINGS if pattern.search(view.text)), None),
    )


_OPENS_A_LIST = Pattern(r"[^.;(:]{0,60}[(:][^.;,()]{0,30}")
_CLOSES_A_LIST = Pattern(r"[^.;,()]{0,25}\(\s*")


def _is_spelled_out(view: SentenceView, regimen: Mention, mentions: list[Mention]) -> bool:
    """ "CHOP (cyclophosphamide, epirubicin, ...)", "cisplatin and etoposide (EP)": the drugs that are listed count."""
    drugs = [mention.span for mention in mentions if mention.kind == "drug" and _is_named(mention)]
    behind = [span for span in drugs if span.start >= regimen.span.end]
    before = [span for span in drugs if span.end <= regimen.span.start]
    if len(behind) > 1 and _OPENS_A_LIST.fullmatch(view.words(TextSpan(regimen.span.end, behind[0].start))):
        return True
    return (
        len(before) > 1
        and _CLOSES_A_LIST.fullmatch(view.words(TextSpan(before[-1].end, regimen.span.start))) is not None
    )


_ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")
_NTH_CYCLE = Pattern(
    rf"\b(?:after|during|until|at|in|following|completed|completion\s+of)\s+(?:the\s+|his\s+|her\s+)?(?P<n>{'|'.join(_ORDINALS)}|\d{{1,2}}(?=th|nd|rd))"
    r"(?:th|nd|rd)?\s+(?:cycle|course)\b|\b(?:after|during|until|at|following|completed)\s+(?:cycle|course)\s+(?P<number>\d{1,2})\b",
    re.I,
)


def _nth_cycle(view: SentenceView) -> float | None:
    """ "During the sixth cycle": so many were given at least."""
    if not (match := view.search(_NTH_CYCLE)):
        return None
    word = (match["n"] or match["number"]).lower()
    return float(_ORDINALS.index(word) + 1 if word in _ORDINALS else int(word))


_PER_CYCLE = Pattern(r"(?:\bper|/)\s*(?:cycle|course)\b", re.I)


def _cycles(view: SentenceView, cycles: tuple[Quantity, ...]) -> float | None:
    """The cycles that were given: of several numbers the largest that is not a plan."""
    told = [
        quantity
        for quantity in cycles
        if not _NOT_CYCLES.search(view.after(quantity.span, 40))
        and not _PLANNED_BEFORE.search(view.before(quantity.span, 40))
        and not _PLANNED_AFTER.search(view.after(quantity.span, 90))
    ]
    if not cycles and (nth := _nth_cycle(view)):
        return nth
    if not cycles and (other := view.search(_OTHER_COUNT)):
        count = other["n"] or other["m"] or other["k"] or other["l"]
        return _NUMBERS.get(count.lower()) or float(count)
    part = view.search(_PART_OF) or (view.search(_OF_WHICH) if len(told) < len(cycles) else None)
    if cycles and part:
        return _NUMBERS.get(part["n"].lower()) or float(part["n"])
    added = [quantity for quantity in told if _is_added(view, quantity)]
    first = [quantity for quantity in told if quantity not in added]
    if first and added:
        return max(quantity.value for quantity in first) + sum(quantity.value for quantity in added)
    return max([quantity.value for quantity in told or cycles], default=None)


def _is_added(view: SentenceView, quantity: Quantity) -> bool:
    """ "After two cycles there was a remission, and another two followed": cycles on top of those told before."""
    return bool(_FURTHER.search(view.words(quantity.span)) or _ANOTHER.search(view.before(quantity.span, 16)))


def _unnamed(view: SentenceView, cycles: tuple[Quantity, ...]) -> Iterator[Draft]:
    """ "Six cycles were completed": cycles of a treatment that was named before."""
    number = _cycles(view, cycles) if cycles else _nth_cycle(view)
    if number is None or is_generic(view):
        return
    if not cycles:
        match = view.search(_NTH_CYCLE)
        if match and not _NOT_CYCLES.search(view.text[match.end() :]):
            yield Draft(value=DrugLine(cycles=number), spans=(view.place(match),))
        return
    if not any(_is_course_of_drugs(view, quantity) for quantity in cycles):
        return
    status = giving(view, cycles[0].span)
    if status in (Giving.GIVEN, Giving.UNTOLD):
        yield Draft(value=DrugLine(cycles=number), spans=(cycles[0].span,))


# cycles added to those that were told before
_FURTHER = Pattern(r"\b(?:further|more|additional|other)\b", re.I)
_ANOTHER = Pattern(r"\b(?:another|further|additional)\s+$", re.I)
_RADIOTHERAPY_ALONE = Pattern(r"\b(?:radiotherapy|radiation(?:\s+therapy)?|irradiation)\s+alone\b", re.I)


def _is_course_of_drugs(view: SentenceView, quantity: Quantity) -> bool:
    after, before = view.after(quantity.span, 40), view.before(quantity.span, 40)
    if _FURTHER.search(view.words(quantity.span)):
        return False
    return not (
        _NOT_CYCLES.search(after)
        or _PLANNED_BEFORE.search(before)
        or _PLANNED_AFTER.search(view.after(quantity.span, 90))
    ) or (view.search(_OF_WHICH) is not None)


def _nothing_given(view: SentenceView, mentions: list[Mention]) -> Iterator[Draft]:
    if mentions:
        return
    for match in view.find(_RADIOTHERAPY_ALONE):
        if not is_generic(view):
            yield Draft(
                value=DrugLine(cytotoxic=True), spans=(view.place(match),), assertion=ASSERTION[Giving.WITHHELD]
            )


TOPIC = Topic(
    name="systemic_therapy",
    extract=extract,
    values=(DrugLine,),
    terms=("drugs.csv", "regimens.csv", "procedures.csv"),
)
