"""What is read, what is written, and what is set once."""

from __future__ import annotations

import re

from caselore import service
from caselore.reading.formats import LIMIT, formats
from caselore.settings import PREFIX, Settings, load_settings
from generators.markdown import code, page, table


def formats_page() -> str:
    read = [(one.name, ", ".join(code(suffix) for suffix in one.suffixes)) for one in formats()]
    return page(
        "Formats",
        [
            "## Read",
            "",
            "The content decides, not the name. Folders are walked through, and archives (`.zip`, `.tar`, `.tar.gz`);",
            f"a file may have {LIMIT // 1_000_000} MB.",
            "",
            *table(["format", "names that end in"], read),
        ],
        [
            "## Written by `caselore export`",
            "",
            "Each comes with an account of what the format cannot hold and a sidecar that keeps it:",
            "[hand patients over](../how-to/export_to_other_formats.md).",
            "",
            *table(
                ["`--to`", "what comes out"], [(code(name), title) for name, title in service.export_titles().items()]
            ),
        ],
        ["## Written by others", "", *table(["command", "formats"], _others())],
    )


def _others() -> list[tuple[str, str]]:
    return [
        ("`caselore table`, for print", ", ".join(map(code, service.TABLE_FORMATS))),
        ("`caselore table --references`", ", ".join(map(code, service.REFERENCE_FORMATS))),
        ("`caselore plot`", ", ".join(map(code, service.CHART_FORMATS))),
        ("`caselore care`", "checklists " + ", ".join(map(code, service.CHECKLISTS))),
    ]


def settings_page() -> str:
    """Every setting with its variable. Times are in seconds; places that depend on the machine are told in words."""
    defaults = load_settings({f"{PREFIX}CONFIG": "/dev/null"})
    rows = []
    for name in Settings.__struct_fields__:
        variable = f"{PREFIX}ADDRESS_<SERVICE>" if name == "addresses" else f"{PREFIX}{name.upper()}"
        rows.append((code(name), code(variable), _DEFAULTS.get(name) or code(str(getattr(defaults, name)))))
    about = re.sub(r"\s+", " ", Settings.__doc__ or "")
    return page(
        "Settings",
        [about.strip()],
        [
            "They stand in `config.toml` in the user's configuration folder (or the file that `CASELORE_CONFIG` names);",
            "an environment variable is stronger.",
        ],
        table(["setting", "variable", "default"], rows),
    )


_DEFAULTS = {
    "cache": "a folder in the user's cache folder",
    "casebook": "`casebook.db` in the user's data folder",
    "email": "none",
    "ncbi_api_key": "none",
    "addresses": "those of the services",
}
