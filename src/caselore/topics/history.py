"""What was there before the reported tumour: immune status, earlier irradiation, earlier cancers, other diseases, family."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from importlib.resources import files

from caselore.language.given import Giving, giving
from caselore.language.lexicon import Mention
from caselore.language.patterns import Pattern
from caselore.language.view import SentenceView
from caselore.model.fact import Assertion, Phase, Value
from caselore.model.text import TextSpan
from caselore.topics.topic import Draft, Topic


class ImmuneStatus(Value, frozen=True, tag="immune_status"):
    """`aspect` is hiv or ebv (status positive, negative), transplant or immunocompetent (yes, no)."""

    aspect: str
    status: str

    def __str__(self) -> str:
        return f"{self.aspect} {self.status}"


class PriorRadiation(Value, frozen=True, tag="prior_radiation"):
    """Whether the site of the tumour had been irradiated before the tumour; `given` is "yes" or "no"."""

    given: str

    def __str__(self) -> str:
        return f"prior radiation {self.given}"


class Antecedent(Value, frozen=True, tag="antecedent"):
    """An earlier or accompanying disease, treatment or exposure; `concept` is a row of history.csv."""

    label: str
    concept: str
    nature: str

    def __str__(self) -> str:
        return self.label


_VIRUS = {
    "hx_hiv_infection": "hiv",
    "hx_aids": "hiv",
    "hx_epstein_barr_virus_infection": "ebv",
    "hx_eber_in_situ_hybridization": "ebv",
    "hx_ebv_latent_membrane_protein_1": "ebv",
}
_TRANSPLANT = frozenset(
    {
        "hx_renal_transplant", "hx_liver_transplant", "hx_heart_transplant", "hx_lung_transplant", "hx_pancreas_transplant",
        "hx_small_bowel_transplant", "hx_bone_marrow_transplant", "hx_solid_organ_transplant",
    }
)  # fmt: skip
_NO_FACT = frozenset({"hx_unremarkable_history", "hx_unremarkable_family_history", "hx_menopause", "hx_vaccination"})

_WORDING = tomllib.loads((files("caselore.topics") / "history_wording.toml").read_text(encoding="utf-8"))


def _any_of(name: str) -> Pattern:
    """One pattern out of a list of history_wording.toml; `{RT}` stands for the words of irradiation."""
    parts = [part.replace("{RT}", _WORDING["radiation"]) for part in _WORDING[name]]
    return Pattern("|".join(f"(?:{part})" for part in parts), re.I)


_NEGATIVE = _any_of("negative")
_RESULT = _any_of("positive")
_GENERAL = _any_of("general")
_NO_RADIATION = _any_of("never_irradiated")
_RADIATION_INDUCED = _any_of("radiation_induced")
_GIVEN_BEFORE = _any_of("irradiated_before")
_THIS_DISEASE = _any_of("for_this_disease")
_AUTOLOGOUS = Pattern(r"\bauto(?:logous|-?SCT|-?HSCT|graft\w*|-?transplant\w*)\b|\bASCT\b", re.I)
"""Cells that are given back after a treatment are nobody else's: no graft that needs immunosuppression."""
_OF_PEOPLE = Pattern(
    r"\b(?:individuals|patients|persons|people|hosts|those|adults|children)\s+(?:with|of|who (?:are|have))\s+(?:[\w-]+\s+){0,2}\Z",
    re.I,
)
""" "A tumour of individuals with immune suppression" tells of nobody in particular."""
_LISTED = Pattern(
    r"\b(?P<result>positive|positivity|immunoreactive|reactive|immunopositive|negative|non-?reactive) (?:for|with|to)\b"
    r"(?:(?!\b(?:was|were|but|while|whereas|positive|negative|did|showed)\b)[^;.])*\Z",
    re.I,
)
"""In front of a virus of a list: "positive for CD20, HHV-8 and EBV, negative for CD3"."""
_UNTESTED = Pattern(r"\b(?:never|not) (?:previously )?(?:been )?(?:tested|known|screened|examined)\b[^.;,]*\Z", re.I)
_IRRADIATION = Pattern(r"hx_(?:no_)?prior_.*(?:radiotherapy|irradiation)|hx_radiation_induced")
_REMARK_SECTIONS = frozenset({"introduction", "discussion", "conclusion", "references", "back_matter", "table"})


