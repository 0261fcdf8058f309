"""Records: what was made before is taken, as long as this version can read it."""

import pytest

from pipeline.models.base import Model
from pipeline.models.job import Progress, StageKey, StageRecord
from pipeline.record import Records, _sources

KEY = StageKey(stage="specify", input_digest="d", engine="e")


class Thing(Model):
    name: str


class Shelf:
    """The store's records, as a stage needs them."""

    def __init__(self) -> None:
        self.kept: dict[StageKey, StageRecord] = {}

    def record(self, _meeting: str, key: StageKey) -> StageRecord | None:
        return self.kept.get(key)

    def save_record(self, record: StageRecord) -> None:
        self.kept[record.key] = record


@pytest.fixture
def said() -> list[Progress]:
    return []


@pytest.fixture
def records(said: list[Progress]) -> Records:
    return Records("m1", Shelf(), "code", said.append)


def test_a_stage_is_done_once(records, said):
    assert records.do(KEY, Thing, lambda: Thing(name="a")) == Thing(name="a")
    assert records.do(KEY, Thing, lambda: Thing(name="b")) == Thing(name="a")
    assert [one.state for one in said] == ["started", "done", "cached"]


@pytest.mark.parametrize("old", [{"title": "a"}, {"name": None}, None, [], "a"])
def test_what_an_earlier_version_made_and_this_one_cannot_read_is_made_again(records, said, old):
    records.keep(KEY, old, seconds=1)
    said.clear()
    assert records.do(KEY, Thing, lambda: Thing(name="b")) == Thing(name="b")
    assert [one.state for one in said] == ["started", "done"]
    assert records.do(KEY, Thing, lambda: Thing(name="c")) == Thing(name="b")


def test_figures_of_an_engine_are_no_part_of_the_version_they_were_measured_with(tmp_path):
    for name in ("run.py", "measured/rules.toml", "language/cues.toml"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("x", encoding="utf-8")
    assert {path for path, _ in _sources(tmp_path, "")} == {"run.py", "language/cues.toml"}
