"""`caselore export` as a user runs it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import msgspec
import pytest
from click.testing import CliRunner

from caselore import service
from caselore.cli.main import run
from caselore.model.row import ReviewRow

TEXT = (
    "Case report\n\nA 61-year-old man had a leiomyosarcoma of the left thigh. He denied fever. The margins were free.\n"
)


def exported(folder: Path, *options: str) -> Path:
    source = folder / "thigh.txt"
    source.write_text(TEXT)
    out = folder / "out"
    done = CliRunner().invoke(
        run, ["export", str(source), "-o", str(out), "--created", "2026-01-31T12:00:00Z", *options]
    )
    assert done.exit_code == 0, done.stderr
    assert done.stdout == ""
    return out


def test_packets_with_their_losses_and_a_sidecar(tmp_path: Path) -> None:
    out = exported(tmp_path, "--to", "phenopacket")
    assert sorted(path.name for path in out.iterdir()) == [
        "thigh-case-1.phenopacket.json",
        "thigh.phenopacket.losses.txt",
        "thigh.phenopacket.sidecar.json",
    ]
    packet = json.loads((out / "thigh-case-1.phenopacket.json").read_text())
    assert packet["metaData"]["created"] == "2026-01-31T12:00:00Z"
    assert "margin" in (out / "thigh.phenopacket.losses.txt").read_text()


def test_the_sidecar_gives_the_same_report_back(tmp_path: Path) -> None:
    out = exported(tmp_path, "--to", "phenopacket")
    reports, changed = service.restore(out / "thigh.phenopacket.sidecar.json")
    assert reports == (service.read(tmp_path / "thigh.txt"),)
    assert changed == ()
    (out / "thigh-case-1.phenopacket.json").write_text("{}")
    assert service.restore(out / "thigh.phenopacket.sidecar.json")[1] == ("thigh-case-1.phenopacket.json",)


def test_the_same_time_gives_the_same_files(tmp_path: Path) -> None:
    first = {path.name: path.read_bytes() for path in exported(tmp_path, "--to", "phenopacket").iterdir()}
    assert first == {path.name: path.read_bytes() for path in exported(tmp_path, "--to", "phenopacket").iterdir()}


@pytest.mark.parametrize("style", service.export_formats())
def test_every_format_gives_the_same_report_back(tmp_path: Path, style: str) -> None:
    out = exported(tmp_path, "--to", style)
    reports, changed = service.restore(out / f"thigh.{style}.sidecar.json")
    assert (reports, changed) == ((service.read(tmp_path / "thigh.txt"),), ())
    assert len(list(out.iterdir())) >= 3


def imported(*files: Path) -> list[dict[str, Any]]:
    done = CliRunner().invoke(run, ["import", *map(str, files)])
    assert done.exit_code == 0, done.stderr
    return list(json.loads(done.stdout))


@pytest.mark.parametrize(
    ("style", "name"),
    [
        ("csv", "patients.csv"),
        ("redcap", "redcap_records.csv"),
        ("parquet", "patients.parquet"),
        ("phenopacket", "thigh.phenopacket.sidecar.json"),
    ],
)
def test_what_is_written_is_read_back(tmp_path: Path, style: str, name: str) -> None:
    out = exported(tmp_path, "--to", style)
    rows = service.rows(service.read(tmp_path / "thigh.txt"))
    (table,) = imported(out / name)
    assert table["source"] == "thigh"
    assert msgspec.convert(table["patients"], tuple[ReviewRow, ...]) == rows


def test_a_packet_becomes_a_patient_without_sentences(tmp_path: Path) -> None:
    out = exported(tmp_path, "--to", "phenopacket")
    (table,) = imported(out / "thigh-case-1.phenopacket.json")
    (row,) = table["patients"]
    assert (row["age_years"], row["sex"], row["diagnosis"], row["laterality"]) == (61, "male", "leiomyosarcoma", "left")
    assert (row["absent_symptoms"], row["sites"]) == (["fever"], ["thigh"])


def test_what_cannot_be_imported_is_one_sentence(tmp_path: Path) -> None:
    for name, content in (
        ("a.json", "{}"),
        ("b.csv", "x,y"),
        ("c.doc", "?"),
        ("d.parquet", "?"),
        ("e.sidecar.json", "{}"),
    ):
        (tmp_path / name).write_text(content)
        done = CliRunner().invoke(run, ["import", str(tmp_path / name)])
        assert done.exit_code == 2
        assert name in done.stderr
        assert "Traceback" not in done.output


def test_wrong_use_is_one_sentence(tmp_path: Path) -> None:
    source = tmp_path / "a.txt"
    source.write_text(TEXT)
    for options, words in (
        (["--to", "nothing"], "nothing"),
        (["--to", "phenopacket", "--created", "soon"], "soon"),
    ):
        done = CliRunner().invoke(run, ["export", str(source), "-o", str(tmp_path / "out"), *options])
        assert done.exit_code == 2
        assert words in done.stderr
    done = CliRunner().invoke(run, ["export", str(tmp_path / "none.txt"), "-o", str(tmp_path), "--to", "phenopacket"])
    assert done.exit_code == 2
    assert "Traceback" not in done.output
