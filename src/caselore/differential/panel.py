"""The panel: published staining rates of tumours, every figure a row of panels.csv with its DOI, PMID or PMCID.

Each cell (tumour and marker) starts from the rate of its marker over all tumours of the panel, worth a few tumours, and moves
with its studies; a cell without studies stays there, wide. So a stain that nobody has reported of a tumour speaks neither much
for nor much against it.
"""

from __future__ import annotations

import csv
import io
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from importlib.resources import files

import msgspec

from caselore.differential.pooling import Counts, draws, interval, pooled
from caselore.model.differential import Rate, Study
from caselore.topics.catalogue import load_terms

IDENTIFIERS = ("doi", "pmid", "pmcid")


class BrokenPanel(ValueError):
    """The data of the differential say something that cannot be; the message has file, line and reason."""


class Pooling(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    correlation: float
    background_tumours: float
    reporting_error: float
    unreported_power: float
    minimum_markers: int


class Dependence(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    correlation: float
    groups: tuple[tuple[str, ...], ...]


class Lineage(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    diagnosis: str
    also: tuple[str, ...]


class Parameters(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What parameters.toml says, each with its reason beside it."""

    pooling: Pooling
    weight: Mapping[str, float]
    dependence: Dependence
    indistinct: tuple[Lineage, ...]


class Panel:
    """Diagnoses by markers: the pooled rate of each, and the studies behind it."""

    def __init__(self, studies: Iterable[Study], parameters: Parameters) -> None:
        self.parameters = parameters
        self._stands_for = {name: one.diagnosis for one in parameters.indistinct for name in one.also}
        self._cells: dict[tuple[str, str], list[Study]] = {}
        markers: dict[str, set[str]] = {}
        for study in studies:
            diagnosis = self.stands_for(study.diagnosis)
            self._cells.setdefault((diagnosis, study.marker), []).append(study)
            markers.setdefault(diagnosis, set()).add(study.marker)
        needed = parameters.pooling.minimum_markers
        self.diagnoses = tuple(sorted(name for name, done in markers.items() if len(done) >= needed))
        self.markers = tuple(sorted({marker for name in self.diagnoses for marker in markers[name]}))
        self._counted = {cell: self._pooled(cell) for cell in self._cells if cell[0] in self.diagnoses}
        self._background = {marker: self._rate_of_all(marker) for marker in self.markers}

    def stands_for(self, diagnosis: str) -> str:
        """The candidate under which a tumour is pooled: itself, or the one that stains do not tell it from."""
        return self._stands_for.get(diagnosis, diagnosis)

    def indistinct_from(self, diagnosis: str) -> tuple[str, ...]:
        """The tumours with figures that are pooled with this candidate."""
        told = {study.diagnosis for study in self.studies()} - {diagnosis}
        return tuple(name for name in sorted(told) if self.stands_for(name) == diagnosis)

    def studies(self) -> tuple[Study, ...]:
        """Every study, also of tumours with too few markers for the panel."""
        return tuple(study for cell in self._cells.values() for study in cell)

    def studies_of(self, diagnosis: str, marker: str) -> tuple[Study, ...]:
        """The studies of one cell; empty where nobody has reported."""
        return tuple(self._cells.get((diagnosis, marker), ()))

    def counts(self) -> tuple[tuple[Counts, ...], ...]:
        """The studies of each cell as counts, for fitting the correlation."""
        return tuple(tuple((one.positive, one.total) for one in cell) for cell in self._cells.values())

    def alpha_beta(self, diagnosis: str, marker: str) -> tuple[float, float]:
        """The Beta distribution of a cell's rate. Raises KeyError for a marker that is not in the panel."""
        background, worth = self._background[marker], self.parameters.pooling.background_tumours
        positive, negative = self._counted.get((diagnosis, marker), (0.0, 0.0))
        return positive + worth * background, negative + worth * (1 - background)

    def mean(self, diagnosis: str, marker: str) -> float:
        """The pooled rate of a cell."""
        alpha, beta = self.alpha_beta(diagnosis, marker)
        return alpha / (alpha + beta)

    def draws(self, diagnosis: str, marker: str) -> tuple[float, ...]:
        """Draws of the pooled rate of a cell."""
        return draws(*self.alpha_beta(diagnosis, marker), f"{diagnosis}/{marker}")

    def rate(self, diagnosis: str, marker: str) -> Rate:
        """The pooled rate of a cell with interval and studies."""
        low, high = interval(self.draws(diagnosis, marker))
        return Rate(mean=self.mean(diagnosis, marker), low=low, high=high, studies=self.studies_of(diagnosis, marker))

    def without(self, source: str) -> Panel:
        """The panel as it would be had this source not been published."""
        return Panel((study for study in self.studies() if study.source != source), self.parameters)

    def _pooled(self, cell: tuple[str, str]) -> tuple[float, float]:
        studies = ((study.positive, study.total) for study in self._cells[cell])
        return pooled(studies, self.parameters.pooling.correlation)

    def _rate_of_all(self, marker: str) -> float:
        """The rate of a marker in a tumour that nobody reports it of: below the mean of those reported.

        Studies stain for what they expect to find. Each reported diagnosis counts alike, two more stand at one half, and the
        mean is raised to a power: what stains nearly everything (vimentin) stays high, what stains a few is taken for absent.
        Where few diagnoses were studied at all, the power is near one: that nobody reports it then says nothing.
        """
        found = [counts for (_, name), counts in self._counted.items() if name == marker]
        mean = (sum(positive / (positive + negative) for positive, negative in found) + 1.0) / (len(found) + 2)
        studied = len(found) / (len(found) + 2)
        return float(mean ** (1 + (self.parameters.pooling.unreported_power - 1) * studied))


@cache
def load_panel() -> Panel:
    """The panel of this package. Raises BrokenPanel where its data cannot be used."""
    return Panel(load_studies(data("panels.csv")), load_parameters())


@cache
def load_parameters() -> Parameters:
    """The settings of the method. Raises BrokenPanel."""
    try:
        return msgspec.convert(tomllib.loads(data("parameters.toml")), Parameters)
    except (tomllib.TOMLDecodeError, msgspec.ValidationError) as error:
        raise BrokenPanel(f"parameters.toml: {error}.") from error


def data(name: str) -> str:
    """A data file beside this module."""
    return (files("caselore.differential") / name).read_text(encoding="utf-8")


def load_studies(text: str) -> Iterator[Study]:
    """The rows of panels.csv. Raises BrokenPanel for unknown tumours and markers, impossible counts, missing identifiers."""
    diagnoses = {term.label for term in load_terms("tumours.csv")}
    markers = {term.label for term in load_terms("markers.csv")}
    for row in (reader := csv.DictReader(io.StringIO(text))):
        where = f"panels.csv, line {reader.line_num}"
        if row["diagnosis"] not in diagnoses:
            raise BrokenPanel(f"{where}: {row['diagnosis']!r} is no tumour of tumours.csv.")
        if row["marker"] not in markers:
            raise BrokenPanel(f"{where}: {row['marker']!r} is no marker of markers.csv.")
        if not (
            row["positive"].isdigit() and row["total"].isdigit() and 0 <= int(row["positive"]) <= int(row["total"]) > 1
        ):
            raise BrokenPanel(f"{where}: {row['positive']!r} of {row['total']!r} tumours cannot be.")
        identifier = next((f"{kind}:{row[kind]}" for kind in IDENTIFIERS if row[kind]), None)
        if identifier is None:
            raise BrokenPanel(f"{where}: a study needs a DOI, PMID or PMCID.")
        yield Study(
            line=reader.line_num,
            diagnosis=row["diagnosis"],
            marker=row["marker"],
            positive=int(row["positive"]),
            total=int(row["total"]),
            source=row["source"],
            identifier=identifier,
            subtype=row["subtype"],
            note=row["note"],
        )