def extract(view: SentenceView) -> Iterator[Draft]:
    for mention in view.of("history"):
        if view.section.value in ("references", "back_matter") or mention.concept in _NO_FACT:
            continue
        if mention.concept in _VIRUS:
            yield from _virus(view, mention)
        elif mention.concept in _TRANSPLANT:
            yield from _transplant(view, mention)
        elif mention.concept in ("hx_immunocompetent", "hx_immunodeficiency"):
            yield from _competence(view, mention)
        elif not mention.weak and not _IRRADIATION.search(mention.concept):
            yield from _antecedent(view, mention)
    yield from _radiation(view)


def _status_draft(aspect: str, status: str, span: TextSpan) -> Draft:
    return Draft(value=ImmuneStatus(aspect=aspect, status=status), spans=(span,))


def _virus(view: SentenceView, mention: Mention) -> Iterator[Draft]:
    """Positive or negative as the sentence tells it of this virus; a virus that is only named says nothing."""
    assertion = view.assertion(mention.span)
    if assertion not in (Assertion.AFFIRMED, Assertion.NEGATED, Assertion.HISTORICAL) or _is_general(view):
        return
    if _UNTESTED.search(view.before(mention.span, 50)):
        return
    words = mention.words.lower()
    aspect = _VIRUS[mention.concept]
    if (
        re.search(r"negative", words)
        or assertion is Assertion.NEGATED
        or re.match(r"[-\s]*negativ", view.after(mention.span))
    ):
        yield _status_draft(aspect, "negative", mention.span)
    elif re.search(r"positive|infected|infection|living", words) or mention.concept == "hx_aids":
        yield _status_draft(aspect, "positive", mention.span)
    elif (told := _nearest_verdict(view, mention.span)) is not None:
        yield _status_draft(aspect, told, mention.span)


def _nearest_verdict(view: SentenceView, span: TextSpan) -> str | None:
    """The word of result that stands behind the virus in its clause, else in front of it."""
    behind = re.split(r"[;.]|\b(?:but|while|whereas|although)\b", view.after(span, 160))[0]
    front = re.split(r"[;.]|\b(?:but|while|whereas|although)\b", view.before(span, 100))[-1]
    if (listed := _LISTED.search(front)) and re.match(r"\s*(?:[,;.)]|and\b|or\b|but\b|\Z)", behind or "."):
        return "negative" if re.match("n", listed["result"], re.I) else "positive"
    hits = [
        (m.start(), status)
        for status, pattern in (("negative", _NEGATIVE), ("positive", _RESULT))
        for m in pattern.finditer(behind)
    ]
    if hits:
        return min(hits)[1]
    hits = [
        (-m.end(), status)
        for status, pattern in (("negative", _NEGATIVE), ("positive", _RESULT))
        for m in pattern.finditer(front)
    ]
    return min(hits)[1] if hits else None


_AS_TREATMENT = Pattern(
    r"\b(?:treated|cured|managed|removed)\s+(?:\w+ly\s+)?(?:by|with|through)\s+(?:\w+\s+){0,2}$", re.I
)
"""In front of a transplantation that was the treatment of the tumour."""


def _transplant(view: SentenceView, mention: Mention) -> Iterator[Draft]:
    """A graft that the patient had received; a transplantation for the tumour itself comes later and is told as such."""
    judgement = view.judge(mention.span)
    if _is_general(view) or _AUTOLOGOUS.search(view.before(mention.span, 40) + mention.words):
        return
    if _AS_TREATMENT.search(view.before(mention.span, 40)) or giving(view, mention.span) in (
        Giving.PLANNED,
        Giving.DECLINED,
    ):
        return
    if judgement.assertion is Assertion.NEGATED:
        yield _status_draft("transplant", "no", mention.span)
    elif judgement.assertion in (Assertion.AFFIRMED, Assertion.HISTORICAL) and not re.match(
        r"\s*(?:physician|team|surgeon|list|candidate|unit|board|cent(?:er|re)|evaluation|waiting)",
        view.after(mention.span),
    ):
        yield _status_draft("transplant", "yes", mention.span)


