"""A filled checklist as text, Markdown or a Word file."""

from __future__ import annotations

import io

from caselore.lint.care import Answer, Filled

NOT_DONE = '"Not found" means that nothing was recognised, not that it was not done.'
_HEADINGS = ("item", "asks for", "answer", "quotes")


def to_text(filled: Filled) -> str:
    """A line an item, a line a quote."""
    lines = [f"{filled.name}: {filled.report}", filled.source]
    for answer in filled.answers:
        lines.append(f"{answer.number:>4}  {answer.asks}: {answer.status}")
        lines += [f"      {quote}" for quote in _quotes(answer)]
    return "\n".join(lines)


def to_markdown(filled: Filled) -> str:
    """A table, a row an item."""
    lines = [f"# {filled.name}: {filled.report}", "", f"{filled.source}. {NOT_DONE}", ""]
    lines += [f"| {' | '.join(_HEADINGS)} |", f"|{' --- |' * len(_HEADINGS)}"]
    for answer in filled.answers:
        lines.append("| " + " | ".join(cell.replace("|", "\\|") for cell in _cells(answer)) + " |")
    return "\n".join(lines)


def to_docx(filled: Filled) -> bytes:
    """A Word file with the same table, for a journal's submission form."""
    import docx  # a tenth of a second that only Word files need

    file = docx.Document()
    file.add_heading(f"{filled.name}: {filled.report}", 1)
    file.add_paragraph(f"{filled.source}. {NOT_DONE}")
    table = file.add_table(1, len(_HEADINGS), style="Table Grid")
    rows = [_HEADINGS, *(_cells(answer) for answer in filled.answers)]
    for number, cells in enumerate(rows):
        row = table.rows[0] if number == 0 else table.add_row()
        for cell, words in zip(row.cells, cells, strict=True):
            cell.text = words
    out = io.BytesIO()
    file.save(out)
    return out.getvalue()


def _cells(answer: Answer) -> tuple[str, str, str, str]:
    return answer.number, answer.asks, answer.note or answer.status.value, "; ".join(_quotes(answer))


def _quotes(answer: Answer) -> list[str]:
    return [f"line {place.line}: “{' '.join(place.quote.split())}”" for place in answer.places]
