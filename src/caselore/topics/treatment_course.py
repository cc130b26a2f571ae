"""How a treatment went: the answer of the tumour (RECIST 1.1 classes) and why a treatment was stopped."""

from __future__ import annotations

import re
from collections.abc import Iterator

from caselore.language.given import is_generic, treatments
from caselore.language.patterns import Pattern
from caselore.language.view import SentenceView
from caselore.language.wording import load_wordings
from caselore.model.fact import Value
from caselore.topics.topic import Draft, Topic


class Response(Value, frozen=True, tag="treatment_response"):
    """`category` is "complete response", "partial response", "stable disease" or "progressive disease"."""

    category: str

    def __str__(self) -> str:
        return self.category


class Stopped(Value, frozen=True, tag="treatment_stopped"):
    """A treatment that was stopped before its planned end; `reason` in the words of the report, lower case."""

    reason: str

    def __str__(self) -> str:
        return f"stopped because of {self.reason}"


_ANSWER = Pattern(r"response|remission|regression|stab|progress|disappear|vanish", re.I)
_DENIED = Pattern(r"\b(?:no|not|without|neither|until|if|free\s+of)\s+(?:\w+\s+){0,3}$", re.I)
# survival terms and a count of patients speak of groups
_OF_GROUPS = Pattern(r"progression-free|\brates?\b|\bpatients\b|\bmedian\b|\bstudy\b|\btrials?\b|\bcases\b", re.I)
_STOPPED = Pattern(
    r"\b(?:stopped|discontinued|interrupted|terminated|halted|ceased|abandoned|withdrawn|suspended|broken\s+off)\b[^.;]{0,50}?"
    r"\b(?:because\s+of|due\s+to|owing\s+to|on\s+account\s+of|as\s+a\s+result\s+of)\s+(?P<reason>[^,.;()]{3,60}?)"
    r"(?=[,.;()]|\s+(?:and|but|after|in|at|on|with|which|so)\b|$)",
    re.I,
)
_ANY_TREATMENT = Pattern(r"\b(?:treatment|therapy|\w*therap\w*|drug|cycles?|courses?)\b", re.I)


def extract(view: SentenceView) -> Iterator[Draft]:
    """Answers, each class once, and the reason of a stop where the sentence names a treatment."""
    if is_generic(view) or _OF_GROUPS.search(view.text):
        return
    if _ANSWER.search(view.text):
        yield from _responses(view)
    stopped = view.search(_STOPPED)
    if stopped and (treatments(view) or _ANY_TREATMENT.search(view.text)):
        reason = re.sub(r"^(?:the|a|an|his|her)\s+", "", " ".join(stopped["reason"].lower().split()))
        yield Draft(value=Stopped(reason=reason), spans=(view.place(stopped),))


def _responses(view: SentenceView) -> Iterator[Draft]:
    seen: set[str] = set()
    for wording in load_wordings("caselore.topics", "treatment_course_wording.toml"):
        for match in view.find(wording.pattern):
            span = view.place(match)
            if wording.means not in seen and not _DENIED.search(view.before(span)):
                seen.add(wording.means)
                yield Draft(value=Response(category=wording.means), spans=(span,))


TOPIC = Topic(name="treatment_course", extract=extract, values=(Response, Stopped))
