"""W3C Web Annotation Data Model: every quoted place of a report as one page of annotations, JSON-LD."""

from __future__ import annotations

import hashlib
from typing import Any

import msgspec

from caselore.exchange.export import Export, ExportFormat, kind_of
from caselore.exchange.standoff import Mark, losses, marks
from caselore.model.case import Report
from caselore.model.fact import Value
from caselore.model.text import Document

_CONTEXT = "http://www.w3.org/ns/anno.jsonld"
_AROUND = 40
"""Characters before and after a quote, by which it is found again in a text that has changed."""


def export(report: Report[Value], created: str) -> Export:
    """One AnnotationPage; `created` is the time of export, RFC 3339."""
    document = report.document
    page = {
        "@context": _CONTEXT,
        "id": f"urn:caselore:annotations:{document.id}",
        "type": "AnnotationPage",
        "items": [_annotation(mark, document, created) for mark in marks(report)],
    }
    content = msgspec.json.format(msgspec.json.encode(page), indent=1)
    return Export(files={f"{document.source}.annotations.jsonld": content}, losses=losses(report))


def _annotation(mark: Mark, document: Document, created: str) -> dict[str, Any]:
    fact, span, told = mark.fact, mark.evidence.span, document.metadata
    name = f"{mark.patient}/{fact.id}/{span.start}-{span.end}"
    said = "" if fact.assertion.value == "affirmed" else f" ({fact.assertion.value.replace('_', ' ')})"
    body = [
        {"type": "TextualBody", "purpose": "tagging", "value": kind_of(fact)},
        {"type": "TextualBody", "purpose": "describing", "value": f"{mark.patient}: {fact.value}{said}"},
    ]
    place = {
        "type": "TextPositionSelector",
        "start": span.start,
        "end": span.end,
    }
    quote = {
        "type": "TextQuoteSelector",
        "exact": mark.evidence.quote,
        "prefix": document.raw[max(0, span.start - _AROUND) : span.start],
        "suffix": document.raw[span.end : span.end + _AROUND],
    }
    return {
        "id": f"urn:caselore:annotation:{hashlib.sha256(f'{document.id}/{name}'.encode()).hexdigest()[:32]}",
        "type": "Annotation",
        "motivation": "tagging",
        "created": created,
        "generator": {"type": "Software", "name": "caselore"},
        "body": body,
        "target": {
            "source": f"https://doi.org/{told.doi}" if told.doi else f"urn:sha256:{document.id}",
            "selector": [place, quote],
        },
    }


EXPORT = ExportFormat(name="webannotation", title="W3C Web Annotations, JSON-LD", write=export)
