"""The stretch of text that is about one owner: a sentence, or a clause of one, with what it says of persons read once."""

from __future__ import annotations

from caselore.assembly.genericity import Tone, Weight, is_past, tells_of_cohort, weigh
from caselore.assembly.mentions_of_persons import (
    Introduction,
    Pointer,
    Reference,
    goes_on,
    has_definite_person,
    has_group,
    has_pronoun,
    read_introductions,
    read_references,
)
from caselore.assembly.retold import Credit, names_source, opens_with_authors, read_credits
from caselore.language.once import once
from caselore.language.view import SentenceView
from caselore.model.case import Owner
from caselore.model.text import TextSpan

Owned = tuple[Owner, tuple[str, ...]]
"""Whom a unit is about: the kind of owner and the ids of the patients."""
NOBODY: Owned = (Owner.BACKGROUND, ())
UNKNOWN: Owned = (Owner.UNRESOLVED, ())


class Unit:
    """A sentence or a clause of one, in `span` of the document."""

    def __init__(self, view: SentenceView, span: TextSpan) -> None:
        self.view = view
        self.span = span
        self.text = view.part(span)

    @property
    def opens_sentence(self) -> bool:
        return self.span.start == self.view.span.start

    def in_paragraph_of(self, other: Unit) -> bool:
        return self.view.sentence.paragraph == other.view.sentence.paragraph

    @once
    def introductions(self) -> tuple[Introduction, ...]:
        return read_introductions(self.text)

    @property
    def newcomers(self) -> list[Introduction]:
        """Persons brought in with age or sex, other than by "the" or "this"."""
        return [person for person in self.introductions if not person.weak and not person.definite]

    @property
    def described(self) -> list[Introduction]:
        """Persons told with age or sex."""
        return [person for person in self.introductions if not person.weak]

    @once
    def references(self) -> tuple[Reference, ...]:
        """Phrases that point at patients of the authors; what is only compared with them is left out."""
        return tuple(reference for reference in read_references(self.text) if not reference.compared)

    def points(self, *pointers: Pointer) -> bool:
        """Whether a phrase points in one of these ways."""
        return any(reference.pointer in pointers for reference in self.references)

    @property
    def points_at_this_one(self) -> bool:
        """Whether it points with "this" only ("this patient"): at whoever was spoken of last, not always at the authors' own."""
        return bool(self.references) and all(
            reference.pointer is Pointer.OWN and self.text[reference.span.start :][:4].lower() == "this"
            for reference in self.references
        )

    @once
    def credits(self) -> tuple[Credit, ...]:
        return read_credits(self.text)

    @property
    def opens_with_authors(self) -> bool:
        """Whether other authors are what it is about: "Smith et al. showed", "It was Smith who", "the same group argued"."""
        return opens_with_authors(self.text)

    @once
    def weight(self) -> Weight:
        return weigh(self.text)

    @property
    def tone(self) -> Tone:
        return self.weight.tone

    @once
    def tells_of_cohort(self) -> bool:
        return tells_of_cohort(self.text)

    @once
    def is_past(self) -> bool:
        return is_past(self.text)

    @once
    def has_pronoun(self) -> bool:
        return has_pronoun(self.text)

    @once
    def refers_back(self) -> bool:
        """Whether "he", "her" or "the patient" stands in it."""
        return self.has_pronoun or has_definite_person(self.text)

    @once
    def goes_on(self) -> bool:
        return goes_on(self.text)

    @once
    def has_group(self) -> bool:
        return has_group(self.text)

    @once
    def names_source(self) -> bool:
        return names_source(self.text)
