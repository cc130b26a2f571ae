"""Molecular findings: fusions, mutations, amplifications, methylation, and whether they were detected."""

from __future__ import annotations

import re
from collections.abc import Iterator

from caselore.language.coordination import coordinated, masked
from caselore.language.generality import is_general
from caselore.language.patterns import Pattern
from caselore.language.verdict import Result, verdicts
from caselore.language.view import SentenceView
from caselore.model.fact import Value
from caselore.model.text import TextSpan
from caselore.topics.topic import Draft, Topic


class Alteration(Value, frozen=True, tag="alteration"):
    """A genetic or epigenetic change of the tumour; `name` is a label of alterations.csv or GENE::GENE fusion."""

    name: str
    detected: bool
    method: str | None = None

    def __str__(self) -> str:
        words = f"{self.name} {'detected' if self.detected else 'not detected'}"
        return f"{words} ({self.method})" if self.method else words


_METHOD = Pattern(
    r"\b(?:(?P<FISH>FISH|fluorescen(?:ce|t) in[- ]situ)|(?P<PCR>(?:RT-?)?PCR|polymerase chain)"
    r"|(?P<NGS>NGS|next[- ]generation|RNA[- ]seq\w*|panel sequencing|whole[- ]exome)"
    r"|(?P<sequencing>Sanger|sequenc\w+)|(?P<methylation>methylation (?:array|profil\w+|class\w+))"
    r"|(?P<karyotype>karyotyp\w+|cytogenetic\w*))",
    re.I,
)
_FUSION = Pattern(
    r"\b(?P<five>[A-Z][A-Z0-9]{2,8})(?:::"
    r"|[-/–])(?P<three>[A-Z][A-Z0-9]{2,8})(?=\s+(?:gene\s+)?(?:fusions?|rearrangement|translocation"
    r"|transcript)|\s+chimeric)"
)
_GENE_CHANGE = Pattern(
    r"\b(?P<gene>[A-Z][A-Z0-9]{2,7})\s+(?:gene\s+)?(?P<change>mutations?|amplification"
    r"|rearrangements?|deletion|fusion|translocation)\b"
)
_NOT_GENES = frozenset(
    {"FISH", "DNA", "RNA", "PCR", "NGS", "MRI", "THE", "MSI", "WHO", "LMS", "SFT", "DFSP", "GIST", "EBV", "HIV"}
)
_UNTOLD = Pattern(
    r"\b(?:test(?:ed|ing) (?:for|was)|was (?:requested|performed|recommended|planned)|analysis (?:of"
    r"|for)|to (?:detect|exclude|look for|assess|confirm)|should|would|could be)\b",
    re.I,
)
_FOUND = Pattern(
    r"\b(?:reveal|detect|identif|harbou?r|carri|carry|show|demonstrat|confirm|disclos|found|with|had"
    r"|has|display|positive|presence|present|exhibit|contain|because of|due to|driven by|bearing|a\b"
    r"|an\b)",
    re.I,
)


def extract(view: SentenceView) -> Iterator[Draft]:
    found = _changes(view)
    if not found:
        return
    start = view.span.start
    spans = [span for span, _ in found]
    text = masked(view.text, spans)
    groups = [[spans[i] for i in group] for group in coordinated(text, spans)]
    read = {span: verdict for verdict in verdicts(text, groups, context=True) for span in verdict.members}
    method = _METHOD.search(view.text)
    done: set[str] = set()
    for span, name in found:
        verdict = read.get(span)
        if is_general(view.text, span.start) or name in done:
            continue
        if verdict is None and (_UNTOLD.search(view.text) or not _FOUND.search(view.text)):
            continue
        if verdict is not None and verdict.result is Result.EQUIVOCAL:
            continue
        done.add(name)
        value = Alteration(
            name=name,
            detected=verdict is None or verdict.result is Result.POSITIVE,
            method=method.lastgroup if method else None,
        )
        place = TextSpan(span.start + start, span.end + start)
        yield Draft(value=value, spans=(place,))


def _changes(view: SentenceView) -> list[tuple[TextSpan, str]]:
    """The changes that a sentence names, in order, without overlap; a term of the table before a pattern."""
    start = view.span.start
    found: list[tuple[TextSpan, str]] = []
    for mention in view.of("alteration"):
        span = TextSpan(mention.span.start - start, mention.span.end - start)
        if not any(span.overlaps(other) for other, _ in found):
            found.append((span, mention.label))
    for match in view.find(_FUSION):
        span = TextSpan(*match.span())
        if not any(span.overlaps(other) for other, _ in found):
            found.append((span, f"{match['five']}::{match['three']} fusion"))
    for match in view.find(_GENE_CHANGE):
        span = TextSpan(*match.span())
        if match["gene"] not in _NOT_GENES and not any(span.overlaps(other) for other, _ in found):
            found.append((span, f"{match['gene']} {match['change'].rstrip('s')}"))
    return sorted(found, key=lambda item: item[0])


TOPIC = Topic(name="molecular", extract=extract, values=(Alteration,), terms=("alterations.csv",))
