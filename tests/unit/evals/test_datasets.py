"""Labelled calls are read from any folder; a broken one is named, a sealed one is not read."""

import json
import typing
from pathlib import Path

import pytest

from evals.datasets.call_file import Gold
from evals.datasets.calls import OPEN, SEALED, calls_folder, here
from evals.datasets.checking import doubts
from evals.datasets.loading import BUNDLED, load, place_of, read_call
from evals.datasets.wanted import labels, wanted_asks
from evals.errors import EvalsError
from evals.specs.__main__ import main
from evals.specs.made import on_gold
from evals.tasks.processed import Engine, processed
from evals.tasks.specify import end_to_end
from pipeline.models.slots import SlotKey
from pipeline.words.loader import table
from tests.unit.evals.made_up import call, file, gold


def put(folder, data, name="made-up-01"):
    (folder / f"{name}.json").write_text(json.dumps(data), encoding="utf-8")


def test_any_folder_of_calls_is_a_dataset(tmp_path):
    put(tmp_path, file())
    put(tmp_path, file(id="other", lang="zh"), "other")
    found = load(str(tmp_path))
    assert [one.id for one in found.calls] == ["made-up-01", "other"]
    assert (found.name, found.faults) == (tmp_path.name, ())
    assert [one.id for one in load(str(tmp_path), language="zh").calls] == ["other"]
    assert [one.id for one in load(str(tmp_path), only=["other"]).calls] == ["other"]


@pytest.mark.parametrize(
    ("broken", "told"),
    [
        ({"lang": "fr"}, "lang"),
        ({"turns": []}, "turns"),
        ({"date": "5 January"}, "date"),
        ({"project": {"time_zone": "Mars"}}, "write Asia/Shanghai"),
        ({"turns": [{"id": 0, "speaker": "a", "start": 3, "end": 1, "text": "x"}]}, "before it"),
        ({"id": "../up"}, "id"),
        ({"gold": {"asks": [{"id": "A1"}]}}, r"gold\.asks\.0\.summary"),
        ({"gold": {"risks": [{"id": "R1", "text": "x", "evidence": [99]}]}}, "R1 names turn 99"),
        ({"turns": [{"id": 0, "speaker": "a", "text": "x"}] * 2}, "same id, 0"),
        ({"turns": [{"id": 0, "speaker": "a", "text": " \x00"}], "gold": {}}, "holds a word"),
        ({"turns": [{"id": 0, "speaker": "a", "start": 1e9, "text": "x"}]}, "3600000 or less"),
        ({"id": "a" * 61}, "at most 60 letters"),
    ],
)
def test_a_broken_call_is_left_out_and_named_with_its_fault(tmp_path, broken, told):
    put(tmp_path, file())
    put(tmp_path, file() | broken, "broken")
    found = load(str(tmp_path))
    assert [one.id for one in found.calls] == ["made-up-01"]
    assert found.faults[0].path.name == "broken.json"
    with pytest.raises(EvalsError, match=told):
        read_call(tmp_path / "broken.json")


@pytest.mark.parametrize(
    "content",
    [
        b"{",
        b"\xff\xfe\x00",
        b"[" * 100_000,
        b'{"id": ' + b"9" * 5000 + b"}",
    ],
)
def test_what_is_no_json_is_named_too(tmp_path, content):
    (tmp_path / "bad.json").write_bytes(content)
    assert load(str(tmp_path)).faults[0].path.name == "bad.json"


def test_half_a_character_is_told(tmp_path):
    put(tmp_path, file(title="a\ud800"))
    assert "half a character" in load(str(tmp_path)).faults[0].reason


@pytest.mark.parametrize(
    ("language", "told"), [("en", "it takes 'zh', 'en'"), ("zh", "只能是 'zh'")]
)
def test_a_fault_names_the_value_and_what_may_stand_there(tmp_path, monkeypatch, language, told):
    monkeypatch.setattr("evals.errors.interface_language", lambda: language)
    put(tmp_path, file(lang="fr"))
    (fault,) = load(str(tmp_path)).faults
    assert told in fault.reason
    assert '"fr"' in fault.reason
    assert "docs/reference/evals.md" in fault.reason


def test_a_call_counts_once_whatever_its_files_are_called(tmp_path):
    put(tmp_path, file(), "a")
    put(tmp_path, file(), "b")
    found = load(str(tmp_path))
    assert len(found.calls) == 1
    assert "a.json holds the call made-up-01 already" in found.faults[0].reason


def test_sealed_calls_that_are_not_there_are_told(tmp_path):
    put(tmp_path, file())
    with pytest.raises(EvalsError, match="Leave out --open-sealed"):
        load(str(tmp_path), sealed=True)


def test_a_folder_that_is_not_there_or_empty_says_what_to_do(tmp_path):
    with pytest.raises(EvalsError, match="--dataset takes"):
        load(str(tmp_path / "none"))
    with pytest.raises(EvalsError, match="no labelled call"):
        load(str(tmp_path))
    put(tmp_path, file())
    with pytest.raises(EvalsError, match="It has: made-up-01"):
        load(str(tmp_path), only=["nope"])


@pytest.mark.parametrize("name", SEALED)
def test_a_sealed_call_is_refused_by_name_even_where_it_lies(tmp_path, name):
    put(tmp_path, file(id=name), name)
    put(tmp_path, file())
    assert [one.id for one in load(str(tmp_path)).calls] == ["made-up-01"]
    with pytest.raises(EvalsError, match="one measurement"):
        load(str(tmp_path), only=[name])
    assert len(load(str(tmp_path), sealed=True).calls) == 2
    assert here(tmp_path) == ()


