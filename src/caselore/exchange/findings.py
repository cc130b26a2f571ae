"""Lint findings for other tools: SARIF 2.1.0 and GitHub workflow commands."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Protocol

from caselore.model.diagnostic import Findings, Place, Severity

_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "note"}
_COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "notice"}


class Described(Protocol):
    """A rule as SARIF lists it."""

    @property
    def code(self) -> str: ...
    @property
    def name(self) -> str: ...
    @property
    def explanation(self) -> str: ...


def to_sarif(results: Iterable[Findings], names: Mapping[str, str], rules: Iterable[Described]) -> str:
    """The findings as a SARIF 2.1.0 log (OASIS); `names` gives the path of each source. Places count raw characters."""
    driver = {
        "name": "caselore",
        "rules": [
            {
                "id": rule.code,
                "name": rule.name,
                "shortDescription": {"text": rule.explanation.splitlines()[0]},
                "fullDescription": {"text": rule.explanation},
            }
            for rule in rules
        ],
    }
    found = [
        {
            "ruleId": one.code,
            "level": _LEVELS[one.severity],
            "message": {"text": one.message},
            "locations": [_location(names[result.source], place) for place in one.places],
        }
        for result in results
        for one in result.findings
    ]
    log = {
        "version": "2.1.0",
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "runs": [{"tool": {"driver": driver}, "columnKind": "unicodeCodePoints", "results": found}],
    }
    return json.dumps(log, indent=1, ensure_ascii=False)


def _location(path: str, place: Place) -> dict[str, object]:
    region = {
        "startLine": place.line,
        "charOffset": place.start,
        "charLength": place.end - place.start,
        "snippet": {"text": place.quote},
    }
    return {"physicalLocation": {"artifactLocation": {"uri": path}, "region": region}}


def to_github(results: Iterable[Findings], names: Mapping[str, str]) -> str:
    """A workflow command for each finding, at its first place."""
    lines = [
        f"::{_COMMANDS[one.severity]} file={_property(names[result.source])},line={one.places[0].line},"
        f"title={_property(one.code + ' ' + one.rule)}::{_data(one.message)}\n"
        for result in results
        for one in result.findings
    ]
    return "".join(lines)


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
