"""Checks FHIR resources against StructureDefinitions: cardinality, fixed values, patterns, slices, required bindings.

A referee for tests, over the compact profiles of tests/conformance/mcode. Data types are left to `fhir.resources`.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

Json = dict[str, Any]
FOLDER = Path(__file__).parent / "conformance" / "mcode"
_LISTED = {
    "administrative-gender": {"male", "female", "other", "unknown"},
    "observation-status": {
        "registered", "preliminary", "final", "amended", "corrected", "cancelled", "entered-in-error", "unknown",
    },
    "condition-clinical": {"active", "recurrence", "relapse", "inactive", "remission", "resolved"},
    "condition-ver-status": {
        "unconfirmed", "provisional", "differential", "confirmed", "refuted", "entered-in-error",
    },
    "event-status": {
        "preparation", "in-progress", "not-done", "on-hold", "stopped", "completed", "entered-in-error", "unknown",
    },
    "medication-admin-status": {
        "in-progress", "not-done", "on-hold", "completed", "entered-in-error", "stopped", "unknown",
    },
    "medicationrequest-status": {
        "active", "on-hold", "cancelled", "completed", "entered-in-error", "stopped", "draft", "unknown",
    },
    "medicationrequest-intent": {
        "proposal", "plan", "order", "original-order", "reflex-order", "filler-order", "instance-order", "option",
    },
    "bundle-type": {
        "document", "message", "transaction", "transaction-response", "batch", "batch-response", "history",
        "searchset", "collection",
    },
    "us-core-problem-or-health-concern": {"problem-list-item", "health-concern"},
    "us-core-clinical-result-observation-category": {
        "sdoh", "functional-status", "disability-status", "cognitive-status", "social-history", "vital-signs",
        "imaging", "laboratory", "procedure", "survey", "exam", "therapy", "activity",
    },
    "identifier-use": {"usual", "official", "temp", "secondary", "old"},
}  # fmt: skip
"""Codes of required bindings that the package does not list itself: FHIR R4 4.0.1 and US Core 6.1.0."""


@cache
def _package() -> Json:
    found: Json = json.loads(gzip.decompress((FOLDER / "profiles.json.gz").read_bytes()))
    return found


@cache
def examples() -> list[Json]:
    found: list[Json] = json.loads(gzip.decompress((FOLDER / "examples.json.gz").read_bytes()))
    return found


def errors(resource: Json) -> list[str]:
    """What is wrong with a resource, by the profiles it claims; entries of a bundle by theirs."""
    found = []
    for url in resource.get("meta", {}).get("profile", ()):
        found += list(_against(resource, url))
    for entry in resource.get("entry", ()):
        found += errors(entry["resource"])
    return found


def _against(value: Json, url: str) -> Iterator[str]:
    profile = _package()["profiles"].get(url.partition("|")[0])
    if profile is None:
        return
    root = profile["elements"][0]["id"]
    name = f"{value.get('resourceType', 'Extension')}/{value.get('id', '')} {url.rpartition('/')[2]}"
    elements = {one["id"]: one for one in profile["elements"]}
    if value.get("resourceType", "Extension") != profile["type"]:
        yield f"{name}: a {value.get('resourceType')} is no {profile['type']}"
        return
    for problem in _children(value, root, elements):
        yield f"{name}: {problem}"
    yield from (f"{name}: {problem}" for problem in _invariants(value, url))


def _children(value: Json, parent: str, elements: dict[str, Json]) -> Iterator[str]:
    depth = parent.count(".") + 1
    for key, element in elements.items():
        tail = key[len(parent) + 1 :]
        if key.startswith(parent + ".") and key.count(".") == depth and ":" not in tail:
            yield from _element(value, key, element, elements)


def _element(value: Json, key: str, element: Json, elements: dict[str, Json]) -> Iterator[str]:
    name = key.rpartition(".")[2]
    values = _values(value, name)
    yield from _count(key, element, len(values))
    slices = [one for other, one in elements.items() if other.startswith(f"{key}:") and "." not in other[len(key) :]]
    for one in values:
        yield from _value(one, key, element, elements)
    matched: set[int] = set()
    for part in slices:
        mine = [n for n, one in enumerate(values) if _is_of(one, part, element, elements)]
        matched.update(mine)
        yield from _count(part["id"], part, len(mine))
        for n in mine:
            yield from _value(values[n], part["id"], part, elements)
    if slices and element.get("slicing", {}).get("rules") == "closed" and len(matched) < len(values):
        yield f"{key}: {len(values) - len(matched)} of no allowed slice"


def _count(key: str, element: Json, count: int) -> Iterator[str]:
    if count < element["min"]:
        yield f"{key}: {count} of at least {element['min']}"
    if element["max"] != "*" and count > int(element["max"]):
        yield f"{key}: {count} of at most {element['max']}"


def _values(value: Json, name: str) -> list[Any]:
    """The values of a field; a choice under any of its names; a primitive that has only an extension counts."""
    if name.endswith("[x]"):
        stem = name[:-3]
        keys = [k for k in value if k.lstrip("_").startswith(stem) and k.lstrip("_")[len(stem) :][:1].isupper()]
        names = {k.lstrip("_") for k in keys}
        return [one for k in sorted(names) for one in _values(value, k)]
    found = value.get(name, value.get(f"_{name}"))
    return [] if found is None else found if isinstance(found, list) else [found]


def _value(value: Any, key: str, element: Json, elements: dict[str, Json]) -> Iterator[str]:
    for rule, wanted in element.items():
        if rule.startswith("fixed") and value != wanted:
            yield f"{key}: {value!r} is not the fixed {wanted!r}"
        if rule.startswith("pattern") and not _fits(value, wanted):
            yield f"{key}: {value!r} does not hold {wanted!r}"
    binding = element.get("binding", {})
    if binding.get("strength") == "required" and _bound(value, binding.get("valueSet", "")) is False:
        yield f"{key}: {value!r} is not in {binding['valueSet']}"
    if isinstance(value, dict):
        if any(other.startswith(f"{key}.") for other in elements):
            yield from _children(value, key, elements)
        for url in (url for kind in element["type"] if kind["code"] == "Extension" for url in kind.get("profile", ())):
            yield from _against(value, url)


def _fits(value: Any, pattern: Any) -> bool:
    if isinstance(pattern, dict):
        return isinstance(value, dict) and all(_fits(value.get(k), v) for k, v in pattern.items())
    if isinstance(pattern, list):
        return isinstance(value, list) and all(any(_fits(one, want) for one in value) for want in pattern)
    return bool(value == pattern)


def _is_of(value: Any, part: Json, element: Json, elements: dict[str, Json]) -> bool:
    """Whether a value belongs to a slice, by its profile's url or the discriminators."""
    urls = [url for kind in part["type"] for url in kind.get("profile", ())]
    if part["type"] and part["type"][0]["code"] == "Extension":
        fixed = elements.get(f"{part['id']}.url", {}).get("fixedUri")
        return isinstance(value, dict) and value.get("url") in ([fixed] if fixed else urls)
    rules = element.get("slicing", {}).get("discriminator", [])
    return bool(rules) and all(_discriminates(value, rule, part, elements) for rule in rules)


