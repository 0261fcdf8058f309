"""Meetings of others become calls in our form; what is broken is named by its line."""

import csv
import gzip
import json

import pytest

from evals.datasets import alimeeting4mug, ami
from evals.datasets.loading import load
from evals.datasets.schema import FILE, schema
from evals.scorers.actions import actions
from evals.scorers.items import items
from evals.scorers.share import Share
from tests.unit.evals.made_up import TURNS, action, decision, minutes

SAID = ("先说第一件事。", "老李把合同发给财务。", "周五之前发。", "好。", "我来订会议室。")


def meeting(**changes):
    sentences = [
        {"id": place, "speaker": f"no.{place % 2}", "start_time": f"{place}.5", "s": text}
        for place, text in enumerate(SAID, 1)
    ]
    return {
        "meeting_key": "M 0001/甲",
        "sentences": sentences,
        "topic_segment_ids": [{"id": 5, "candidate": [{"title": "合同", "key_sentence": ["2"]}]}],
        "paragraph_segment_ids": [{"id": 5}],
        "action_ids": [{"id": 5}, {"id": 2}, {"id": 3}],
        **changes,
    }


def table(path, meetings, delimiter="\t"):
    with path.open("w", encoding="utf-8", newline="") as lines:
        rows = csv.writer(lines, delimiter=delimiter)
        rows.writerow(["idx", "content"])
        rows.writerows(
            [place, json.dumps(one, ensure_ascii=False)] for place, one in enumerate(meetings)
        )
    return path


@pytest.mark.parametrize("delimiter", ["\t", ","])
def test_action_sentences_that_follow_one_another_are_one_action(tmp_path, capsys, delimiter):
    file = table(tmp_path / "train.tsv", [meeting()], delimiter)
    assert alimeeting4mug.main([str(file), "--out", str(tmp_path / "out")]) == 0
    assert "1 call" in capsys.readouterr().out
    (call,) = load(str(tmp_path / "out")).calls
    assert call.id == "alimeeting4mug-M-0001-甲"
    assert [one.evidence for one in call.gold.actions] == [(2, 3), (5,)]
    assert call.gold.actions[0].text == SAID[1] + SAID[2]
    assert (call.turns[0].start, call.turns[0].end) == (1.5, None)
    assert call.gold.decisions is call.gold.asks is None


def test_other_names_of_the_same_keys_are_read_and_the_test_part_has_no_labels(tmp_path):
    other = meeting()
    other["sentence_list"] = other.pop("sentences")
    del other["action_ids"]
    (call,) = alimeeting4mug.calls(table(tmp_path / "dev.csv", [other], ","))
    assert call.gold.actions is None


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("idx\tcontent\n0\t{", "line 2"),
        ('idx\tcontent\n0\t{""a"": 1}', "line 2"),
        ("idx\twords\n0\tx", "content"),
    ],
)
def test_a_broken_table_is_named_with_its_line(tmp_path, capsys, content, told):
    file = tmp_path / "bad.tsv"
    file.write_text(content, encoding="utf-8")
    assert alimeeting4mug.main([str(file), "--out", str(tmp_path / "out")]) == 2
    assert told in capsys.readouterr().err
    assert alimeeting4mug.main([str(tmp_path / "none"), "--out", str(tmp_path / "out")]) == 2


AMI = {
    "id": "XX1",
    "turns": [{"id": 7, "speaker": "A", "role": "PM", "start": 1, "end": 2, "text": "Fine."}],
    "gold": {
        "decisions": [{"text": "It is blue.", "evidence_turn_ids": [7]}],
        "actions": [],
        "problems": None,
        "abstract": [],
    },
}


def test_a_meeting_of_ami_keeps_what_is_not_labelled_apart_from_what_is_not_there(tmp_path):
    file = tmp_path / "ami.jsonl.gz"
    with gzip.open(file, "wt", encoding="utf-8") as lines:
        lines.write(json.dumps(AMI) + "\n\n")
    assert ami.main([str(file), "--out", str(tmp_path / "out")]) == 0
    (call,) = load(str(tmp_path / "out")).calls
    assert (call.gold.decisions[0].evidence, call.gold.actions, call.gold.risks) == ((7,), (), None)
    assert call.gold.decisions[0].state is None


def test_states_owners_and_dates_that_nobody_labelled_are_not_scored(tmp_path):
    file = tmp_path / "ami.jsonl"
    gold = AMI["gold"] | {"actions": [{"text": "Send it", "evidence_turn_ids": [3]}]}
    turns = [AMI["turns"][0] | {"id": place, "text": f"Tom {place}"} for place in range(8)]
    file.write_text(json.dumps(AMI | {"gold": gold, "turns": turns}), encoding="utf-8")
    (call,) = ami.calls(file)
    one = action("T1", "Send it", 3, owner="Tom", due_date="2026-01-09")
    cells = actions(minutes(actions=(one,)), call, call.gold, TURNS)
    assert cells["action.owner_invented"] == Share(0, 1)
    assert cells["action.due_invented"] == Share(0, 0)
    found = minutes(decisions=(decision("D1", "It is blue.", 0),))
    assert items(found, call.gold, TURNS)["decision.state"] == Share(0, 0)


@pytest.mark.parametrize("content", [b"{", b'{"id": "x"}', b"\x1f\x8b\x08broken"])
def test_a_broken_file_of_ami_is_named(tmp_path, capsys, content):
    file = tmp_path / ("bad.jsonl.gz" if content.startswith(b"\x1f") else "bad.jsonl")
    file.write_bytes(content)
    assert ami.main([str(file), "--out", str(tmp_path / "out")]) == 2
    assert str(file) in capsys.readouterr().err


def test_the_published_schema_is_that_of_the_code():
    assert FILE.read_text(encoding="utf-8") == schema(), "python -m evals.datasets.schema"
