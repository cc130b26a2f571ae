"""By which way an operation reached the tumour: laparoscopic, by sternotomy, transsphenoidal."""

from __future__ import annotations

from collections.abc import Iterator

from caselore.language.generality import is_general
from caselore.language.given import ASSERTION, Giving, giving, is_generic, treatments
from caselore.language.view import SentenceView
from caselore.model.fact import Value
from caselore.topics.topic import Draft, Topic


class SurgicalApproach(Value, frozen=True, tag="surgical_approach"):
    """`approach` is a label of approach.toml; several of one operation are several facts."""

    approach: str

    def __str__(self) -> str:
        return f"{self.approach} approach"


def extract(view: SentenceView) -> Iterator[Draft]:
    """Each approach once, with whether it was taken; what is done in general is passed over."""
    seen: set[str] = set()
    named = treatments(view) if view.of("surgical_approach") else ()
    for mention in view.of("surgical_approach"):
        if mention.label in seen or is_general(view.text, mention.span.start - view.span.start):
            continue
        status = giving(view, mention.span, [span for span in named if not span.overlaps(mention.span)])
        if status is Giving.UNTOLD and not is_generic(view):
            status = Giving.GIVEN
        if status in (Giving.UNTOLD, Giving.GENERAL):
            continue
        seen.add(mention.label)
        value = SurgicalApproach(approach=mention.label)
        yield Draft(value=value, spans=(mention.span,), assertion=ASSERTION[status])


TOPIC = Topic(
    name="approach",
    extract=extract,
    values=(SurgicalApproach,),
    terms=("approach.toml", "procedures.csv", "drugs.csv", "regimens.csv"),
    reads=("surgical_approach",),
    alone=False,
)