def _discriminates(value: Any, rule: Json, part: Json, elements: dict[str, Json]) -> bool:
    path = rule["path"]
    if "resolve()" in path:
        return False  # slices by the profile of what is referred to are not followed
    told = part if path == "$this" else elements.get(f"{part['id']}.{path}", {})
    held = [value] if path == "$this" else _follow(value, path)
    if rule["type"] == "type":
        kinds = {kind["code"] for kind in told.get("type", ())}
        if path == "$this":
            return _type_name(value) in kinds
        return any(isinstance(one, dict) and one.get("resourceType") in kinds for one in held)
    wanted = [v for k, v in told.items() if k.startswith(("fixed", "pattern"))]
    if wanted:
        return any(all(_fits(one, want) for want in wanted) for one in held)
    binding = told.get("binding", {})
    if binding.get("strength") == "required":
        return any(_bound(one, binding["valueSet"]) is True for one in held)
    return True  # the profile names the slice, but says nothing about how to tell it


def _type_name(value: Any) -> str:
    if isinstance(value, dict):
        return "CodeableConcept" if "coding" in value or "text" in value else "Quantity" if "value" in value else ""
    return "dateTime" if isinstance(value, str) else ""


def _follow(value: Any, path: str) -> list[Any]:
    found = [value]
    for name in path.split("."):
        found = [inner for one in found if isinstance(one, dict) for inner in _values(one, name)]
    return found


def _bound(value: Any, url: str) -> bool | None:
    """Whether a code, coding, concept or quantity is of a value set; None where its codes are not listed here."""
    name = url.partition("|")[0]
    listed = _codes(name)
    if listed is None or (isinstance(value, dict) and set(value) == {"extension"}):
        return None
    if isinstance(value, str):
        return any(value in codes for codes in listed.values())
    codings = value.get("coding", [value] if "code" in value else [])
    if not codings:
        return False
    return any(
        one.get("code") in codes
        for one in codings
        for system, codes in listed.items()
        if system in ("", one.get("system"))
    )


@cache
def _codes(url: str) -> dict[str, frozenset[str]] | None:
    """The codes of a value set by system ("" for any system), or None where a filter stands for them."""
    if (named := _LISTED.get(url.rpartition("/")[2])) is not None:
        return {"": frozenset(named)}
    parts = _package()["codes"].get(url)
    if parts is None:
        return None
    found: dict[str, frozenset[str]] = {}
    for part in parts:
        if part.get("filter") or (not part["codes"] and not part.get("valueSet")):
            return None
        for other in part.get("valueSet", ()):
            inner = _codes(other)
            if inner is None:
                return None
            for system, codes in inner.items():
                found[system] = found.get(system, frozenset()) | codes
        if part["codes"]:
            found[part["system"]] = found.get(part["system"], frozenset()) | frozenset(part["codes"])
    return found


def _invariants(value: Json, url: str) -> Iterator[str]:
    """The rules of US Core and mCODE in words of Python, where a profile of ours has them."""
    kind = url.rpartition("/")[2]
    if kind == "mcode-cancer-patient":
        for name in value.get("name", ()):
            absent = any(one["url"].endswith("data-absent-reason") for one in name.get("extension", ()))
            if bool({"family", "given"} & set(name)) == absent:
                yield "us-core-6: a name, or the reason why there is none"
    done = value.get("resourceType") == "Procedure" and value.get("status") in ("completed", "in-progress")
    if done and not _values(value, "performed[x]"):
        yield "us-core-7: a completed procedure was performed at some time"
    if kind == "mcode-tumor-size" and ("focus" in value) == ("specimen" in value):
        yield "must-have-focus-or-specimen: one of them"
    effective = value.get("effectiveDateTime", "0000-00-00")
    if value.get("resourceType") == "Observation" and kind != "mcode-cancer-disease-status" and len(effective) < 10:
        yield "us-core-1: a time of an observation is at least to the day"
