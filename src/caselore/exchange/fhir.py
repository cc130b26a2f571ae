"""HL7 FHIR R4 bundles after mCODE STU4 (hl7.fhir.us.mcode 4.0.0), one file a patient.

Every resource has a Provenance that names the source and quotes the words. What is undated gets its time relative to the
operation (`cqf-relativeDateTime`) where the report tells it, else the reason why there is none (`data-absent-reason`).
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from typing import Any

import msgspec

from caselore.exchange.export import Carried, Export, ExportFormat, Loss
from caselore.exchange.fhir_codes import ABSENT, RELATIVE, concept, profile, reference
from caselore.exchange.fhir_parts import PARTS, add_statements
from caselore.exchange.phenopacket import name_of
from caselore.exchange.slots import slots
from caselore.model.case import Case, Event, Report
from caselore.model.fact import Fact, Value
from caselore.model.text import Document

Json = dict[str, Any]
_PARTICIPANT = "http://terminology.hl7.org/CodeSystem/provenance-participant-type"
_SPACE = uuid.UUID("6d2f0c8e-54a5-5b0a-9a27-3f3d8a1f2c11")
"""A namespace of our own, so that the same patient of the same text always gets the same identifiers."""


def export(report: Report[Value], created: str) -> Export:
    """A bundle for each patient; `created` is the time of export, RFC 3339."""
    files, losses = {}, list[Loss]()
    for case in report.cases:
        bundle = Bundle(case, report.document, created)
        name = f"{name_of(report.document, case.patient.label)}.fhir.json"
        files[name] = msgspec.json.format(msgspec.json.encode(bundle.build()), indent=1)
        losses += bundle.carried.losses(slots("fhir").reasons)
    return Export(files=files, losses=tuple(losses))


class Bundle:
    """One patient on the way to a bundle."""

    def __init__(self, case: Case[Value], document: Document, created: str) -> None:
        self.carried = Carried(case)
        self.document = document
        self.created = created
        self.label = case.patient.label
        self.events: dict[str, Event] = {}
        for event in case.events:
            self.events.setdefault(event.kind, event)
        self.resources: list[Json] = []
        self.patient = self.add("Patient", "patient", "cancer-patient", self._patient())
        self.condition: str | None = None
        self.operation: str | None = None
        self.tumour: str | None = None

    def build(self) -> Json:
        """The bundle; a column that is empty or has no slot adds nothing."""
        for part, work in PARTS.items():
            for column, slot in slots("fhir").columns.items():
                if slot.part == part and column in self.carried.cells:
                    work(self, column, slot)
        add_statements(self)
        entries = [{"fullUrl": f"urn:uuid:{one['id']}", "resource": one} for one in self.resources]
        body: Json = {"resourceType": "Bundle", "id": self.identity("bundle"), "meta": profile("patient-bundle")}
        return body | {"type": "collection", "timestamp": self.created, "entry": entries}

    def identity(self, name: str) -> str:
        return str(uuid.uuid5(_SPACE, f"{self.document.id}/{self.label}/{name}"))

    def add(self, kind: str, name: str, of: str, body: Json, facts: Iterable[Fact[Value]] = ()) -> str:
        """Adds a resource after an mCODE profile, with a Provenance where facts say where it is from; returns its address."""
        resource: Json = {"resourceType": kind, "id": self.identity(name)}
        resource |= ({"meta": profile(of)} if of else {}) | body
        self.resources.append(resource)
        told = list(facts)
        self.carried.take(told)
        if told:
            self.resources.append(self._provenance(name, resource, told))
        return f"urn:uuid:{resource['id']}"

    def moment(self, key: str, kind: str, *, to_the_day: bool = False, required: bool = False) -> Json:
        """The time of an event as a FHIR dateTime under `key`: a date, an offset from the operation, or nothing.

        `required` says where nothing would be wrong, so that the absence is told instead.
        """
        event = self.events.get(kind)
        when = event.when if event else None
        if when is not None and when.date is not None and (when.date.day or not to_the_day):
            return {key: str(when.date)}
        if when is not None and when.anchor == "operation" and self.operation and kind != "operation":
            return {f"_{key}": {"extension": [self._offset(when.earliest_days, when.latest_days)]}}
        return {f"_{key}": {"extension": [ABSENT]}} if required else {}

    def _offset(self, earliest: float, latest: float) -> Json:
        days = round((earliest + latest) / 2)
        offset = {"value": abs(days), "unit": "day", "system": "http://unitsofmeasure.org", "code": "d"}
        parts = [
            {"url": "target", "valueReference": {"reference": self.operation}},
            {"url": "targetPath", "valueString": "performed"},
            {"url": "relationship", "valueCode": "before" if days < 0 else "after"},
            {"url": "offset", "valueDuration": offset},
        ]
        return {"extension": parts, "url": RELATIVE}

    def _patient(self) -> Json:
        return {
            "identifier": [{"system": "urn:caselore:patients", "value": f"{self.document.source}/{self.label}"}],
            "name": [{"extension": [ABSENT | {"valueCode": "masked"}]}],
            "gender": "unknown",
        }

    def _provenance(self, name: str, target: Json, facts: list[Fact[Value]]) -> Json:
        """The words that a resource is from: each with its place as characters of the text (RFC 5147)."""
        told = self.document.metadata
        work = f"https://doi.org/{told.doi}" if told.doi else f"urn:sha256:{self.document.id}"
        entities = []
        for one in dict.fromkeys(one for fact in facts for one in fact.evidence):
            place = f"{work}#char={one.span.start},{one.span.end}"
            what = {
                "identifier": {"system": "urn:ietf:rfc:3986", "value": place},
                "display": " ".join(one.quote.split()),
            }
            entities.append({"role": "source", "what": what})
        return {
            "resourceType": "Provenance",
            "id": self.identity(f"provenance-{name}"),
            "target": [reference(f"urn:uuid:{target['id']}")],
            "recorded": self.created,
            "agent": [{"type": concept("assembler", _PARTICIPANT), "who": {"display": "caselore, by rules"}}],
            "entity": entities,
        }


EXPORT = ExportFormat(name="fhir", title="HL7 FHIR R4 bundles after mCODE STU4, JSON, one file a patient", write=export)
