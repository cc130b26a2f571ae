"""Written forms of a term: plurals, also of words in -s."""

import pytest

from caselore.language.lexicon import variants


@pytest.mark.parametrize(
    ("form", "plural"),
    [
        ("mass", "masses"),
        ("abscess", "abscesses"),
        ("frontal sinus", "frontal sinuses"),
        ("metastasis", "metastases"),
        ("thrombus", "thrombi"),
        ("sarcoma", "sarcomata"),
        ("biopsy", "biopsies"),
    ],
)
def test_plural_is_a_variant(form: str, plural: str) -> None:
    assert {form, plural} <= variants(form)


@pytest.mark.parametrize("form", ["pancreas", "lens", "pelvis", "lymphomatous"])
def test_words_without_a_usual_plural_stay_alone(form: str) -> None:
    assert not {form + "s", form + "es"} & variants(form)
