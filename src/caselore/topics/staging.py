"""Grade and stage: tumour grade with its system, TNM classification, stage groups."""

from __future__ import annotations

import re
from collections.abc import Iterator

from caselore.language.generality import is_general
from caselore.language.patterns import Pattern
from caselore.language.view import SentenceView
from caselore.model.fact import Assertion, Value
from caselore.topics.topic import Draft, Topic


class Grade(Value, frozen=True, tag="grade"):
    """Histologic grade: "1" to "4", "low", "intermediate" or "high"; `system` only where printed (FNCLCC, WHO, ...)."""

    grade: str
    system: str | None = None

    def __str__(self) -> str:
        return f"grade {self.grade}" + (f" ({self.system})" if self.system else "")


class Stage(Value, frozen=True, tag="stage"):
    """Stage group as printed, in capitals ("IIIA"), with its system where printed (AJCC, FIGO, ...)."""

    stage: str
    system: str | None = None

    def __str__(self) -> str:
        return f"stage {self.stage}" + (f" ({self.system})" if self.system else "")


class Tnm(Value, frozen=True, tag="tnm"):
    """TNM classification as printed, without spaces ("pT2bN0M0")."""

    code: str

    def __str__(self) -> str:
        return self.code


_ARABIC = {"i": "1", "ii": "2", "iii": "3", "iv": "4", "one": "1", "two": "2", "three": "3", "four": "4"}
_SYSTEM = (
    r"(?P<system>FNCLCC|F\.N\.C\.L\.C\.C\.?"
    r"|French(?: National)?(?: Federation)?(?: of)?(?: the)?(?: Comprehensive)?(?: Cancer)?(?:"
    r" Cent(?:er|re)s?)?(?: Sarcoma Group| grading| system)*"
    r"|F[ée]d[ée]ration Nationale[\w\s]{0,50}?(?:Cancer)?"
    r"|WHO(?: CNS)?(?: \d{4})?|World Health Organi[sz]ation|CNS WHO|Fuhrman|Furhman"
    r"|Edmondson(?:[-–\s]Steiner)?|Nottingham|Elston|ISUP|WHO/ISUP|Trojani|Broders|Coindre|POG|NCI"
    r"|Marburg|Hyams)"
)
_NUMBER = r"(?P<grade>(?:IV|I{1,3}|iv|i{1,3}|[1-4]|one|two|three|four)(?:[ab](?![a-z]))?)(?![\w%]|[.,]\d|\s?(?:[-–]|to)\s?(?:\d|I))"
_GRADED = Pattern(
    rf"(?:{_SYSTEM}[\s,()’'s:-]*(?:score|system|classification|grading|criteria"
    rf"|based)?[\s,():-]*)?(?P<word>\b(?:[Gg]rad(?:e|ed|es|ing)|GRADE|G\.)(?:\s+(?:of|was|is|as|a"
    rf"|score|system|being)\b)*\s*[:=(–-]?\s*){_NUMBER}"
)
_SYSTEM_ONLY = Pattern(
    rf"(?<![\w-]){_SYSTEM}\)?\s*(?:[°º:,(-]\s*|grade\s*|G)?{_NUMBER}(?!\s*(?:score|years|patients|cases))"
)
_G = Pattern(r"(?:(?<=M[01X])|(?<![\w-]))p?G\s?(?P<grade>[1-4]|I{1,3}|IV)(?!\w|\.\d|\s*P\d|/\d)")
_WORD_GRADE = Pattern(
    r"\b(?P<grade>high|low|intermediate)(?:ly)?(?:[\s-]"
    r"|\s*-\s*)+(?:to[\s-]+(?:high|intermediate)[\s-]+)?(?:(?:histolog\w+|histopatholog\w+|nuclear|tumou?r|malignan\w+"
    r"|WHO)\s+)?grade\b(?![\s-]+fibro-?myxoid)",
    re.I,
)
_WORD_BEHIND = Pattern(
    r"\b(?:histolog\w+\s+|tumou?r\s+|nuclear\s+)?grade\s*(?:was|is|:|="
    r"|of the tumou?r was)\s*(?P<grade>high|low|intermediate)\b",
    re.I,
)
_OTHER_SCALE = Pattern(
    r"toxic|neutropeni|thrombocytop|an(?:a)?emia|leu[ck]openi|simpson|spetzler|ECOG|performance"
    r"|rankin|mccormick|\bhouse\b|brackmann|frankel|nurick|\bASA\b|\bhunt\b|\bfisher\b|hydronephr"
    r"|edema|oedema|\bpain\b|fever|muscle (?:power|strength)|(?<!high[- ])\bpower\b|\bMRC\b|strength|clavien|dindo"
    r"|mucositis|dermatitis|listhesis|nausea|vomit|CTCAE|regression|varicocele|[o]?esophagitis|reflux"
    r"|encephalopath|hypertension|prolapse|murmur|systolic|sprain|retinopath|bethesda|BI-?RADS"
    r"|adverse|complication|diarrh|fatigue|hepatitis|colitis|neuropath|paresis|weakness|hemorrhoid"
    r"|stenosis|disabilit|ulcer|papill[o]?edema|dyspn|NYHA|grade inflation|evidence|recommendation"
    r"|acne|gleason|kellgren|bilirubin|transaminase|GVHD|rejection|goit(?:re|er)|angina|kadish"
    r"|dysplasia|gynecomastia|embolization|\bblock|\bburn|\btear|laxity|mallampati|cough|hypotonia"
    r"|lymphedema|hand.{1,2}foot|syndrome|obstruct|insufficien|regurgitat|dehiscence|lacerat|cystocele|ptosis|ascites"
    r"|trismus|stridor|xerostomia|arthr[io]|osteoarthr|gonarthr|subluxat|\bcoma\b|hypoxi|narrowing|apn[o]?ea|malnutrition",
    re.I,
)
_NO_TUMOUR_BEHIND = Pattern(
    r"[\s-]*(?:fever|pyrexia|temperature|stenosis|obstruction|dysplasia|squamous intraepithelial|SIL"
    r"|PIN|block|hydronephrosis|pain|bacter\w+|inflammation|infection|AV|carotid|school|toxicity"
    r"|adverse|evidence|vesicoureteral|prostatic)",
    re.I,
)
_PLURAL_BEHIND = Pattern(
    r"[\s-]*(?:[\w-]+\s+){0,3}?(?:tumou?r|lesion|neoplasm|malignanc|cancer|\w*(?:sarcom|carcinom|gliom|lymphom|cytom|blastom)a)"
    r"(?:s|ies)\b",
    re.I,
)
""" "high-grade sarcomas": a kind of tumour, not the one reported."""
_UNSURE = Pattern(
    r"\b(?:MRI|CT|imaging|radiolog\w+|pre-?operative(?:ly)?|suspect\w*|suspicio\w+|differential"
    r"|presum\w+|provisional|mimick\w*|resembl\w+|versus|vs|rule[ds]? out|exclud\w+|such as|possib\w+"
    r"|initially diagnosed|impression|scan|likely|frozen)\b",
    re.I,
)
_READ_AS = Pattern(
    r"\b(?:histo\w+|microscop\w+|morpholog\w+|biops\w+|patholog\w+)\b[^;.]{0,60}?"
    r"\b(?:suggest(?:ed|s|ive of)|consistent with|compatible with|in keeping with)\s+(?:an?\s+"
    r"|the\s+)?(?:diagnosis of\s+)?(?:an?\s+)?\Z",
    re.I,
)
_WRONG_OR_GENERAL = Pattern(
    r"\b(?:(?:taken|mistaken|misinterpreted|misdiagnosed|misread|regarded|interpreted|labell?ed) (?:for"
    r"|as)|(?:thought|believed|felt|assumed|considered) to be"
    r"|(?:initial|preliminary|previous|earlier|first|working|provisional|original) (?:\w+ )?(?:diagnosis"
    r"|biopsy|report|lesion|impression|reading)"
    r"|at first|ha(?:s|ve|d) an? (?:[\w-]+ ){0,2}prognosis)\b",
    re.I,
)
"""A first reading that proved wrong, or what such tumours do: the grade is not that of the one reported."""
_TUMOUR = Pattern(
    r"diagnos|tumou?r|sarcoma|carcinoma|neoplas|malignan|glioma|blastoma|lymphoma|histolog|patholog|biops"
    r"|differentiat|mitos|mitotic|meningioma|lesion|cytoma|\bp?T[0-4]|FNCLCC|WHO|grading",
    re.I,
)
_TNM = Pattern(
    r"(?<![\w-])[cpyr]{0,3}T(?:[0-4][a-d]?|is"
    r"|x)[\s,;:/]*[cp]?N[0-3xX][a-c]?(?:[\s,;:/]*[cp]?M[01xX][a-c]?)?(?!(?!G\d)\w)"
)
_STAGE = Pattern(
    r"(?:(?P<system>AJCC|UICC|FIGO|TNM|Enneking|MSTS|IRS|Masaoka|INSS|INRG|COG|Ann Arbor|Kadish|NWTS"
    r"|SIOP)(?:\s+\d{4}|\s+\(?\d+(?:th|rd) edition\)?)?\s+)?(?:clinical\s+|pathologic(?:al)?\s+"
    r"|surgical\s+)?(?<![-\w])[Ss]tage\s*:?\s*(?P<stage>(?:IV|I{1,3}|[0-4])(?:[A-Ea-e]\d?)?)(?![\w%])"
)
_OTHER_STAGE = Pattern(
    r"kidney|renal failure|CKD|heart failure|end-|pressure|ulcer|endometriosis|labor|hypertension"
    r"|COPD|sleep|disease of the kidney|HIV|AIDS",
    re.I,
)


