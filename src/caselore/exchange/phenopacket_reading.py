"""Phenopackets v2 read back, others' too: each becomes the review row of a patient without sentences.

Only what a packet says in a way that has one meaning is taken: codes that our term tables know become our labels, others
keep the label of the packet.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any

import msgspec

from caselore.exchange.slots import Slot, slots
from caselore.exchange.tables import SourceRows
from caselore.exchange.vocabulary import LOCAL, fixed, labels
from caselore.model.row import ReviewRow

Json = dict[str, Any]
_DURATION = re.compile(r"P(?:(\d+(?:\.\d+)?)Y)?(?:(\d+(?:\.\d+)?)M)?(?:(\d+(?:\.\d+)?)W)?(?:(\d+(?:\.\d+)?)D)?(?:T.*)?")
_DAYS = (365.25, 365.25 / 12, 7.0, 1.0)
_SEX = {"MALE": "male", "FEMALE": "female"}
_VITAL = {"ALIVE": "alive", "DECEASED": "dead"}


class NotAPhenopacket(ValueError):
    """JSON that is no phenopacket of version 2; the message says what departs."""


def read_packet(content: bytes, source: str) -> SourceRows:
    """The row of the patient of a packet; raises NotAPhenopacket."""
    try:
        packet = msgspec.json.decode(content, type=dict[str, Any])
    except msgspec.DecodeError as error:
        raise NotAPhenopacket(f"it is no JSON object: {error}") from error
    if "metaData" not in packet or "id" not in packet:
        raise NotAPhenopacket("it has no id or no metaData, which every phenopacket has")
    try:
        told = _Reader(packet).row()
    except (AttributeError, TypeError, KeyError, ValueError) as error:
        raise NotAPhenopacket(f"a field is not of the kind that the format wants ({error})") from error
    return SourceRows(source=source, patients=(msgspec.convert(told, ReviewRow),))


def years(duration: str) -> float | None:
    """An ISO 8601 duration as years; None for anything else."""
    match = _DURATION.fullmatch(duration)
    if match is None or not any(match.groups()):
        return None
    y, m, w, d = (float(part or 0) for part in match.groups())
    return round(y + m / 12 + (w * 7 + d) / 365.25, 4)


class _Reader:
    def __init__(self, packet: Json) -> None:
        self.packet = packet
        self.slots = slots("phenopacket").columns
        self.told: Json = {"role": "index", "label": str(packet.get("subject", {}).get("id") or packet["id"])}

    def row(self) -> Json:
        self._subject(self.packet.get("subject", {}))
        self._features(self.packet.get("phenotypicFeatures", ()))
        self._diseases(self.packet.get("diseases", ()))
        for sample in self.packet.get("biosamples", ()):
            self._sample(sample)
        self._measurements(self.packet.get("measurements", ()))
        self._actions(self.packet.get("medicalActions", ()))
        return {key: value for key, value in self.told.items() if value not in (None, [], {})}

    def label(self, code: Json, slot: Slot) -> str:
        """Our label of a code where a table has it, else the packet's own."""
        return _labels(slot.table).get(str(code.get("id")), str(code.get("label", "")))

    def _subject(self, subject: Json) -> None:
        age = subject.get("timeAtLastEncounter", {}).get("age", {}).get("iso8601duration")
        status = subject.get("vitalStatus", {})
        self.told["age_years"] = years(age) if age else None
        self.told["sex"] = _SEX.get(subject.get("sex", ""))
        self.told["status"] = _VITAL.get(status.get("status", ""))
        if self.told["status"] == "dead" and status.get("survivalTimeInDays"):
            self.told["follow_up_months"] = round(status["survivalTimeInDays"] / 30.44, 2)

    def _features(self, features: Iterable[Json]) -> None:
        for one in features:
            code = one["type"]["id"]
            excluded = bool(one.get("excluded"))
            if code == fixed()["recurrent"].id:
                self.told["recurrence"] = "no" if excluded else "yes"
            elif code == fixed()["origin.metastatic"].id:
                if not excluded:
                    sites = [self.label(site, self.slots["metastases"]) for site in one.get("modifiers", ())]
                    self.told.setdefault("metastases", []).extend(sites)
            else:
                column = "absent_symptoms" if excluded else "symptoms"
                self._add(column, self.label(one["type"], self.slots[column]))

    def _add(self, column: str, label: str) -> None:
        if label and label not in self.told.setdefault(column, []):
            self.told[column].append(label)

    def _diseases(self, diseases: Iterable[Json]) -> None:
        """HIV, present or excluded; the first other disease that is not excluded is the tumour."""
        for one in diseases:
            if one["term"]["id"] == fixed()["hiv"].id:
                self.told["immune"] = {"hiv": "negative" if one.get("excluded") else "positive"}
            elif not one.get("excluded") and "diagnosis" not in self.told:
                self.told["diagnosis"] = self.label(one["term"], self.slots["diagnosis"])
                if site := one.get("primarySite"):
                    self._add("sites", self.label(site, self.slots["sites"]))
                self.told["laterality"] = _value(one.get("laterality"), "side")
                onset = one.get("onset", {}).get("age", {}).get("iso8601duration")
                if onset and years(onset) is not None:
                    self.told["age_years"] = years(onset)

    def _sample(self, sample: Json) -> None:
        for column in ("origin", "grade"):
            if value := _value(sample.get(self.slots[column].field), column):
                self.told.setdefault(column, value)
        self._measurements(sample.get("measurements", ()))

    def _measurements(self, measurements: Iterable[Json]) -> None:
        numbers = {slot.own.id: column for column, slot in self.slots.items() if slot.unit}
        for one in measurements:
            value = one.get("value", {})
            column = numbers.get(one["assay"]["id"])
            if (
                column
                and "quantity" in value
                and value["quantity"]["unit"]["id"] == fixed()[self.slots[column].unit].id
            ):
                self.told.setdefault(column, float(value["quantity"]["value"]))
            elif result := _value(value.get("ontologyClass"), "result"):
                self._stain(one["assay"], result)

    def _stain(self, assay: Json, result: str) -> None:
        """A stain of ours, or an assay that our marker table knows by its code."""
        if assay["id"] in _labels("markers") or str(assay["id"]).startswith(f"{LOCAL}:"):
            self.told.setdefault("ihc", {})[self.label(assay, self.slots["ihc"])] = result

    def _actions(self, actions: Iterable[Json]) -> None:
        for one in actions:
            if agent := one.get("treatment", {}).get("agent"):
                self._add("agents", self.label(agent, self.slots["agents"]))
            given = one.get("radiationTherapy")
            if given:
                technique = _value(given.get("modality"), "rt")
                self.told |= {"radiotherapy": "yes", "rt_dose_gy": float(given["dosage"])}
                self.told |= {"rt_fractions": float(given["fractions"]), "rt_technique": technique}
            elif one.get("procedure", {}).get("code", {}).get("id") == fixed()["rt.any"].id:
                self.told["radiotherapy"] = "yes"


@cache
def _labels(table: str) -> Mapping[str, str]:
    return labels(table) if table else {}


def _value(code: Json | None, family: str) -> str | None:
    """Which value of a family ("side", "grade") a code stands for."""
    wanted = (code or {}).get("id")
    found = (key for key, one in fixed().items() if key.startswith(f"{family}.") and one.id == wanted)
    return next((key.partition(".")[2] for key in found), None)
