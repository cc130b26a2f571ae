"""GA4GH Phenopackets v2 (ISO 4454:2022), one file a patient, as JSON.

What each column of the review row becomes is told by slots.toml; codes come from `vocabulary`. The age in the packet is
that at presentation. Doses of irradiation are whole Gy in this format, so 50.4 Gy is left to the loss report.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

import msgspec

from caselore.exchange.export import Carried, Export, ExportFormat, Loss
from caselore.exchange.phenopacket_parts import PARTS, ontology_class, quotes
from caselore.exchange.slots import slots
from caselore.exchange.vocabulary import coded, fixed, resources, terms
from caselore.model.case import Case, Report
from caselore.model.fact import Fact, Value
from caselore.model.text import Document

SCHEMA_VERSION = "2.0"
Json = dict[str, Any]


def export(report: Report[Value], created: str) -> Export:
    """A packet for each patient; `created` is the time of export, RFC 3339."""
    files, losses = {}, list[Loss]()
    for case in report.cases:
        packet = Packet(case, report.document)
        files[f"{packet.id}.phenopacket.json"] = msgspec.json.format(
            msgspec.json.encode(packet.build(created)), indent=1
        )
        losses += packet.carried.losses(slots("phenopacket").reasons)
    return Export(files=files, losses=tuple(losses))


def name_of(document: Document, label: str) -> str:
    """A name for a patient that files and identifiers can have."""
    return "-".join(re.sub(r"[^A-Za-z0-9]+", "-", part).strip("-") for part in (document.source, label))


class Packet:
    """One patient on the way to a packet."""

    def __init__(self, case: Case[Value], document: Document) -> None:
        self.carried = Carried(case)
        self.document = document
        self.id = name_of(document, case.patient.label)
        self.body: dict[str, list[Json]] = {}
        self.subject: Json = {"id": case.patient.label}
        self.disease: Json = {}
        self.sample: Json = {}

    def build(self, created: str) -> Json:
        """The packet; a column that is empty or has no slot adds nothing."""
        for part, work in PARTS.items():
            for column, slot in slots("phenopacket").columns.items():
                if slot.part == part and column in self.carried.cells:
                    work(self, column, slot)
        self._add_tnm()
        self._add_findings()
        self._add_laboratory()
        self._finish_sample()
        diseases = [self.disease] if self.disease.get("term") else []
        packet: Json = {"id": self.id, "subject": self.subject}
        self.body["diseases"] = diseases + self.body.get("diseases", [])
        order = ("phenotypicFeatures", "measurements", "biosamples", "interpretations", "diseases", "medicalActions")
        packet |= {key: self.body[key] for key in order if self.body.get(key)}
        return packet | {"metaData": self._meta(packet, created)}

    def add(self, part: str, item: Json) -> None:
        """Each item once."""
        items = self.body.setdefault(part, [])
        if item not in items:
            items.append(item)

    def evidence(self, facts: Iterable[Fact[Value]]) -> list[Json]:
        """The publication and the quoted words, one entry a place."""
        told = self.document.metadata
        name = f"PMID:{told.pmid}" if told.pmid else f"DOI:{told.doi}" if told.doi else f"urn:sha256:{self.document.id}"
        code = ontology_class(fixed()["automatic_reading"])
        quotes = dict.fromkeys(" ".join(one.quote.split()) for fact in facts for one in fact.evidence)
        return [{"evidenceCode": code, "reference": {"id": name, "description": quote}} for quote in quotes]

    def facts_of(self, column: str, label: str) -> list[Fact[Value]]:
        """The facts of a cell that tell one of its values, or all of them where none says it in so many words."""
        facts = self.carried.cells[column].facts
        return [fact for fact in facts if label in _words_of(fact)] or list(facts)

    def _add_tnm(self) -> None:
        """Pathological T and N categories; M only where it is pathological itself."""
        for fact in self.carried.facts("tnm"):
            printed = getattr(fact.value, "code", "")
            categories = re.findall(r"([a-z]*)([TNM])([0-4X][a-d]?|is)", printed)
            pathological = False
            for prefix, letter, rest in categories:
                pathological = "p" in prefix or (pathological and letter == "N" and not prefix)
                code = fixed().get(f"tnm.p{letter}{rest}") if pathological else None
                if code is None:
                    self.carried.lose(f"{prefix}{letter}{rest}", "no code was seen for this category")
                    continue
                found = self.sample.setdefault("pathologicalTnmFinding", [])
                if ontology_class(code) not in found:
                    found.append(ontology_class(code))
                self.carried.take([fact])

    def _add_findings(self) -> None:
        """Genes with an alteration; what is told of two genes at once stands in the summary only."""
        for number, fact in enumerate(self.carried.facts("alteration"), 1):
            name, detected = getattr(fact.value, "name", ""), getattr(fact.value, "detected", True)
            entry: Json = {"id": f"{self.id}-finding-{number}", "progressStatus": "COMPLETED"}
            gene = terms("alterations").get(name.lower(), {}).get("HGNC")
            if gene is not None and self.disease.get("term"):
                status = "UNKNOWN_STATUS" if detected else "REJECTED"
                described = {"valueId": gene.id, "symbol": name.split()[0], "description": str(fact.value)}
                found = {"subjectOrBiosampleId": self.subject["id"], "interpretationStatus": status, "gene": described}
                entry["diagnosis"] = {"disease": self.disease["term"], "genomicInterpretations": [found]}
            self.add("interpretations", entry | {"summary": str(fact.value)})
            self.carried.take([fact])

    def _add_laboratory(self) -> None:
        """Values with a unit that has a code; bounds ("< 5") have no place."""
        for fact in self.carried.facts("lab_value"):
            told = msgspec.to_builtins(fact.value)
            unit = fixed().get(f"unit.{told.get('unit')}")
            if told.get("amount") is None or told.get("comparator") or unit is None:
                continue
            quantity = {"unit": ontology_class(unit), "value": told["amount"]}
            assay = ontology_class(coded("laboratory", told["analyte"]))
            self.add("measurements", {"assay": assay, "value": {"quantity": quantity}, "description": quotes(fact)})
            self.carried.take([fact])

    def _finish_sample(self) -> None:
        if not self.sample:
            return
        site, term = self.disease.get("primarySite"), self.disease.get("term")
        about = {"id": f"{self.id}-tumour", "individualId": self.subject["id"]}
        about |= {"sampledTissue": site} if site else {}
        about |= {"histologicalDiagnosis": term} if term else {}
        self.add("biosamples", about | self.sample)

    def _meta(self, packet: Json, created: str) -> Json:
        used = sorted({name for name in _prefixes(packet) if name in resources()})
        told = self.document.metadata
        described = [_resource(prefix) for prefix in used]
        ids = (("PMID", told.pmid), ("DOI", told.doi))
        references = [{"id": f"{kind}:{value}", "description": told.title or ""} for kind, value in ids if value]
        meta: Json = {"created": created, "createdBy": "caselore", "phenopacketSchemaVersion": SCHEMA_VERSION}
        return (
            meta
            | ({"resources": described} if described else {})
            | ({"externalReferences": references} if references else {})
        )


def _resource(prefix: str) -> Json:
    told = resources()[prefix]
    names = {"id": told.id, "name": told.name, "url": told.url, "version": told.version}
    return names | {"namespacePrefix": prefix, "iriPrefix": told.iri}


def _words_of(fact: Fact[Value]) -> set[str]:
    """The texts among the fields of a value."""
    found: set[str] = set()
    for field in msgspec.to_builtins(fact.value).values():
        found.update(field if isinstance(field, list) else [field] if isinstance(field, str) else [])
    return found


def _prefixes(item: object) -> Iterator[str]:
    """The prefixes of all identifiers with a label."""
    if isinstance(item, dict):
        if isinstance(item.get("id"), str) and "label" in item:
            yield item["id"].partition(":")[0]
        if isinstance(item.get("valueId"), str):
            yield item["valueId"].partition(":")[0]
        item = list(item.values())
    if isinstance(item, list):
        for one in item:
            yield from _prefixes(one)


EXPORT = ExportFormat(name="phenopacket", title="GA4GH Phenopackets v2, JSON, one file a patient", write=export)