_NAMES_GRADE = Pattern(rf"[Gg]rad|GRAD|G\.|G\s?[1-4I]|{_SYSTEM}")


def extract(view: SentenceView) -> Iterator[Draft]:
    if _NAMES_GRADE.search(view.text):
        yield from _grades(view)
    yield from _stages(view)


def _grades(view: SentenceView) -> Iterator[Draft]:
    taken: set[int] = set()
    done: set[Grade] = set()
    for pattern in (_GRADED, _SYSTEM_ONLY, _G, _WORD_GRADE, _WORD_BEHIND):
        for match in view.find(pattern):
            place = set(range(*match.span("grade")))
            if place & taken or not _is_tumour_grade(view, pattern, match):
                continue
            taken |= place
            system = _system(match.groupdict().get("system")) or _system_near(view.text, match)
            value = Grade(grade=_arabic(match["grade"]), system=system)
            if value in done:
                continue
            done.add(value)
            span = view.place(match)
            yield Draft(value=value, spans=(span,), assertion=_assertion(view, match))


def _assertion(view: SentenceView, match: re.Match[str]) -> Assertion:
    """What the histology "suggested" is the grade that the pathologist gave."""
    assertion = view.assertion(view.place(match, "grade"))
    read = assertion is Assertion.POSSIBLE and _READ_AS.search(view.text[: match.start()])
    return Assertion.AFFIRMED if read else assertion


