"""Whether words stand in the story of how the patient came, or in imaging, operation, pathology, course or a general remark."""

from __future__ import annotations

import re
import tomllib
from enum import Enum
from functools import cache, lru_cache
from importlib.resources import files

from caselore.language.patterns import Pattern
from caselore.language.silence import spared
from caselore.language.view import SentenceView
from caselore.model.text import SectionKind, TextSpan

_SILENT = frozenset(
    {
        SectionKind.OPERATION,
        SectionKind.PATHOLOGY,
        SectionKind.IMAGING,
        SectionKind.CAPTION,
        SectionKind.TABLE,
        SectionKind.REFERENCES,
        SectionKind.BACK_MATTER,
    }
)
_REMARKS = frozenset({SectionKind.INTRODUCTION, SectionKind.DISCUSSION, SectionKind.CONCLUSION})
_NEW_PATIENT = Pattern(
    r"\b(?:years?|months?|weeks?|days?)[- ]old\b|\bour (?:department|hospital|clinic|institution)\b", re.I
)
_LOOK_BACK = 4
_SHOWED = Pattern(r"\b(?:showed|shows|revealed|reveals|demonstrated|disclosed|detected|identified|displayed)\b", re.I)
_IN_THE_PAST = Pattern(
    r"\b(?:years?|months?)\s+(?:after|since|following)\s+(?:(?:the|an?|his|her)\s+)?(?:[\w-]+\s+){0,2}\Z", re.I
)
"""In front of an earlier treatment: "swelling of the arm ten years after mastectomy" is still about the swelling."""
_SEEN_BY = Pattern(
    r"(?:[^,;:.]*\b(?:found|seen|detected|identified|discovered|demonstrated|shown|visible|visuali[sz]ed|evident|diagnosed)"
    r")?\s+(?:on|by|at|in|during)\s+(?:[\w-]+\s+){0,4}\Z",
    re.I,
)
_REASON = Pattern(
    r"(?:\b(?:with|for|because of|due to)(?:\s+[\w-]+){0,3}|"
    r"\b(?:present\w*|admitted|referred|hospitali[sz]ed|complain\w*|suffer\w*)\s+(?:with|for|of|from|because of)\b"
    r"(?:(?!\b(?:was|were|had|has|which|that|who|showed|revealed)\b)[^;:.])*(?:,|\band\b)(?:\s+[\w-]+){0,2})\s*\Z",
    re.I,
)
"""The printed reason for coming, up to the finding: "presented with headache, nausea and severe ..." """


_STUDY = (
    r"(?:performed|done|obtained|ordered|requested|undertaken|carried out|taken|scans?|\w*sonograph\w*|ultrasound|"
    r"\w*tomograph\w*|CT|MRI|imaging|\w*radiographs?|x-?rays?|\w+scopy|study|studies|examinations?|evaluation|work-?up|"
    r"(?:operated|operation)(?: on)?)"
)
_WHY = r"(?:for|because of|due to|owing to|to (?:investigate|evaluate|clarify))"
_STUDIED_FOR = Pattern(
    rf"\b{_STUDY}(?: (?:was|were))?(?: (?:performed|done|ordered|obtained))?,? {_WHY}\s+"
    r"(?:(?!(?:show|reveal|demonstrat|disclos|detect)(?:s|ed|ing)\b|(?:was|were|had|has)\b)[\w'-]+,?\s+){0,6}\Z",
    re.I,
)
""" "CT was done for back pain": the complaint is the reason for the study, not what it showed."""
_REASON_FOR = Pattern(rf"\b{_WHY}\b", re.I)
_COMES = Pattern(r"\b(?:present(?:s|ed|ing)|came|admitted|referred|hospitali[sz]ed|brought|complain\w+)\b", re.I)
_COMES_FOR = Pattern(rf"[^.;]{{0,60}}?{_COMES.pattern}[^.;]{{0,60}}?\b(?:with|for|because|due to|of)\b", re.I)
"""Behind a disease that the patient had anyway: "a man with hypertension who presented with a cough"."""


