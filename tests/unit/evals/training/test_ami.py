"""The comparison on AMI, on made-up meetings of its form."""

import gzip
import json

import numpy as np
import pytest

from evals.training import ami


def _meeting(number):
    """Actions are told by a word; decisions and problems by nothing at all."""
    texts = ["well then", "please prepare the slides", "mm", "fine by me", "prepare it", "right"]
    turns = [
        {"id": 10 + at, "speaker": "AB"[at % 2], "role": ("PM", "ID")[at % 2], "text": text}
        for at, text in enumerate(texts)
    ]
    gold = {
        "actions": [{"text": "x", "evidence_turn_ids": [11, 14]}],
        "decisions": [{"text": "x", "evidence_turn_ids": [10 + number % 6]}],
        "problems": [{"text": "x", "evidence_turn_ids": [10 + (number * 5 + 2) % 6]}],
        "abstract": [],
    }
    return {"id": f"ES20{number // 2:02}{'ab'[number % 2]}", "turns": turns, "gold": gold}


@pytest.fixture(scope="module")
def bench(tmp_path_factory):
    path = tmp_path_factory.mktemp("bench") / ami.FILE
    unlabelled = _meeting(40) | {"id": "TS3000a"}
    unlabelled["gold"] |= {"problems": None}
    with gzip.open(path, "wt", encoding="utf-8") as out:
        for one in [*map(_meeting, range(12)), unlabelled]:
            out.write(json.dumps(one) + "\n")
    return path


@pytest.fixture(scope="module")
def lines(bench):
    return {(one.kind, one.way): one for one in ami.compare(ami.meetings(bench))}


def test_meetings_know_their_series_their_turns_and_who_leads(bench):
    some = ami.meetings(bench)
    assert len(some) == 12
    assert [one.series for one in some[:3]] == ["ES2000", "ES2000", "ES2001"]
    assert np.flatnonzero(some[0].targets[:, ami.KINDS.index("actions")]).tolist() == [1, 4]
    assert some[0].roles[:2] == ("PM", "ID")


def test_a_word_that_tells_is_found_and_a_label_without_one_is_not(lines):
    assert len(lines) == 9
    assert lines["actions", "reader"].f1 == 1.0
    assert lines["actions", "TF-IDF, text"].f1 == 1.0
    assert lines["actions", "TF-IDF, text"].lead == "+0.000 (+0.000 to +0.000)"
    assert lines["decisions", "reader"].f1 < 0.5
    assert lines["actions", "reader"].lead == ""


def test_every_line_stands_in_the_table(lines):
    table = ami.table(list(lines.values()))
    assert table.count("| TF-IDF, text |") == 3
    assert "| actions | reader | 1.000 | 1.000 | 1.000 | 1.000 |  |" in table


def test_the_meetings_are_looked_for_where_the_environment_says(bench, capsys, monkeypatch):
    monkeypatch.setenv("SHARED_BENCH", str(bench.parent))
    assert ami.bench_file() == bench
    monkeypatch.setenv("SHARED_BENCH", str(bench.parent / "nowhere"))
    assert ami.main() == 2
    assert "SHARED_BENCH" in capsys.readouterr().err
