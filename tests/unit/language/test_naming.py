from __future__ import annotations

import pytest

from caselore.language.lexicon import Lexicon, Term
from caselore.language.naming import is_printed_in_full, printed_name

VEIN = Term(
    kind="anatomy",
    concept="saphenous",
    label="great saphenous vein",
    forms=("great saphenous vein", "long saphenous vein", "saphenous", "GSV"),
    adjectives=frozenset({"saphenous"}),
)


@pytest.mark.parametrize(
    ("text", "name", "full"),
    [
        ("both long saphenous veins", "long saphenous vein", True),
        ("a saphenous mass", "great saphenous vein", False),
        ("the GSV", "great saphenous vein", False),
    ],
)
def test_a_thing_keeps_its_printed_name_unless_only_implied(text: str, name: str, full: bool) -> None:
    (mention,) = Lexicon([VEIN]).find(text)
    assert printed_name(mention) == name
    assert is_printed_in_full(mention) is full