_PERSON_DENIES = Pattern(
    r"\W*(?:he|she|(?:the |our |this )?(?:patient|child|boy|girl|man|woman|infant))\s+"
    r"(?:had|has|have|did|was|reported|showed|suffered|complained)\s+"
    r"(?:also\s+|otherwise\s+|had\s+|of\s+|from\s+|however\s+)*(?:no|not|neither|never|without)\b",
    re.I,
)
_TREATED = Pattern(
    r"\b(?:underwent|undergone|operat\w+|resect\w+|excis\w+|remov\w+|surg(?:ery|ically)|\w{3,}ectomy|treated|chemotherap\w+|radiotherap\w+"
    r"|irradiat\w+|later|after|follow-?up)\b",
    re.I,
)


class Scene(Enum):
    COMPLAINT = "complaint"
    EXAMINATION = "examination"
    LINK = "link"
    """ "had", "due to": goes with whatever the sentence is about"""
    STOP = "stop"
    LATER = "later"
    FURTHER = "further"
    """ "two weeks later": later in the illness or after the treatment, by what was told before"""


_PRESENT = (Scene.COMPLAINT, Scene.EXAMINATION)
_WEAK = (Scene.LINK, Scene.FURTHER)


@cache
def _wording() -> dict[str, list[str]]:
    cues: dict[str, list[str]] = tomllib.loads(
        (files("caselore.language") / "scenes.toml").read_text(encoding="utf-8")
    )["cues"]
    return cues


@cache
def _scenes() -> tuple[tuple[Scene, Pattern], ...]:
    cues = _wording()
    return tuple((scene, Pattern(rf"(?<!\w)(?:{'|'.join(cues[scene.value]).lower()})")) for scene in Scene)


@cache
def _general() -> Pattern:
    return Pattern(rf"\b(?:{'|'.join(_wording()['general'])})", re.I)


def at_presentation(view: SentenceView, span: TextSpan, *, weak: bool, finding: bool) -> bool:
    """Whether a complaint at `span` belongs to the presentation.

    `weak` words ("mass", "fall") need a cue of complaint or examination in their own sentence; a `finding`
    (hydrocephalus, leukocytosis) needs to be the printed reason for coming.
    """
    if view.section in _SILENT or view.search(_general()):
        return False
    scene = _scene_at(view, span)
    if view.section in _REMARKS and scene is not Scene.COMPLAINT:
        return False
    if finding:
        named = scene is Scene.COMPLAINT and _REASON.search(view.before(span, 160)) is not None
        return named and (
            _COMES.search(view.before(span, 160)) is not None or not _COMES_FOR.match(view.after(span, 120))
        )
    if scene in _PRESENT:
        return True
    if scene in (Scene.STOP, Scene.LATER):
        return False
    earlier = _scene_before(view)
    if scene is None and weak:
        return False
    return earlier in _PRESENT or (earlier is None and scene is Scene.LINK) or _is_denied_by_person(view)


def may_present(view: SentenceView) -> bool:
    """Whether any words of the sentence can belong to the presentation: the cheap question before `at_presentation`."""
    if view.section in _SILENT or view.search(_general()):
        return False
    scenes = {scene for _, _, scene in _cues(view)}
    if view.section not in _REMARKS and Scene.STOP in scenes and view.search(_REASON_FOR):
        return True
    if view.section in _REMARKS:
        return Scene.COMPLAINT in scenes
    if not scenes.isdisjoint(_PRESENT):
        return True
    earlier = _scene_before(view)
    return earlier in _PRESENT or (earlier is None and Scene.LINK in scenes) or _is_denied_by_person(view)


def _is_denied_by_person(view: SentenceView) -> bool:
    """ "She had no night sweats, fever or weight loss", behind studies and in front of any treatment: how she came."""
    if not _PERSON_DENIES.match(view.text) or view.search(_TREATED):
        return False
    earlier = view.previous
    while earlier is not None and earlier.section is view.section:
        if earlier.search(_TREATED):
            return False
        earlier = earlier.previous
    return True


