"""Whom a selector takes: what a report does not tell is neither true nor false, and leaves the patient out with that reason."""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterable

from caselore.cohort.columns import value_of
from caselore.model.cohort import Cohort, Condition, Exclusion, Expression, Junction, Member, Negation, Selector
from caselore.model.row import ReviewRow

_COMPARE: dict[str, Callable[[float, float], bool]] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}


def cohort(members: Iterable[Member], selector: Selector) -> Cohort:
    """The members a selector takes, and the others each with one reason."""
    included, excluded = [], []
    for member in members:
        reason = why_not(member.row, selector)
        if reason is None:
            included.append(member)
        else:
            excluded.append(Exclusion(source=member.source, label=member.row.label, reason=reason))
    return Cohort(where=selector.words, included=tuple(included), excluded=tuple(excluded))


def why_not(row: ReviewRow, selector: Selector) -> str | None:
    """Why a row is not taken: what is not reported, or the condition that does not hold. None when it is taken."""
    if selector.expression is None or (verdict := holds(row, selector.expression)):
        return None
    if verdict is None:
        return " and ".join(dict.fromkeys(_silent(row, selector.expression))) + " not reported"
    return f"not: {_failed(row, selector.expression)}"


def holds(row: ReviewRow, expression: Expression) -> bool | None:
    """True, False, or None where the report does not tell (Kleene's logic: false and unknown is false)."""
    if isinstance(expression, Negation):
        verdict = holds(row, expression.part)
        return None if verdict is None else not verdict
    if isinstance(expression, Junction):
        verdicts = [holds(row, part) for part in expression.parts]
        decisive = not expression.all
        if decisive in verdicts:
            return decisive
        return None if None in verdicts else not decisive
    verdict = _compared(row, expression)
    return None if verdict is None else verdict != expression.negated


def _compared(row: ReviewRow, condition: Condition) -> bool | None:
    value = value_of(row, condition.column)
    if condition.operator == "is reported":
        return value is not None
    if value is None:
        return None
    if condition.operator == "contains":
        wanted = str(condition.values[0]).casefold()
        return wanted in (value.casefold() if isinstance(value, str) else map(str.casefold, _terms(value)))
    if isinstance(value, float | int):
        return _number_holds(value, condition)
    same = str(value).casefold() in (str(one).casefold() for one in condition.values)
    return not same if condition.operator == "!=" else same


def _number_holds(value: float, condition: Condition) -> bool:
    wanted = [float(one) for one in condition.values]
    if condition.operator in _COMPARE:
        return _COMPARE[condition.operator](value, wanted[0])
    return (value in wanted) != (condition.operator == "!=")


def _terms(value: object) -> tuple[str, ...]:
    return value if isinstance(value, tuple) else (str(value),)


def _silent(row: ReviewRow, expression: Expression) -> list[str]:
    """The columns for whose silence the whole cannot be decided."""
    if holds(row, expression) is not None:
        return []
    if isinstance(expression, Negation):
        return _silent(row, expression.part)
    if isinstance(expression, Junction):
        return [name for part in expression.parts for name in _silent(row, part)]
    return [str(expression.column)]


def _failed(row: ReviewRow, expression: Expression) -> str:
    """The first part that does not hold, as it was written."""
    if isinstance(expression, Junction):
        failing = [_failed(row, part) for part in expression.parts if holds(row, part) is False]
        return failing[0] if expression.all else " or ".join(failing)
    return written(expression)


def written(expression: Expression) -> str:
    """An expression in words, conditions as they were written."""
    if isinstance(expression, Condition):
        return expression.words
    if isinstance(expression, Negation):
        return f"not ({written(expression.part)})"
    return (" and " if expression.all else " or ").join(
        f"({written(part)})" if isinstance(part, Junction) else written(part) for part in expression.parts
    )
