"""Pages made of the specs: what each topic, rule and measure does, shown by its own cases; and the review row."""

from __future__ import annotations

import inspect
import tomllib
from pathlib import Path, PurePath
from typing import Any

from caselore.codec import table_schema
from caselore.service import formulas, lint_rules
from caselore.topics.catalogue import topics
from generators.markdown import code, page, table

_ROOT = Path(__file__).resolve().parents[2]
_PARAMETERS = _ROOT / "src" / "caselore" / "measures"
_SPECS = _ROOT / "tests" / "spec"
_PARTS = ("What it finds", "Why it matters", "Example", "What it leaves alone")


def review_row_page() -> str:
    """The columns of the review row, with what each holds, from the published schema."""
    row = table_schema()["$defs"]["ReviewRow"]["properties"]
    return page(
        "The review row",
        [
            "One row per patient. A column that is missing, null or empty means that the report is silent:",
            "*not reported* is never *no*, and nothing is filled in from medical knowledge.",
        ],
        table(["column", "value"], [(code(name), about["description"]) for name, about in row.items()]),
    )


def topics_page() -> str:
    """Every topic with the values it reads, its terms, and two sentences of its spec with their facts."""
    sections = []
    for topic in topics():
        lines = [f"## {topic.name}", ""]
        for value in topic.values:
            lines += [f"**{value.__name__}**: {inspect.cleandoc(value.__doc__ or '')}", ""]
        if topic.terms:
            linked = [f"[{PurePath(name).stem}](terms/{PurePath(name).stem}.md)" for name in sorted(topic.terms)]
            lines += [f"Terms: {', '.join(linked)}.", ""]
        sections.append([*lines, *_examples(topic.name)])
    told = "What is read from a report, topic by topic; the examples are cases of `tests/spec/topics`."
    return page("Topics", [told], *sections)


def _examples(topic: str) -> list[str]:
    """The first two cases of a topic's spec that hold a fact."""
    shown = [case for case in _cases("topics", topic) if case["facts"]][:2]
    return [f"- {_quoted(case)}: " + "; ".join(code(fact) for fact in case["facts"]) for case in shown]


def rules_page() -> str:
    """Every lint rule with its explanation and the firing cases of its spec."""
    sections = []
    for rule in lint_rules():
        lines = [f"## {rule.code} {rule.name}", "", f"*{rule.severity}*", "", *_paragraphs(rule.explanation), ""]
        fired = [case for case in _cases("lint", rule.name) if case.get("fires")]
        sections.append([*lines, *(f"- {_quoted(case)}: {case['fires']}" for case in fired)])
    told = "What `caselore lint` looks for. A finding is a reason to look, not proof of an error."
    return page("Lint rules", [told], *sections)


def measures_page() -> str:
    """Every measure with its formula, its parameters and the cases of its spec."""
    sections = []
    for formula in formulas():
        name = formula.compute.__module__.rpartition(".")[2]
        lines = [f"## {formula.name}", "", formula.explanation, ""]
        parameters = _PARAMETERS / f"{name}.toml"
        if parameters.exists():
            lines += ["```toml", parameters.read_text(encoding="utf-8").strip(), "```", ""]
        shown = [case for case in _cases("measures", name) if case["measures"]]
        sections.append([*lines, *(f"- {_quoted(case)}: " + "; ".join(case["measures"]) for case in shown)])
    told = "What `caselore measure` works out, each number with its sum, its assumptions and the words it came from."
    return page("Measures", [told], *sections)


def _cases(room: str, name: str) -> list[dict[str, Any]]:
    """The cases of a spec; none where there is no spec."""
    path = _SPECS / room / f"{name}.toml"
    found: list[dict[str, Any]] = tomllib.loads(path.read_text(encoding="utf-8"))["case"] if path.exists() else []
    return found


def _quoted(case: dict[str, Any]) -> str:
    return f'"{" ".join(case["text"].split())}"'


def _paragraphs(explanation: str) -> list[str]:
    """Each part of an explanation ("What it finds: ...") as a paragraph."""
    lines: list[str] = []
    for line in explanation.splitlines():
        lines += ["", line] if line.split(":")[0] in _PARTS else [line]
    return lines
