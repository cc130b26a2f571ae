"""Lint: paste a report, see what contradicts itself. Nothing is kept."""

from __future__ import annotations

from typing import Annotated, Any

from litestar import get, post
from litestar.enums import RequestEncodingType
from litestar.params import Body
from litestar.response import Template

from caselore import service
from caselore.web.reader import text_lines


@get("/lint", sync_to_thread=False, opt={"blind": True})
def lint_page() -> Template:
    """Where a text is pasted."""
    return Template("lint.html", context={"title": "Lint", "here": "lint"})


@post("/lint", sync_to_thread=True, status_code=200, opt={"keeps": "nothing", "blind": True})
def lint_text(data: Annotated[dict[str, str], Body(media_type=RequestEncodingType.URL_ENCODED)]) -> Template:
    """What contradicts itself in the text; nothing is kept."""
    text = data.get("text", "").strip()
    context: dict[str, Any] = {"title": "Lint", "here": "lint", "text": text}
    if text:
        report = service.read_text(text, "pasted text")
        found = service.lint(report).findings
        case = report.cases[0] if report.cases else None
        context |= {
            "findings": found,
            "lines": text_lines(report, case, found),
            "care": service.checklist(report),
        }
    return Template("lint.html", context=context)


ROUTES = (lint_page, lint_text)
