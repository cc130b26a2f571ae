"""Age and sex of the patient."""

from __future__ import annotations

import re
from collections.abc import Iterator

from caselore.language.view import SentenceView
from caselore.model.fact import Value
from caselore.topics.topic import Draft, Topic


class Age(Value, frozen=True, tag="age"):
    """Age in years at presentation with the reported tumour."""

    years: float

    def __str__(self) -> str:
        return f"{self.years:g} years old"


class Sex(Value, frozen=True, tag="sex"):
    """`sex` is "male" or "female"."""

    sex: str

    def __str__(self) -> str:
        return self.sex


_AGE = re.compile(r"\b(?P<years>\d{1,3})[- ]years?[- ]olds?(?: (?P<sex>man|woman|male|female|boy|girl))?")
_FEMALE = ("woman", "female", "girl")


def extract(view: SentenceView) -> Iterator[Draft]:
    for match in view.find(_AGE):
        yield Draft(value=Age(years=float(match["years"])), spans=(view.place(match),))
        if match["sex"]:
            yield Draft(
                value=Sex(sex="female" if match["sex"] in _FEMALE else "male"), spans=(view.place(match, "sex"),)
            )


TOPIC = Topic(name="demographics", extract=extract, values=(Age, Sex))
