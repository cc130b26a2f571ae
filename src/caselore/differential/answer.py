"""The whole answer to "what else could it be?": from typed stains, or from one patient of a report."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from caselore.assembly.cell import CaseFacts
from caselore.assembly.row import review_row
from caselore.differential.next_stain import next_stains
from caselore.differential.panel import Panel
from caselore.differential.posterior import against_rival, candidates, flat
from caselore.differential.prior import prior_factors, prior_shares
from caselore.differential.stains import reported_stains, typed_stains
from caselore.model.case import Case, Role
from caselore.model.differential import FLAT, Candidate, Differential, Dispute, ObservedStain
from caselore.model.fact import Value
from caselore.topics.ihc import Stain
from caselore.topics.ontology import ancestors, concepts, named

_TUMOURS = "tumours.csv"
_FEW = 3


class NothingToWeigh(ValueError):
    """There is no stain that the panel has figures for; the message says what was there."""


class Circumstances(msgspec.Struct, frozen=True, kw_only=True):
    """What a prior is made of: it is used only when `used`."""

    used: bool = False
    age: float | None = None
    sites: tuple[str, ...] = ()


def of_typed(text: str, panel: Panel, circumstances: Circumstances) -> Differential:
    """The differential of "SMA+ desmin- STAT6?". Raises WrongStains, WrongSite, NothingToWeigh."""
    typed = typed_stains(text, panel.parameters)
    found = weigh(typed.stains, panel, circumstances)
    return msgspec.structs.replace(found, unknown=typed.unknown)


def of_case(case: Case[Value], source: str, panel: Panel, with_prior: bool) -> Differential:
    """The differential of a patient's stains, and what they say of the authors' diagnosis. Raises NothingToWeigh."""
    row = review_row(case)
    told = [fact.value for fact in CaseFacts(case).of(Stain)]
    stains = reported_stains(row.ihc, told, panel.parameters)
    known = tuple(site for site in row.sites if named("anatomy.csv", site))
    circumstances = Circumstances(used=with_prior, age=row.age_years, sites=known)
    found = weigh(stains, panel, circumstances)
    return msgspec.structs.replace(
        found,
        source=source,
        patient=case.patient.label,
        stated=row.diagnosis,
        dispute=dispute(row.diagnosis, found, panel) if row.diagnosis else None,
        unknown=tuple(marker for marker, result in row.ihc.items() if result == "conflict"),
    )


def is_index(case: Case[Value]) -> bool:
    """Whether the authors treated this patient."""
    return case.patient.role is Role.INDEX


def weigh(stains: Sequence[ObservedStain], panel: Panel, circumstances: Circumstances) -> Differential:
    """The differential of stains. Raises NothingToWeigh, and WrongSite when the prior is used."""
    usable = tuple(stain for stain in stains if stain.marker in panel.markers)
    unused = tuple(stain.marker for stain in stains if stain.marker not in panel.markers)
    if not usable:
        told = ", ".join(unused) or "none is told"
        raise NothingToWeigh(f"No stain with published figures in the panel to weigh ({told}).")
    factors = prior_factors(panel, circumstances.age, circumstances.sites) if circumstances.used else ()
    prior = prior_shares(factors) if factors else flat(panel)
    return Differential(
        stains=usable,
        unused=unused,
        candidates=candidates(panel, usable, prior),
        next_stains=next_stains(panel, usable, prior),
        prior=_described(circumstances) if factors else FLAT,
        prior_factors=factors,
        notes=_notes(usable),
    )


def in_panel(diagnosis: str, panel: Panel) -> str | None:
    """The diagnosis of the panel that stands for a named tumour: itself, what it is pooled with, or the nearest above it."""
    term = named(_TUMOURS, diagnosis)
    if term is None:
        return None
    steps = ancestors(_TUMOURS, term.concept)
    for concept in sorted(steps, key=lambda one: steps[one]):
        label = panel.stands_for(concepts(_TUMOURS)[concept].label)
        if label in panel.diagnoses:
            return label
    return None


def dispute(stated: str, found: Differential, panel: Panel) -> Dispute | None:
    """The stated diagnosis against the strongest other one; None where it is not in the panel."""
    diagnosis = in_panel(stated, panel)
    if diagnosis is None:
        return None
    ranked = [one.diagnosis for one in found.candidates]
    rival = next(one for one in found.candidates if one.diagnosis != diagnosis)
    mine = _candidate(found, diagnosis)
    return Dispute(
        stated=stated,
        diagnosis=diagnosis,
        rank=ranked.index(diagnosis) + 1,
        share=mine.share,
        rival=rival.diagnosis,
        rival_share=rival.share,
        arguments=against_rival(panel, found.stains, diagnosis, rival.diagnosis),
    )


def _candidate(found: Differential, diagnosis: str) -> Candidate:
    return next(one for one in found.candidates if one.diagnosis == diagnosis)


def _described(circumstances: Circumstances) -> str:
    parts = ["published frequency"]
    if circumstances.age is not None:
        parts.append(f"age {circumstances.age:g}")
    parts += [f"site {site}" for site in circumstances.sites]
    return "on: " + ", ".join(parts)


def _notes(stains: Sequence[ObservedStain]) -> tuple[str, ...]:
    if len(stains) >= _FEW:
        return ()
    return (
        f"Only {len(stains)} stain{'s' if len(stains) > 1 else ''} with figures in the panel: the order says little.",
    )
