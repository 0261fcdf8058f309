"""Names of people, companies and systems never become features."""

import numpy as np
import pytest

from pipeline.engines.rules.sense.features import features
from pipeline.engines.rules.sense.reader import turn_reader
from pipeline.engines.rules.sense.spoken import LONGEST, Spoken, masked, names_of
from pipeline.models.project import Participant, Project


@pytest.mark.parametrize(
    ("name", "text", "left"),
    [
        (
            "Jonas Ekberg",
            "Jonas Ekberg, can Ekberg do it? Thanks, Jonas.",
            "@, can @ do it? Thanks, @.",
        ),
        ("Will Grant", "Will, we will grant it.", "@, we will grant it."),
        ("Ann", "Annual reports for Ann", "Annual reports for @"),
        ("顾晓雯", "晓雯，顾晓雯说的，老顾也在，顾工", "@，@说的，@也在，@"),
        ("蔡芸", "蔡芸和蔡经理，芸豆不算", "@和@，芸豆不算"),
        ("Speaker 2", "as Speaker 2 said", "as @ said"),
        ("欧阳 明", "欧阳 明在吗", "@在吗"),
    ],
)
def test_a_name_is_hidden_and_words_like_it_stay(name, text, left):
    assert masked([text], [name]) == [left]


def test_text_without_names_stays_and_a_very_long_one_is_cut():
    assert masked(["plain", ""], []) == ["plain", ""]
    assert masked(["plain (a+b)"], ["(", "a+b)", "   "]) == ["plain (@"]
    assert len(masked(["x" * 100_000], ["Bo"])[0]) == LONGEST


def test_names_come_from_people_labels_client_and_system():
    project = Project(
        client="Nordhaven",
        system="Kestrel",
        participants=(Participant(name="Ann Lee", label="Speaker 1", side="client"),),
    )
    assert names_of(project) == ("Ann Lee", "Speaker 1", "Nordhaven", "Kestrel")
    assert names_of(Project()) == ()


@pytest.mark.parametrize(
    ("said", "one", "other"),
    [
        ("{0}, can we please have an export for {0}?", "Jonas", "Beatrix"),
        ("{0}，能不能给我们加一个导出？{0}知道的。", "顾晓雯", "欧阳雪"),
    ],
)
def test_another_name_changes_nothing(said, one, other):
    found = []
    for name in (one, other):
        turns = [Spoken(name, "client", said.format(name)), Spoken("Bo", "us", f"Yes {name}.")]
        matrix = features(turns, [name])
        found.append((matrix.rows, matrix.columns, matrix.values))
        reading = turn_reader().read(turns, names=[name], language="en")
        found[-1] = (*found[-1], reading.probabilities)
    for mine, yours in zip(*found, strict=True):
        assert np.array_equal(mine, yours)


def test_without_masking_the_name_would_be_seen():
    turns = [[Spoken("a", "client", f"{name} asks")] for name in ("Jonas", "Beatrix")]
    one, other = (set(features(turn, ()).columns.tolist()) for turn in turns)
    assert one != other
