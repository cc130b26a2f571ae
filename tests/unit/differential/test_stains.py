"""What can be typed, what a report tells, and how focal staining is weighed."""

from __future__ import annotations

import pytest

from caselore.differential.panel import load_parameters
from caselore.differential.stains import WrongStains, marker_label, reported_stains, typed_stains
from caselore.language.verdict import Result
from caselore.topics.ihc import Stain

PARAMETERS = load_parameters()


def typed(text: str) -> list[str]:
    return [str(stain) for stain in typed_stains(text, PARAMETERS).stains]


def test_signs_words_and_separators() -> None:
    assert typed("SMA+ desmin- S100−") == ["SMA+", "desmin-", "S100-"]
    assert typed("SMA positive, desmin negative; CD34 +") == ["SMA+", "desmin-", "CD34+"]
    assert typed("h-caldesmon- bcl-2+ melan A+ EMA++") == ["h-caldesmon-", "BCL2+", "melan A+", "EMA+"]


def test_other_names_of_a_marker() -> None:
    assert typed("KIT- smooth muscle actin+ AE1/AE3-") == ["CD117-", "SMA+", "pan-cytokeratin-"]
    assert marker_label("α-SMA") == "SMA"
    assert marker_label("no such stain") is None


def test_unknown_is_kept_apart_and_weighs_nothing() -> None:
    found = typed_stains("SMA+ STAT6? SMA?", PARAMETERS)
    assert found.unknown == ("STAT6",)
    assert [stain.marker for stain in found.stains] == ["SMA"]


def test_focal_weighs_less_than_diffuse_and_negative_is_never_focal() -> None:
    focal, diffuse, negative = typed_stains("EMA+ (focal) SMA+ (diffuse) S100- (focal)", PARAMETERS).stains
    assert focal.weight < diffuse.weight == negative.weight == 1
    assert str(focal) == "EMA+ (focal)"


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("SMA desmin", "cannot be read"),
        ("SMA+ nonsense-stain+", "is no marker"),
        ("SMA+ SMA-", "both positive and negative"),
        ("STAT6?", "nothing to weigh"),
        ("", "nothing to weigh"),
    ],
)
def test_what_cannot_be_read_is_said(text: str, reason: str) -> None:
    with pytest.raises(WrongStains, match=reason):
        typed_stains(text, PARAMETERS)


def test_stains_of_a_report_take_the_weakest_word_and_leave_conflicts_out() -> None:
    told = [
        Stain(marker="EMA", result=Result.POSITIVE, extent="focal", intensity="weak"),
        Stain(marker="SMA", result=Result.POSITIVE, extent="diffuse"),
    ]
    found = reported_stains({"EMA": "positive", "SMA": "positive", "CD34": "conflict"}, told, PARAMETERS)
    assert {stain.marker: stain.weight for stain in found} == {"EMA": PARAMETERS.weight["focal"], "SMA": 1.0}
