"""The panel's cells, what it refuses, and that every figure of the shipped one can be traced."""

from __future__ import annotations

import re

import pytest

from caselore.differential.panel import BrokenPanel, data, load_panel, load_studies
from unit.differential.panels import small_panel

HEAD = "diagnosis,marker,positive,total,basis,subtype,note,source,doi,pmid,pmcid\n"
IDENTIFIER = re.compile(r"doi:10\.\d{4,9}/\S+|pmid:\d{6,8}|pmcid:PMC\d{5,8}")


def test_a_tumour_with_few_markers_is_no_candidate() -> None:
    panel = small_panel()
    assert panel.diagnoses == ("angiosarcoma", "leiomyosarcoma", "schwannoma")
    assert "h-caldesmon" not in panel.markers


def test_what_stains_do_not_tell_apart_is_pooled() -> None:
    panel = small_panel()
    assert panel.stands_for("leiomyoma") == "leiomyosarcoma"
    assert panel.indistinct_from("leiomyosarcoma") == ("leiomyoma",)
    assert panel.rate("leiomyosarcoma", "SMA").total == 20 + 40 + 12


def test_a_cell_with_studies_is_narrow_one_without_is_wide() -> None:
    panel = small_panel()
    known, unknown = panel.rate("schwannoma", "S100"), panel.rate("schwannoma", "CD31")
    assert known.mean > 0.85
    assert known.high - known.low < 0.4 < unknown.high - unknown.low
    assert not unknown.studies
    assert (known.positive, known.total) == (50, 50)


def test_what_nobody_reports_is_rarer_than_what_is_reported() -> None:
    assert small_panel(unreported_power=3.0).mean("schwannoma", "CD31") < small_panel(unreported_power=1.0).mean(
        "schwannoma", "CD31"
    )


def test_without_a_source_its_figures_are_gone() -> None:
    panel = small_panel().without("source 2")
    assert panel.rate("schwannoma", "S100").total == 20


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("leiomyosarcoma,SMA,3,2,counted,,,A,10.1000/x,,", "cannot be"),
        ("leiomyosarcoma,SMA,1,1,counted,,,A,10.1000/x,,", "cannot be"),
        ("leiomyosarcoma,SMA,one,2,counted,,,A,10.1000/x,,", "cannot be"),
        ("leiomyosarcoma,no stain,1,2,counted,,,A,10.1000/x,,", "is no marker"),
        ("no tumour,SMA,1,2,counted,,,A,10.1000/x,,", "is no tumour"),
        ("leiomyosarcoma,SMA,1,2,counted,,,A,,,", "needs a DOI, PMID or PMCID"),
    ],
)
def test_impossible_rows_are_refused_with_their_line(row: str, reason: str) -> None:
    with pytest.raises(BrokenPanel, match=f"line 2: .*{reason}"):
        list(load_studies(HEAD + row + "\n"))


def test_every_figure_of_the_shipped_panel_can_be_traced() -> None:
    lines = data("panels.csv").splitlines()
    studies = load_panel().studies()
    assert len(studies) == len(lines) - 1 > 250
    for study in studies:
        assert IDENTIFIER.fullmatch(study.identifier), study
        cells = lines[study.line - 1].split(",")
        assert cells[0] == study.diagnosis
        assert study.identifier.partition(":")[2] in lines[study.line - 1]


def test_no_figure_stands_twice() -> None:
    keys = [(s.diagnosis, s.marker, s.source, s.positive, s.total) for s in load_panel().studies()]
    assert len(set(keys)) == len(keys)


def test_shipped_groups_and_pairs_are_of_known_markers_and_tumours() -> None:
    panel = load_panel()
    grouped = [marker for group in panel.parameters.dependence.groups for marker in group]
    assert len(set(grouped)) == len(grouped), "a marker in two groups would be reduced twice"
    assert {one.diagnosis for one in panel.parameters.indistinct} <= set(panel.diagnoses)


def test_hardly_studied_markers_are_not_taken_for_absent() -> None:
    once, often = small_panel().mean("leiomyosarcoma", "SOX10"), small_panel().mean("schwannoma", "desmin")
    assert once > 0.3
    assert often > 0.3