def _is_tumour_grade(view: SentenceView, pattern: Pattern, match: re.Match[str]) -> bool:
    text = view.text
    before, behind = text[max(0, match.start() - 45) : match.start()], text[match.end() : match.end() + 40]
    named = bool(match.groupdict().get("system"))
    near = re.split(r"[;]|\.\s|,\s(?=with|and|was)", before)[-1] + re.split(r"[;,]|\.\s|\band\b", behind)[0]
    if not named and _OTHER_SCALE.search(near):
        return False
    if named and re.match(r"\s*(?:performance|PS)\b", behind):
        return False
    if is_general(text, match.start()):
        return False
    if (
        named
        and re.match(r"Fu[hr]", match["system"])
        and not re.search(r"renal cell", view.reading.document.text, re.I)
    ):
        return False  # a nuclear grade, borrowed as a criterion of malignancy for other tumours
    if pattern in (_WORD_GRADE, _WORD_BEHIND):
        if (
            _NO_TUMOUR_BEHIND.match(behind)
            or _WRONG_OR_GENERAL.search(text[max(0, match.start() - 60) : match.end() + 60])
            or _PLURAL_BEHIND.match(behind)
            or (
                _UNSURE.search(text)
                and not re.search(r"histolog|histopath|microscop|mitos|mitotic|final (?:diagnos|patholog)", text, re.I)
            )
        ):
            return False
        return bool(_TUMOUR.search(text) or (view.previous and _TUMOUR.search(view.previous.text)))
    if pattern is _G:
        return bool(_TUMOUR.search(text)) and not re.search(r"gravida|G-?CSF|\bP\d\b|para\b", text)
    return named or bool(_TUMOUR.search(text) or (view.previous and _TUMOUR.search(view.previous.text)))


def _arabic(printed: str) -> str:
    word = printed.lower().rstrip("ab")
    return _ARABIC.get(word, word)


def _system(printed: str | None) -> str | None:
    """The printed name of the system in its usual short form."""
    if not printed:
        return None
    if re.match(r"F\.?N\.?C|French|F[ée]d", printed):
        return "FNCLCC"
    if re.match(r"WHO/ISUP", printed):
        return "WHO/ISUP"
    if re.search(r"WHO|World", printed):
        return "WHO"
    return printed.strip()


def _system_near(text: str, match: re.Match[str]) -> str | None:
    """A system named in the same clause: "grade 2 (FNCLCC)", "grade 3 according to the French Federation"."""
    behind = re.split(r";|\.\s", text[match.end() : match.end() + 110])[0]
    before = re.split(r";|\.\s", text[max(0, match.start() - 70) : match.start()])[-1]
    link = re.search(
        rf"^(?:\s*(?:of|/|out of)\s*[34])?[^;]{{0,45}}?(?:\(|\[|,|\b(?:according|by|per|on|in|using|based"
        rf"|of|following|as defined)\b)[^;]{{0,30}}?{_SYSTEM}",
        behind,
    )
    if link:
        return _system(link["system"])
    earlier = re.search(rf"{_SYSTEM}[^;]{{0,60}}$", before)
    return _system(earlier["system"]) if earlier else None


def _stages(view: SentenceView) -> Iterator[Draft]:
    for match in view.find(_TNM):
        yield Draft(value=Tnm(code=re.sub(r"[\s,;:/]", "", match[0])), spans=(view.place(match),))
    for match in view.find(_STAGE):
        around = view.before(view.place(match), 30) + view.after(view.place(match), 30)
        if _OTHER_STAGE.search(around) or is_general(view.text, match.start()):
            continue
        stage = match["stage"].upper()
        yield Draft(value=Stage(stage=stage, system=match["system"]), spans=(view.place(match),))


TOPIC = Topic(name="staging", extract=extract, values=(Grade, Stage, Tnm))
