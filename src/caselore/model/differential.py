"""What stains say of a diagnosis: published figures, likelihood ratios, posterior shares, and the next stain worth doing."""

from __future__ import annotations

import msgspec

from caselore.model.version import SCHEMA_VERSION

CAVEAT = (
    "This is arithmetic on published staining rates, not a diagnosis: nobody has looked at the slides. A tumour that is not in "
    "the panel cannot be found, and the shares add up to one over the panel only. It informs a pathologist, it does not decide."
)
"""Stands beside every differential."""

FLAT = "none: every diagnosis of the panel counts alike"
"""What the prior is unless one is asked for."""


class Study(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """How many tumours of one study were positive for one marker: a row of panels.csv.

    `identifier` is a DOI, PMID or PMCID; `note` tells threshold and clone where the source does.
    """

    line: int
    diagnosis: str
    marker: str
    positive: int
    total: int
    source: str
    identifier: str
    subtype: str = ""
    note: str = ""


class Rate(msgspec.Struct, frozen=True, kw_only=True):
    """The pooled share of tumours that are positive, its 95% credible interval, and the studies behind it.

    Without studies it is the rate over all diagnoses of the panel, with the width of what nobody has measured.
    """

    mean: float
    low: float
    high: float
    studies: tuple[Study, ...] = ()

    @property
    def total(self) -> int:
        """Tumours in all studies."""
        return sum(study.total for study in self.studies)

    @property
    def positive(self) -> int:
        """Positive tumours in all studies."""
        return sum(study.positive for study in self.studies)


class ObservedStain(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A stain of the tumour in question; `weight` is below 1 for focal, patchy or weak staining, `extent` the words for it."""

    marker: str
    positive: bool
    weight: float = 1.0
    extent: str = ""

    def __str__(self) -> str:
        return self.marker + ("+" if self.positive else "-") + (f" ({self.extent})" if self.extent else "")


class Argument(msgspec.Struct, frozen=True, kw_only=True):
    """What one stain says for (above 1) or against (below 1) a diagnosis.

    `likelihood_ratio` compares with the other diagnoses of the panel together, or with one rival. It is already reduced for
    focal staining (`strength` below 1) and for stains that depend on each other.
    """

    stain: ObservedStain
    likelihood_ratio: float
    strength: float
    rate: Rate


class Candidate(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A diagnosis with its posterior share, 95% credible interval, and the arguments, strongest first.

    `also` are tumours that stains do not tell from it; their figures are pooled with its own.
    """

    diagnosis: str
    share: float
    low: float
    high: float
    prior: float
    arguments: tuple[Argument, ...]
    also: tuple[str, ...] = ()
    codes: dict[str, str] = {}


class NextStain(msgspec.Struct, frozen=True, kw_only=True):
    """A stain not yet done: expected information gain in bits, and the two diagnoses it would part with their rates."""

    marker: str
    gain: float
    parts: tuple[str, str]
    rates: tuple[Rate, Rate]


class Dispute(msgspec.Struct, frozen=True, kw_only=True):
    """The authors' diagnosis against the strongest other one; `arguments` compare these two.

    `diagnosis` is the one of the panel that stands for what was `stated` ("uterine leiomyosarcoma": leiomyosarcoma).
    """

    stated: str
    diagnosis: str
    rank: int
    share: float
    rival: str
    rival_share: float
    arguments: tuple[Argument, ...]


class PriorFactor(msgspec.Struct, frozen=True, kw_only=True):
    """How a diagnosis came by its prior: factors for frequency, age and site, each 1 where no figure was found."""

    diagnosis: str
    frequency: float
    age: float
    site: float
    sources: tuple[str, ...]


class Differential(msgspec.Struct, frozen=True, kw_only=True):
    """All diagnoses of the panel, most probable first.

    `unused` are stains that no study of the panel tells of, `unknown` those whose result was not told. `dispute` is there when
    a report was read whose diagnosis is in the panel; `stated` whenever a report states one.
    """

    stains: tuple[ObservedStain, ...]
    candidates: tuple[Candidate, ...]
    next_stains: tuple[NextStain, ...]
    unused: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()
    source: str = ""
    patient: str = ""
    stated: str | None = None
    dispute: Dispute | None = None
    prior: str = FLAT
    prior_factors: tuple[PriorFactor, ...] = ()
    notes: tuple[str, ...] = ()
    caveat: str = CAVEAT
    schema_version: str = SCHEMA_VERSION
