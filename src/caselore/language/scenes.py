"""Whether words stand in the story of how the patient came, or in imaging, operation, pathology, course or a general remark."""

from __future__ import annotations

import re
import tomllib
from enum import Enum, auto
from functools import cache
from importlib.resources import files

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
_NEW_PATIENT = re.compile(
    r"\b(?:years?|months?|weeks?|days?)[- ]old\b|\bour (?:department|hospital|clinic|institution)\b", re.I
)
_LOOK_BACK = 4


class Scene(Enum):
    COMPLAINT = auto()
    EXAMINATION = auto()
    LINK = auto()
    """ "had", "due to": goes with whatever the sentence is about"""
    STOP = auto()
    LATER = auto()


@cache
def _wording() -> dict[str, list[str]]:
    cues: dict[str, list[str]] = tomllib.loads(
        (files("caselore.language") / "scenes.toml").read_text(encoding="utf-8")
    )["cues"]
    return cues


@cache
def _scenes() -> tuple[tuple[Scene, re.Pattern[str]], ...]:
    cues = _wording()
    return tuple(
        (scene, re.compile(rf"(?<!\w)(?:{'|'.join(cues[name])})", re.I))
        for scene, name in (
            (Scene.COMPLAINT, "complaint"),
            (Scene.EXAMINATION, "examination"),
            (Scene.LINK, "link"),
            (Scene.STOP, "stop"),
            (Scene.LATER, "later"),
        )
    )


@cache
def _general() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(_wording()['general'])})", re.I)


def at_presentation(view: SentenceView, span: TextSpan, *, weak: bool, finding: bool) -> bool:
    """Whether a complaint at `span` belongs to the presentation.

    `weak` words ("mass", "fall") need a cue of complaint or examination in their own sentence; a `finding`
    (hydrocephalus, leukocytosis) needs to be the printed reason for coming.
    """
    if view.section in _SILENT or view.search(_general()):
        return False
    place = span.start - view.span.start
    scene = _scene_at(view, place)
    if view.section in _REMARKS and scene is not Scene.COMPLAINT:
        return False
    if finding:
        return (
            scene is Scene.COMPLAINT
            and re.search(r"(?:with|for|because of|due to)(?:\s+[\w-]+){0,3}\s*$", view.before(span)) is not None
        )
    if scene in (Scene.COMPLAINT, Scene.EXAMINATION):
        return True
    if scene in (Scene.STOP, Scene.LATER):
        return False
    earlier = _scene_before(view)
    if scene is None and weak:
        return False
    return earlier in (Scene.COMPLAINT, Scene.EXAMINATION) or (earlier is None and scene is Scene.LINK)


def _cues(view: SentenceView) -> list[tuple[int, int, Scene]]:
    """Start, end and scene of each cue of the sentence, in order."""
    return sorted(
        ((match.start(), match.end(), scene) for scene, pattern in _scenes() for match in view.find(pattern)),
        key=lambda cue: (cue[0], -cue[1]),
    )


def _scene_at(view: SentenceView, place: int) -> Scene | None:
    """The scene of the nearest strong cue in front of `place`, else behind it; a later event rules the whole sentence."""
    cues = _cues(view)
    before = [scene for start, _, scene in cues if start <= place]
    if Scene.LATER in before and not view.search(_NEW_PATIENT):
        return Scene.LATER
    strong = [scene for scene in before if scene not in (Scene.LINK, Scene.LATER)]
    if strong:
        return strong[-1]
    if Scene.LINK in before:
        return Scene.LINK
    behind = [scene for start, _, scene in cues if start > place and scene is not Scene.LINK]
    return behind[0] if behind else None


def _scene_before(view: SentenceView) -> Scene | None:
    """The scene that the sentences before this one end in."""
    earlier = view.previous
    for _ in range(_LOOK_BACK):
        if earlier is None or earlier.section is not view.section:
            return None
        scenes = [scene for _, _, scene in _cues(earlier) if scene is not Scene.LINK]
        if Scene.LATER in scenes and not earlier.search(_NEW_PATIENT):
            return Scene.LATER
        if scenes:
            return scenes[-1]
        earlier = earlier.previous
    return None
