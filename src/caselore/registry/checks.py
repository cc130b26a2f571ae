"""What a decision must be before it is written into the log."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

import msgspec

from caselore.exchange.redcap import CHOICES
from caselore.model.row import COLUMNS, ReviewRow
from caselore.registry.curation import ON_A_CELL, Action, Decision, Wanted
from caselore.registry.errors import DecisionRefused, Outdated
from caselore.registry.facts import is_fact_key

_LONGEST = 400
_LONGEST_NOTE = 2000
_SPLIT = "split"
"""Keys of patients that people split off begin so."""


def checked(
    wanted: Wanted, machine: Mapping[str, Any], known: Collection[str], log: Sequence[Decision], reader: str, body: str
) -> Any:
    """The value as the log holds it: `machine` is the patient's row as read, `known` are the report's patients, `body` its text.

    Raises DecisionRefused, and Outdated where somebody else has decided on the cell since `wanted.seen`.
    """
    if len(wanted.note) > _LONGEST_NOTE:
        raise DecisionRefused(f"A note has at most {_LONGEST_NOTE} characters.")
    if wanted.action in ON_A_CELL:
        _not_overtaken(wanted, log, reader)
        return _cell(wanted, machine, body)
    if wanted.action is Action.SPLIT:
        return _split(wanted.value, machine, known)
    if wanted.action is Action.MERGE and (wanted.value not in known or wanted.value == wanted.patient):
        raise DecisionRefused(
            f"{wanted.patient} cannot be merged into {wanted.value!r}: there is no such other patient."
        )
    if wanted.action is Action.DUPLICATE and not (isinstance(wanted.value, str) and wanted.value.strip()):
        raise DecisionRefused("Say which patient of which other report it is.")
    if wanted.action is Action.NOTE and not wanted.note.strip():
        raise DecisionRefused("A note needs words.")
    return wanted.value


def _not_overtaken(wanted: Wanted, log: Sequence[Decision], reader: str) -> None:
    if wanted.seen is None:
        return
    newer = [one for one in log if one.id > wanted.seen and one.reader != reader]
    same = [one for one in newer if (one.patient, one.column) == (wanted.patient, wanted.column)]
    if same:
        raise Outdated(f"{same[-1].reader} has decided on {wanted.column} in the meantime.", same[-1])


def _cell(wanted: Wanted, machine: Mapping[str, Any], body: str) -> Any:
    """The value as the column holds it; for a fact beyond the row, its words."""
    column, action = wanted.column, wanted.action
    if is_fact_key(column):
        return _fact(action, wanted.value)
    if column not in COLUMNS or column in ("role", "label"):
        raise DecisionRefused(f"{column!r} is no column of the review row that can be decided on.")
    if wanted.quote is not None and not is_quoted(wanted.quote, body):
        raise DecisionRefused("The quote is not in the report; copy the words as they stand there.")
    if action is Action.ADD and wanted.quote is None:
        raise DecisionRefused("A value that is added needs the words of the report that say it.")
    if action is Action.REJECT:
        return None
    value = machine.get(column) if action is Action.ACCEPT else wanted.value
    try:
        row = msgspec.convert({"role": "index", "label": "", column: value}, ReviewRow)
    except msgspec.ValidationError as error:
        raise DecisionRefused(f"{column} cannot be {value!r}: {error}.") from error
    choices = CHOICES.get(column)
    if choices and action is not Action.ACCEPT and value not in (*choices, None):
        raise DecisionRefused(f"{column} cannot be {value!r}: it is one of {', '.join(choices)}.")
    return msgspec.to_builtins(getattr(row, column))


def _fact(action: Action, value: Any) -> str | None:
    """The words in which a reader says a fact; none where it is accepted or rejected as it was read."""
    if action is not Action.CORRECT:
        return None
    if not isinstance(value, str) or not value.strip() or len(value) > _LONGEST:
        raise DecisionRefused(f"A fact is corrected in words, at most {_LONGEST} characters.")
    return " ".join(value.split())


def _split(value: Any, machine: Mapping[str, Any], known: Collection[str]) -> dict[str, Any]:
    columns = list(value or ())
    unknown = [column for column in columns if column not in machine or column in ("role", "label")]
    if not columns or unknown:
        raise DecisionRefused(
            f"Name filled columns to move to the new patient{f'; not {unknown[0]}' if unknown else ''}."
        )
    number = 1 + sum(key.startswith(_SPLIT) for key in known)
    return {"to": f"{_SPLIT}{number}", "columns": columns}


def is_quoted(quote: str, body: str) -> bool:
    """Whether the words stand in the text, whatever the line breaks."""
    return bool(quote.strip()) and " ".join(quote.split()) in " ".join(body.split())
