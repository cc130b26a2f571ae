"""Writes the reference pages that are generated from the code: `python docs/build_reference.py [--check]`."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from caselore.codec import report_schema, table_schema
from generators.command_line import command_line_page
from generators.formats import formats_page, settings_page
from generators.python_api import python_api_page
from generators.rest_api import rest_api_page
from generators.specs import measures_page, review_row_page, rules_page, topics_page
from generators.terms import codes_page, terms_pages

REFERENCE = Path(__file__).parent / "reference"


def pages() -> dict[str, str]:
    """Every generated file by its path below the reference."""
    return {
        "codes.md": codes_page(),
        "command_line.md": command_line_page(),
        "formats.md": formats_page(),
        "measures.md": measures_page(),
        "python_api.md": python_api_page(),
        "report.schema.json": json.dumps(report_schema(), indent=1) + "\n",
        "rest_api.md": rest_api_page(),
        "review_row.md": review_row_page(),
        "rules.md": rules_page(),
        "settings.md": settings_page(),
        "table.schema.json": json.dumps(table_schema(), indent=1) + "\n",
        "topics.md": topics_page(),
        **terms_pages(),
    }


def main() -> int:
    stale = []
    wanted = pages()
    for name, content in wanted.items():
        path = REFERENCE / name
        if not path.exists() or path.read_text(encoding="utf-8") != content:
            stale.append(name)
            if "--check" not in sys.argv:
                path.parent.mkdir(exist_ok=True)
                path.write_text(content, encoding="utf-8")
    for path in sorted(REFERENCE.rglob("*.*")):
        if (name := str(path.relative_to(REFERENCE))) not in wanted:
            stale.append(f"{name} (nothing generates it any more)")
            if "--check" not in sys.argv:
                path.unlink()
    if stale:
        print(("stale: " if "--check" in sys.argv else "written: ") + ", ".join(stale))
    return 1 if stale and "--check" in sys.argv else 0


if __name__ == "__main__":
    sys.exit(main())
