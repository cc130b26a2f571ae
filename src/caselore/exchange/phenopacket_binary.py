"""GA4GH Phenopackets v2 as protobuf: the packets of `phenopacket`, in the binary form of the schema."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from caselore.exchange import phenopacket
from caselore.exchange.export import Export, ExportFormat, FormatMissing
from caselore.model.case import Report
from caselore.model.fact import Value

_SUFFIX = ".phenopacket.json"


def _library(name: str) -> Any:
    """A module of the extra, loaded when first needed."""
    try:
        return import_module(name)
    except ImportError as error:
        raise FormatMissing(
            "Phenopackets as protobuf need the library phenopackets, which is not installed: pip install 'caselore[phenopackets]'."
        ) from error


def export(report: Report[Value], created: str) -> Export:
    """A packet for each patient. Raises FormatMissing."""
    schema, json_format = _library("phenopackets.schema.v2"), _library("google.protobuf.json_format")
    printed = phenopacket.export(report, created)
    files = {
        name.removesuffix(_SUFFIX) + ".phenopacket.pb": json_format.Parse(
            content, schema.Phenopacket()
        ).SerializeToString(deterministic=True)
        for name, content in printed.files.items()
    }
    return Export(files=files, losses=printed.losses)


EXPORT = ExportFormat(name="phenopacket-pb", title="GA4GH Phenopackets v2, protobuf, one file a patient", write=export)
