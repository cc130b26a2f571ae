"""Whatever is written, the selection language answers or refuses in one sentence; and its logic is Kleene's."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from caselore.cohort.judge import cohort, holds, why_not, written
from caselore.cohort.select import WrongExpression, selector
from caselore.model.cohort import Expression, Member
from caselore.model.row import ReviewRow

CONDITIONS = st.sampled_from(
    [
        "age_years >= 18",
        'sex == "female"',
        '"lung" in metastases',
        '"lung" not in metastases',
        "kps is not reported",
        'ihc.SMA != "positive"',
        "age_years in (17, 18)",
    ]
)
EXPRESSIONS = st.recursive(
    CONDITIONS,
    lambda inner: st.one_of(
        st.tuples(inner, st.sampled_from(["and", "or"]), inner).map(lambda p: f"({p[0]}) {p[1]} ({p[2]})"),
        inner.map(lambda one: f"not ({one})"),
    ),
    max_leaves=8,
)
ROWS = st.builds(
    lambda age, sex, places, sma, kps: ReviewRow(
        role="index", label="case 1", age_years=age, sex=sex, metastases=places, ihc=sma, kps=kps
    ),
    st.none() | st.sampled_from([10.0, 17.0, 18.0, 60.0]),
    st.none() | st.sampled_from(["female", "male"]),
    st.sampled_from([(), ("lung",), ("bone", "liver")]),
    st.sampled_from([{}, {"SMA": "positive"}, {"SMA": "negative"}]),
    st.none() | st.just(80.0),
)
WORDS = st.lists(
    st.sampled_from(
        [
            "age_years",
            "sex",
            "metastases",
            "ihc.SMA",
            "and",
            "or",
            "not",
            "in",
            "is",
            "reported",
            "(",
            ")",
            ",",
            "==",
            ">=",
            "<",
            "!=",
            '"lung"',
            "18",
            "-3.5",
            '"',
            "=",
            ".",
        ]
    ),
    max_size=12,
).map(" ".join)


def understood(words: str) -> Expression:
    expression = selector(words).expression
    assert expression is not None
    return expression


@given(st.text(max_size=60) | WORDS, ROWS)
def test_anything_is_answered_or_refused_in_one_sentence(words: str, row: ReviewRow) -> None:
    try:
        chosen = selector(words)
    except WrongExpression as error:
        assert str(error)[-1] in ".?"
        assert "character" in str(error)
    else:
        assert why_not(row, chosen) is None or why_not(row, chosen)


@given(EXPRESSIONS, ROWS)
def test_what_is_written_back_means_the_same(words: str, row: ReviewRow) -> None:
    expression = understood(words)
    assert holds(row, understood(written(expression))) == holds(row, expression)


@given(EXPRESSIONS, EXPRESSIONS, ROWS)
def test_de_morgan(one: str, other: str, row: ReviewRow) -> None:
    together = understood(f"not (({one}) and ({other}))")
    apart = understood(f"(not ({one})) or (not ({other}))")
    assert holds(row, together) == holds(row, apart)


@given(EXPRESSIONS, st.lists(ROWS, max_size=5))
def test_nobody_is_in_an_expression_and_its_opposite(words: str, rows: list[ReviewRow]) -> None:
    members = [Member(source=str(number), row=row) for number, row in enumerate(rows)]
    inside = cohort(members, selector(words))
    outside = cohort(members, selector(f"not ({words})"))
    assert not {one.source for one in inside.included} & {one.source for one in outside.included}
    assert len(inside.included) + len(inside.excluded) == len(members)
