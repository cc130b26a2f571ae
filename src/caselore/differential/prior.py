"""The prior, when one is asked for: published frequency, age and site of each tumour, every figure a row of prior.csv.

- Frequency: the share of all sarcomas; what the figures leave is divided alike among the tumours without one.
- Age: a normal curve of the published mean whose standard deviation is a quarter of the range, a sixth in more than 70 patients
  (Hozo 2005, doi:10.1186/1471-2288-5-13), against ages from 0 to 90 that are alike.
- Site: the share at the site, against twenty sites that are alike.

A tumour without a figure keeps factor 1; no factor is below 0.1 or above 10, so that no prior excludes or decides.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from math import exp, pi, sqrt

import msgspec

from caselore.differential.panel import IDENTIFIERS, BrokenPanel, Panel, data
from caselore.differential.posterior import Shares
from caselore.model.differential import PriorFactor
from caselore.topics.ontology import ancestors, named

_SITES = "anatomy.csv"
_OLDEST = 90.0
_PLACES = 20.0
_LARGE = 70
_BOUNDS = (0.1, 10.0)


class Figure(msgspec.Struct, frozen=True, kw_only=True):
    """A row of prior.csv: a frequency or the share at a site (0 to 1), or a mean age with its range, in years."""

    diagnosis: str
    kind: str
    site: str
    value: float
    low: float
    high: float
    patients: int
    source: str
    identifier: str


class WrongSite(ValueError):
    """The site is no place of anatomy.csv."""


def prior_factors(panel: Panel, age: float | None, sites: Sequence[str]) -> tuple[PriorFactor, ...]:
    """The factors of every diagnosis. Raises WrongSite."""
    for site in sites:
        if named(_SITES, site) is None:
            raise WrongSite(f"{site!r} is no site that caselore knows.")
    frequencies = _frequencies(panel)
    found = []
    for diagnosis in panel.diagnoses:
        figures = [figure for figure in load_figures() if figure.diagnosis == diagnosis]
        used = [figure for figure in figures if _is_used(figure, age, sites)]
        found.append(
            PriorFactor(
                diagnosis=diagnosis,
                frequency=frequencies[diagnosis],
                age=_age_factor([figure for figure in used if figure.kind == "age"], age),
                site=_site_factor([figure for figure in used if figure.kind == "site"], sites),
                sources=tuple(dict.fromkeys(f"{figure.source}, {figure.identifier}" for figure in used)),
            )
        )
    return tuple(found)


def prior_shares(factors: Iterable[PriorFactor]) -> Shares:
    """The products of the factors, as shares."""
    products = {one.diagnosis: one.frequency * one.age * one.site for one in factors}
    total = sum(products.values())
    return {diagnosis: product / total for diagnosis, product in products.items()}


def _is_used(figure: Figure, age: float | None, sites: Sequence[str]) -> bool:
    return (
        figure.kind == "frequency"
        or (figure.kind == "age" and age is not None)
        or (figure.kind == "site" and bool(sites))
    )


def _frequencies(panel: Panel) -> dict[str, float]:
    told = {
        one.diagnosis: one.value
        for one in load_figures()
        if one.kind == "frequency" and one.diagnosis in panel.diagnoses
    }
    rest = (1 - sum(told.values())) / max(1, len(panel.diagnoses) - len(told))
    return {diagnosis: _bounded(told.get(diagnosis, rest) / rest) for diagnosis in panel.diagnoses}


def _age_factor(figures: Sequence[Figure], age: float | None) -> float:
    if not figures or age is None:
        return 1.0
    densities = []
    for figure in figures:
        deviation = (figure.high - figure.low) / (6 if figure.patients > _LARGE else 4)
        densities.append(exp(-(((age - figure.value) / deviation) ** 2) / 2) / (deviation * sqrt(2 * pi)))
    return _bounded(sum(densities) / len(densities) * _OLDEST)


def _site_factor(figures: Sequence[Figure], sites: Sequence[str]) -> float:
    if not figures:
        return 1.0
    above = {concept for site in sites if (term := named(_SITES, site)) for concept in ancestors(_SITES, term.concept)}
    share = sum(figure.value for figure in figures if (term := named(_SITES, figure.site)) and term.concept in above)
    return _bounded(share * _PLACES)


def _bounded(factor: float) -> float:
    return min(max(factor, _BOUNDS[0]), _BOUNDS[1])


@cache
def load_figures() -> tuple[Figure, ...]:
    """The rows of prior.csv. Raises BrokenPanel for a row without identifier, or of an unknown kind, tumour or site."""
    return tuple(_figures(data("prior.csv")))


def _figures(text: str) -> Iterator[Figure]:
    for row in (reader := csv.DictReader(io.StringIO(text))):
        where = f"prior.csv, line {reader.line_num}"
        identifier = next((f"{kind}:{row[kind]}" for kind in IDENTIFIERS if row[kind]), None)
        if identifier is None:
            raise BrokenPanel(f"{where}: a figure needs a DOI, PMID or PMCID.")
        if row["kind"] not in ("frequency", "age", "site") or named("tumours.csv", row["diagnosis"]) is None:
            raise BrokenPanel(f"{where}: {row['kind']!r} of {row['diagnosis']!r} cannot be used.")
        if row["kind"] == "site" and named(_SITES, row["site"]) is None:
            raise BrokenPanel(f"{where}: {row['site']!r} is no site of {_SITES}.")
        yield Figure(
            diagnosis=row["diagnosis"],
            kind=row["kind"],
            site=row["site"],
            value=float(row["value"]),
            low=float(row["low"] or 0),
            high=float(row["high"] or 0),
            patients=int(row["patients"]),
            source=row["source"],
            identifier=identifier,
        )
