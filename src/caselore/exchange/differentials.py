"""A differential as text for a person: the order, the arguments with their figures, the next stain, the references."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from caselore.model.differential import Argument, Candidate, Differential, Dispute, NextStain, Rate, Study

SHOWN = 5
"""Diagnoses that are listed."""
ARGUED = 3
"""Diagnoses whose arguments are listed."""


def to_text(found: Differential) -> str:
    """The answer for a person; what it is not comes last, where it stays on the screen."""
    parts = [
        _heading(found),
        *found.notes,
        _ranking(found),
        *(_argued(one) for one in found.candidates[:ARGUED]),
        _disputed(found),
        _next(found.next_stains),
        _prior(found),
        _references(found),
        found.caveat,
    ]
    return "\n\n".join(part for part in parts if part) + "\n"


def _heading(found: Differential) -> str:
    who = " ".join(filter(None, (found.source, found.patient)))
    lines = [f"{who}: " if who else "", "Stains weighed: " + ", ".join(map(str, found.stains))]
    head = "".join(lines)
    if found.unknown:
        head += "\nResult not known: " + ", ".join(found.unknown)
    if found.unused:
        head += "\nNo figures in the panel, not weighed: " + ", ".join(found.unused)
    return head + f"\nPrior: {found.prior}"


def _ranking(found: Differential) -> str:
    lines = [f"What fits, of {len(found.candidates)} diagnoses (share, 95% credible interval)"]
    for number, one in enumerate(found.candidates[:SHOWN], start=1):
        width = f"{one.low:.0%} to {one.high:.0%}"
        lines.append(f"  {number}. {one.diagnosis:<42} {one.share:4.0%}  {width:<12} {_also(one)}".rstrip())
    rest = sum(one.share for one in found.candidates[SHOWN:])
    lines.append(f"     {'all others':<42} {rest:4.0%}")
    return "\n".join(lines)


def _also(one: Candidate) -> str:
    return f"stains do not tell it from {', '.join(one.also)}" if one.also else ""


def _argued(one: Candidate) -> str:
    return "\n".join([f"{one.diagnosis}: likelihood ratio against the others", *map(_argument, one.arguments)])


def _argument(argument: Argument) -> str:
    side = "for    " if argument.likelihood_ratio >= 1 else "against"
    weaker = "" if argument.strength == 1 else f"; counted at {argument.strength:.2f}"
    return f"  {side} {argument.likelihood_ratio:6.2f}  {argument.stain!s:<22} {_rate(argument.rate)}{weaker}"


def _rate(rate: Rate) -> str:
    width = f"{rate.mean:.0%} ({rate.low:.0%} to {rate.high:.0%})"
    if not rate.studies:
        return f"{width}, no study: the rate over all tumours"
    studies = "1 study" if len(rate.studies) == 1 else f"{len(rate.studies)} studies"
    return f"{width}, {rate.positive} of {rate.total} in {studies} {_lines(rate.studies)}"


def _lines(studies: Sequence[Study]) -> str:
    return "[" + ", ".join(str(study.line) for study in studies) + "]"


def _disputed(found: Differential) -> str:
    if found.stated is None:
        return ""
    if found.dispute is None:
        return f"The authors' diagnosis, {found.stated}, is not in the panel: the stains cannot argue with it here."
    dispute = found.dispute
    lines = [_verdict(dispute), *map(_argument, dispute.arguments)]
    return "\n".join(lines)


def _verdict(dispute: Dispute) -> str:
    counted = "" if dispute.stated == dispute.diagnosis else f" (counted as {dispute.diagnosis})"
    stated = f"The authors' diagnosis, {dispute.stated}{counted}, with {dispute.share:.0%}"
    if dispute.rank == 1:
        return f"{stated} fits the stains best; next comes {dispute.rival} with {dispute.rival_share:.0%}. Against it:"
    return (
        f"{stated} stands at place {dispute.rank}: the stains fit {dispute.rival} better ({dispute.rival_share:.0%}). "
        "Likelihood ratios between the two:"
    )


def _next(stains: Iterable[NextStain]) -> str:
    lines = [
        f"  {one.marker:<18} {one.gain:.2f} bits; parts {one.parts[0]} ({_short(one.rates[0])}) "
        f"from {one.parts[1]} ({_short(one.rates[1])})"
        for one in stains
    ]
    return "\n".join(["Stains that would tell most", *lines]) if lines else ""


def _short(rate: Rate) -> str:
    return f"{rate.mean:.0%} positive" if rate.studies else "no study"


def _prior(found: Differential) -> str:
    lines = [
        f"  {one.diagnosis}: frequency {one.frequency:.2g}, age {one.age:.2g}, site {one.site:.2g} ({'; '.join(one.sources)})"
        for one in found.prior_factors
        if one.sources
    ]
    return "\n".join(["Prior factors (1 where no figure was found)", *lines]) if lines else ""


def _references(found: Differential) -> str:
    lines = [f"  [{study.line}] {_reference(study)}" for study in _studies(found)]
    return "\n".join(["Figures, by line of panels.csv", *lines]) if lines else ""


def _reference(study: Study) -> str:
    details = "; ".join(filter(None, (study.subtype, study.note)))
    told = f" ({details})" if details else ""
    return f"{study.diagnosis}, {study.marker}: {study.positive} of {study.total}{told}. {study.source}, {study.identifier}"


def _studies(found: Differential) -> Iterator[Study]:
    rates = [argument.rate for one in found.candidates[:ARGUED] for argument in one.arguments]
    if found.dispute:
        rates += [argument.rate for argument in found.dispute.arguments]
    rates += [rate for one in found.next_stains for rate in one.rates]
    yield from sorted({study for rate in rates for study in rate.studies}, key=lambda study: study.line)
