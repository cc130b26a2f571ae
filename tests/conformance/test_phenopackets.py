"""Every packet of every annotated patient against the JSON Schema of Phenopackets v2, and the protobuf parser."""

from __future__ import annotations

import json
from functools import cache
from typing import Any

from google.protobuf.json_format import Parse
from jsonschema import Draft201909Validator
from phenopackets.schema.v2 import Phenopacket
from referencing import Registry, Resource

from caselore.exchange import phenopacket
from caselore.exchange.vocabulary import LOCAL, every_code, resources
from exported import TIME, reports
from shared import SHARED, needs_shared

pytestmark = needs_shared
_AT = "classpath:/org/phenopackets/phenopackettools/validator/jsonschema/"


@cache
def validator() -> Draft201909Validator:
    folder = SHARED / "bench" / "phenopackets"
    found = {str(path.relative_to(folder)): json.loads(path.read_text()) for path in folder.rglob("*.json")}
    registry: Registry[Any] = Registry().with_resources(
        (_AT + name, Resource.from_contents({k: v for k, v in schema.items() if k != "$id"}))
        for name, schema in found.items()
    )
    main = found["v2/phenopacket-schema.json"]
    return Draft201909Validator(main, registry=registry)


@cache
def packets() -> tuple[dict[str, Any], ...]:
    return tuple(
        json.loads(content) for report in reports() for content in phenopacket.export(report, TIME).files.values()
    )


def test_no_packet_violates_the_schema() -> None:
    violations = [f"{p['id']}: {e.json_path}: {e.message}" for p in packets() for e in validator().iter_errors(p)]
    assert len(packets()) > 100
    assert violations == []


def test_the_validator_sees_what_the_parser_does_not() -> None:
    packet = packets()[0]
    broken = (
        {k: v for k, v in packet.items() if k != "metaData"},
        packet | {"subject": {"id": "x", "timeAtLastEncounter": {"age": {"iso8601duration": "37 years"}}}},
        packet | {"diseases": [{"term": {"id": "NCIT:C3158"}}]},
    )
    assert all(not validator().is_valid(one) for one in broken)


def test_the_protobuf_parser_takes_every_packet() -> None:
    for packet in packets():
        parsed = Parse(json.dumps(packet), Phenopacket())
        assert parsed.id == packet["id"]
        assert parsed.meta_data.phenopacket_schema_version == "2.0"


def test_every_code_was_seen_and_every_prefix_is_a_resource() -> None:
    known = {code.id for code in every_code()}
    for packet in packets():
        declared = {one["namespacePrefix"] for one in packet["metaData"].get("resources", ())}
        for code in _codes(packet):
            prefix = code.partition(":")[0]
            assert prefix in resources(), code
            assert prefix in declared, (packet["id"], code)
            assert prefix == LOCAL or code in known, code


def _codes(item: Any) -> list[str]:
    if isinstance(item, list):
        return [code for one in item for code in _codes(one)]
    if not isinstance(item, dict):
        return []
    own = [item["id"]] if "id" in item and "label" in item else []
    return own + [code for one in item.values() for code in _codes(one)]