def test_the_open_set_is_the_open_calls_and_nothing_beside_them(tmp_path, monkeypatch):
    monkeypatch.setenv("SHARED_CALLS", str(tmp_path))
    put(tmp_path, file(id=OPEN[0]), OPEN[0])
    put(tmp_path, file())
    assert [one.id for one in load("open").calls] == [OPEN[0]]
    assert place_of(BUNDLED).name == "bundled"


def test_a_call_may_hold_the_keys_of_its_questions_itself():
    labelled = gold()
    labelled["asks"][0]["spec"]["must_ask_slots"] = ["timing"]
    (one,) = wanted_asks(call(gold=labelled))
    assert (one.id, one.slots) == ("A1", ("timing",))
    assert one.details == ("only open orders", "up to 500 rows", "xlsx")
    assert wanted_asks(call())[0].slots == ()
    labelled["asks"][0]["spec"]["must_ask_slots"] = ["timing", "goal"]
    with pytest.raises(ValueError, match="2 must_ask_slots for 1 must_ask"):
        call(gold=labelled)


def test_only_keys_of_the_closed_list_stand_in_the_labels():
    keys = {key for asks in labels().values() for some in asks.values() for key in some}
    assert keys <= set(typing.get_args(SlotKey))
    assert set(labels()) == set(OPEN)


@pytest.mark.parametrize("name", OPEN)
def test_the_labels_fit_the_calls_beside_the_checkout(name):
    folder = calls_folder()
    if name not in here(folder):
        pytest.skip("needs the labelled calls beside the checkout")
    asks = wanted_asks(read_call(folder / f"{name}.json"))
    assert all(len(ask.slots) == len(ask.must_ask) > 0 for ask in asks)


def test_without_calls_the_command_of_the_specs_says_where_it_looked(tmp_path, capsys):
    assert main(["--calls", str(tmp_path)]) == 1
    assert str(tmp_path) in capsys.readouterr().err


def test_an_engine_never_sees_the_labels(tmp_path):
    with processed(call(), tmp_path, Engine(), specs=False) as (one, house):
        (blob,) = (tmp_path / "made-up-01.json",)
        assert "gold" not in json.loads(blob.read_text(encoding="utf-8"))
        assert sorted(one.turn_of.values()) == [0, 1, 2, 3, 4, 5]
        assert {"ingest", "extract", "ground", "cover"} <= set(one.seconds)
        assert one.view.specs == ()
        assert house.tools.store.specs(one.view.meeting.uid) == ()


def test_a_turn_without_words_does_not_shift_the_others(tmp_path):
    turns = file()["turns"]
    turns[1]["text"] = "  "
    with processed(call(turns=turns), tmp_path, Engine(), specs=False) as (one, _):
        texts = {one.turn_of[segment.id]: segment.text for segment in one.transcript.segments}
    assert texts[2] == turns[2]["text"]
    assert 1 not in texts


@pytest.mark.slow
def test_a_call_is_measured_on_its_own_asks_and_end_to_end(tmp_path):
    with processed(call(), tmp_path, Engine(), specs=True) as (one, house):
        assert all(each.spec is not None for each in on_gold(one, house.tools.specifier))
        assert [each.gold.id for each in end_to_end(one)] == ["A1"]


def test_the_example_in_the_documents_is_a_labelled_call(tmp_path):
    text = (Path(__file__).parents[3] / "docs" / "reference" / "evals.md").read_text("utf-8")
    put(tmp_path, json.loads(text.split("```json\n")[1].split("```")[0]), "orders-01")
    found = load(str(tmp_path))
    assert [one.id for one in found.calls] == ["orders-01"]
    assert found.notes == ()


def test_every_figure_and_label_is_described():
    text = (Path(__file__).parents[3] / "docs" / "reference" / "evals.md").read_text("utf-8")
    assert {key for key in Gold.model_fields if f"`{key}`" not in text} == set()
    keys = [key.removeprefix("figure.") for key in table("evals.words", "en") if "figure." in key]
    names = [key for key in keys if "." in key]
    assert names
    missing = [
        one for one in names if f"`{one}`" not in text and f"`.{one.split('.')[1]}`" not in text
    ]
    assert missing == []


def test_labels_that_cannot_be_meant_so_are_told_and_read_all_the_same(tmp_path):
    labelled = gold()
    labelled["asks"][0] |= {"raw_quote": "import the orders", "not_for": ["Zoe"]}
    labelled["asks"][1] |= {"id": "A3", "status": "duplicate_of:A9"}
    labelled["decisions"] *= 2
    labelled["actions"][0]["due_date"] = "next Friday"
    labelled["hard_negatives"] = [{"turn": 1, "looks_like": "Ask"}] * 2
    put(tmp_path, file(gold=labelled))
    found = load(str(tmp_path))
    assert len(found.calls) == 1
    (note,) = found.notes
    told = ("D1 is there twice", "names Zoe", "“import the orders” stands", "A3: it repeats A9")
    told += ("due_date next Friday is no day", "looks like Ask", "1 Ask is there twice")
    assert [one for one in told if one not in note.reason] == []
    assert list(doubts(call())) == []


@pytest.mark.parametrize("name", OPEN)
def test_nothing_is_doubtful_in_the_calls_beside_the_checkout(name):
    folder = calls_folder()
    if name not in here(folder):
        pytest.skip("needs the labelled calls beside the checkout")
    assert list(doubts(read_call(folder / f"{name}.json"))) == []