def _competence(view: SentenceView, mention: Mention) -> Iterator[Draft]:
    judgement = view.judge(mention.span)
    if (
        _is_general(view)
        or _OF_PEOPLE.search(view.before(mention.span))
        or judgement.assertion
        in (
            Assertion.FAMILY,
            Assertion.HYPOTHETICAL,
            Assertion.POSSIBLE,
            Assertion.OTHER_PATIENT,
        )
    ):
        return
    of_a_test = judgement.cue is not None and "negative" in view.words(judgement.cue).lower()
    negated = judgement.assertion is Assertion.NEGATED and not of_a_test
    words = mention.words.lower()
    if mention.concept == "hx_immunocompetent":
        starts_negative = re.match(r"(?:no|not|without|never|absence|normal|neither|denied|non|excluded)\b|non", words)
        competent = bool(starts_negative) or not negated
    else:
        competent = negated
        if not negated and "immunosuppression" in words:
            return  # a treatment; what it does to the patient is not told
    yield _status_draft("immunocompetent", "yes" if competent else "no", mention.span)


def _is_general(view: SentenceView) -> bool:
    return view.section.value in _REMARK_SECTIONS and _GENERAL.search(view.text) is not None


def _antecedent(view: SentenceView, mention: Mention) -> Iterator[Draft]:
    judgement = view.judge(mention.span)
    if judgement.assertion in (Assertion.HYPOTHETICAL, Assertion.PLANNED, Assertion.DECLINED, Assertion.OTHER_PATIENT):
        return
    if view.section.value in _REMARK_SECTIONS and not re.search(
        r"\b(?:our|this|the present) (?:patient|case)\b", view.text, re.I
    ):
        return
    assertion = Assertion.AFFIRMED if judgement.assertion is Assertion.HISTORICAL else judgement.assertion
    if judgement.cue and mention.span.covers(judgement.cue):
        assertion = Assertion.AFFIRMED
    phase = Phase.BEFORE if judgement.assertion is Assertion.HISTORICAL else None
    value = Antecedent(label=mention.label, concept=mention.concept, nature=mention.get("nature"))
    yield Draft(value=value, spans=(mention.span,), assertion=assertion, phase=phase)


def _radiation(view: SentenceView) -> Iterator[Draft]:
    """Irradiation that lies before the reported tumour, or the statement that there was none."""
    if not any(view.search(told) for told in (_NO_RADIATION, _RADIATION_INDUCED, _GIVEN_BEFORE)):
        return
    if view.section.value in ("references", "back_matter", "table"):
        return
    if match := view.search(_NO_RADIATION):
        yield Draft(value=PriorRadiation(given="no"), spans=(view.place(match),))
        return
    remark = view.section.value in _REMARK_SECTIONS and not re.search(
        r"\b(?:our|this|the present) (?:patient|case|tumou?r)\b|\b(?:he|she|her|his)\b", view.text, re.I
    )
    if remark:
        return
    if match := view.search(_RADIATION_INDUCED):
        if view.assertion(view.place(match)) is Assertion.AFFIRMED:
            yield Draft(value=PriorRadiation(given="yes"), spans=(view.place(match),))
        return
    match = view.search(_GIVEN_BEFORE)
    if match is None or view.search(_THIS_DISEASE):
        return
    if view.assertion(view.place(match)) in (Assertion.AFFIRMED, Assertion.HISTORICAL):
        yield Draft(value=PriorRadiation(given="yes"), spans=(view.place(match),))


TOPIC = Topic(
    name="history", extract=extract, values=(ImmuneStatus, PriorRadiation, Antecedent), terms=("history.csv",)
)