def _cues(view: SentenceView) -> tuple[tuple[int, int, Scene], ...]:
    return _cues_of(view.text)


@spared
@lru_cache(maxsize=512)
def _cues_of(text: str) -> tuple[tuple[int, int, Scene], ...]:
    """Start, end and scene of each cue of a sentence, in order; read in lower case, which is far quicker than `re.I`."""
    lowered = text.lower()
    lowered = lowered if len(lowered) == len(text) else text
    found = [(match.start(), match.end(), scene) for scene, pattern in _scenes() for match in pattern.finditer(lowered)]
    if any(scene is Scene.COMPLAINT for _, _, scene in found):
        found = [cue for cue in found if cue[2] is not Scene.STOP or not _IN_THE_PAST.search(text, 0, cue[0])]
    return tuple(sorted(found, key=lambda cue: (cue[0], -cue[1])))


def _scene_at(view: SentenceView, span: TextSpan) -> Scene | None:
    """The scene of the nearest strong cue in front of `span`, else behind it; a later event rules the whole sentence."""
    place = span.start - view.span.start
    cues = _cues(view)
    before = [(start, scene) for start, _, scene in cues if start <= place]
    scenes = [scene for _, scene in before]
    if not view.search(_NEW_PATIENT) and (Scene.LATER in scenes or _goes_on_after(view, scenes)):
        return Scene.LATER
    if _is_seen_by_device(view, span):
        return Scene.STOP
    if Scene.STOP in scenes and _STUDIED_FOR.search(view.before(span, 120)):
        return Scene.COMPLAINT
    strong = [scene for scene in scenes if scene not in (*_WEAK, Scene.LATER)]
    if strong:
        return _of_reporting_subject(view, place, before) or strong[-1]
    if Scene.LINK in scenes:
        return Scene.LINK
    behind = [scene for start, _, scene in cues if start > place and scene not in _WEAK]
    if behind:
        return behind[0]
    return Scene.LINK if any(scene is Scene.LINK for _, _, scene in cues) else None


def _goes_on_after(view: SentenceView, scenes: list[Scene]) -> bool:
    """Whether a "two weeks later" continues something else than the story of how the patient came."""
    if Scene.FURTHER not in scenes:
        return False
    told = [scene for scene in scenes[: scenes.index(Scene.FURTHER)] if scene not in _WEAK]
    return (told[-1] if told else _scene_before(view)) not in _PRESENT


def _of_reporting_subject(view: SentenceView, place: int, before: list[tuple[int, Scene]]) -> Scene | None:
    """Where a verb of showing governs `place`: the scene of its subject ("ultrasonography of a 40-year-old man showed")."""
    verbs = [match.start() for match in _SHOWED.finditer(view.text, 0, place)]
    if not verbs or any(start > verbs[-1] for start, scene in before if scene not in _WEAK):
        return None
    subjects = [scene for start, scene in before if start < verbs[-1] and scene in (Scene.STOP, Scene.EXAMINATION)]
    return subjects[-1] if subjects else None


def _is_seen_by_device(view: SentenceView, span: TextSpan) -> bool:
    """ "a mass seen on CT", "oedema on MRI": what a device saw is no complaint."""
    end = span.end - view.span.start
    device = next((start for start, _, scene in _cues(view) if scene is Scene.STOP and start >= end), None)
    return device is not None and _SEEN_BY.match(view.text[end:device]) is not None


def _scene_before(view: SentenceView) -> Scene | None:
    """The scene that the sentences before this one end in."""
    earlier = view.previous
    for _ in range(_LOOK_BACK):
        if earlier is None or earlier.section is not view.section:
            return None
        scenes = [scene for _, _, scene in _cues(earlier) if scene not in _WEAK]
        if Scene.LATER in scenes and not earlier.search(_NEW_PATIENT):
            return Scene.LATER
        if scenes:
            return scenes[-1]
        earlier = earlier.previous
    return None
