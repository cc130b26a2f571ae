"""Plans: stable where nothing has changed, and only then."""

from __future__ import annotations

from pathlib import Path

import pytest

from caselore.batch.inputs import Partition
from caselore.batch.lake import Input, Lake, LakeUnusable, Plan, Source
from caselore.batch.plan import check_folder, make_plan, reader_version, renew_plan

SOURCE = Source(kind="folder", path="/r", root="/r")


def inputs(*names: str) -> list[Partition]:
    return [Partition([Input(path=name[0], stamp=name) for name in names])]


def planned(lake: Lake, plan: Plan) -> list[list[str]]:
    return [[one.stamp for one in lake.inputs(shard.number)] for shard in plan.shards]


@pytest.fixture
def lake(tmp_path: Path) -> Lake:
    lake = Lake(tmp_path / "lake")
    make_plan(lake, SOURCE, inputs("a", "b", "c"), shard_size=2, seconds=60, triage=True)
    return lake


def test_shards_are_cut_within_partitions(tmp_path: Path) -> None:
    lake = Lake(tmp_path)
    partitions = [*inputs("a", "b", "c"), *inputs("d")]
    plan = make_plan(lake, SOURCE, partitions, shard_size=2, seconds=60, triage=True)
    assert planned(lake, plan) == [["a", "b"], ["c"], ["d"]]
    assert plan.inputs == 4


def test_nothing_new_changes_nothing(lake: Lake) -> None:
    assert renew_plan(lake, SOURCE, inputs("a", "b", "c")) == lake.plan()


def test_new_inputs_come_into_new_shards(lake: Lake) -> None:
    before = lake.plan().shards
    plan = renew_plan(lake, SOURCE, inputs("a", "aa"[:1], "b", "c", "d"))
    assert planned(lake, plan) == [["a", "b"], ["c"], ["d"]]
    assert plan.shards[:2] == before


def test_changed_and_removed_inputs_change_their_shard_alone(lake: Lake) -> None:
    before = lake.plan().shards
    plan = renew_plan(lake, SOURCE, inputs("a", "c2"))
    assert planned(lake, plan) == [["a"], ["c2"]]
    assert plan.shards[0].digest != before[0].digest


def test_another_source_is_refused(lake: Lake) -> None:
    with pytest.raises(LakeUnusable, match="start a new lake for /s"):
        renew_plan(lake, Source(kind="folder", path="/s", root="/s"), inputs("a"))


def test_folder_with_something_else_is_refused(tmp_path: Path) -> None:
    (tmp_path / "thesis.docx").touch()
    with pytest.raises(LakeUnusable, match=r"thesis\.docx"):
        check_folder(tmp_path)


def test_reader_version_tells_the_rules() -> None:
    version, digest = reader_version().split()
    assert version[0].isdigit()
    assert len(digest) == 16
