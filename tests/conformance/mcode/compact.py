"""Makes profiles.json.gz and examples.json.gz from the unpacked npm package hl7.fhir.us.mcode 4.0.0: compact.py FOLDER."""

from __future__ import annotations

import gzip
import json
import sys
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
_KEPT = ("id", "min", "max", "sliceName", "slicing")


def _element(told: dict[str, Any]) -> dict[str, Any]:
    kept = {k: v for k, v in told.items() if k in _KEPT or k.startswith(("fixed", "pattern"))}
    kept["type"] = [{k: one[k] for k in ("code", "profile") if k in one} for one in told.get("type", [])]
    if binding := told.get("binding"):
        kept["binding"] = {k: binding[k] for k in ("strength", "valueSet") if k in binding}
    return kept


def _read(path: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return found


def _write(name: str, content: object) -> None:
    packed = json.dumps(content, separators=(",", ":"), sort_keys=True).encode()
    (HERE / name).write_bytes(gzip.compress(packed, 9, mtime=0))


def main(folder: Path) -> None:
    structures = [_read(path) for path in sorted(folder.glob("StructureDefinition-*.json"))]
    sets = [_read(path) for path in sorted(folder.glob("ValueSet-*.json"))]
    profiles = {
        one["url"]: {"type": one["type"], "elements": [_element(e) for e in one["snapshot"]["element"]]}
        for one in structures
    }
    codes = {
        one["url"]: [
            {"system": part.get("system"), "codes": [c["code"] for c in part.get("concept", [])]}
            | {key: part[key] for key in ("filter", "valueSet") if key in part}
            for part in one["compose"]["include"]
        ]
        for one in sets
    }
    _write("profiles.json.gz", {"profiles": profiles, "codes": codes})
    examples = [_read(path) for path in sorted((folder / "example").glob("*.json"))]
    for example in examples:
        example.pop("text", None)
        for entry in example.get("entry", ()):
            entry["resource"].pop("text", None)
    _write("examples.json.gz", examples)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
