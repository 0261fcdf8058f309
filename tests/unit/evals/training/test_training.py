"""Training on made-up calls: it learns the word, says so honestly, and the same every time."""

import json

import numpy as np
import pytest

from evals.training.__main__ import main
from evals.training.calls import samples
from evals.training.fitting import Recipe, folds
from evals.training.training import shadow, train
from pipeline.engines.rules.sense.kinds import KINDS
from pipeline.engines.rules.sense.model import FACTS, WEIGHTS, load
from pipeline.engines.rules.sense.reader import TurnReader
from pipeline.engines.rules.sense.spoken import Spoken

pytestmark = pytest.mark.slow


@pytest.fixture
def trained(tiny, tmp_path, capsys):
    folder = tiny(8)
    assert main(["--calls", str(folder), "--out", str(tmp_path / "model")]) == 0
    return tmp_path / "model", capsys.readouterr().out


def test_it_learns_the_word_that_tells_and_prints_how_well(trained):
    folder, printed = trained
    assert "8 calls, 80 turns" in printed
    row = next(line for line in printed.splitlines() if line.startswith("| ask | all |"))
    cells = [cell.strip() for cell in row.strip("|").split("|")]
    assert cells[2] == "16"
    assert float(cells[3].replace("-", "nan")) > 0.95
    reader = TurnReader(load(folder))
    turns = [Spoken("a", "us", "the weather is fine"), Spoken("b", "client", "wanted report")]
    reading = reader.read([*turns, turns[0]], language="en")
    assert int(np.argmax(reading.of("ask"))) == 1
    assert reading.of("ask")[1] > 2 * reading.of("ask")[0]


def test_the_same_calls_give_the_same_bytes(trained, tiny, tmp_path, capsys):
    folder, printed = trained
    assert main(["--calls", str(tiny(8)), "--out", str(tmp_path / "again")]) == 0
    assert capsys.readouterr().out == printed
    for name in (WEIGHTS, FACTS):
        assert (folder / name).read_bytes() == (tmp_path / "again" / name).read_bytes()


def test_a_word_of_two_calls_only_is_not_kept(tiny):
    calls = samples([tiny(8)])
    odd = calls[0].turns[2]._replace(text="zanzibar wanted report")
    changed = [
        call._replace(turns=(*call.turns[:2], odd, *call.turns[3:])) if at < 2 else call
        for at, call in enumerate(calls)
    ]
    of_two, _ = train(changed, Recipe())
    of_none, _ = train(calls, Recipe())
    assert set(of_two.kept.tolist()) <= set(of_none.kept.tolist())


def test_a_call_is_never_on_both_sides_of_a_fold():
    groups = ["a", "a", "b", "c", "b", "d"]
    some = folds(groups, 3)
    assert sorted(at for fold in some for at in fold.tolist()) == [0, 1, 2, 3, 4, 5]
    for fold in some:
        inside = {groups[at] for at in fold}
        outside = {groups[at] for at in range(6) if at not in set(fold.tolist())}
        assert not inside & outside
    assert len(folds(["a", "b"], 8)) == 2


def test_noise_is_not_called_knowledge(tiny):
    """Labels that nothing tells but a word of the very turn: a leak would find them all."""
    random = np.random.default_rng(3)
    ask = KINDS.index("ask")
    noisy = []
    for number, call in enumerate(samples([tiny(10)])):
        targets = call.labels.targets.copy()
        targets[:, ask] = random.random(len(targets)) < 0.3
        words = ["".join(chr(97 + digit) for digit in random.integers(0, 26, 8)) for _ in targets]
        turns = tuple(
            turn._replace(text=f"{word} {number}")
            for turn, word in zip(call.turns, words, strict=True)
        )
        labels = call.labels._replace(targets=targets)
        noisy.append(call._replace(turns=turns, labels=labels))
    _, rows = train(noisy, Recipe(calls=1))
    row = next(row for row in rows if row.kind == "ask" and row.language == "all")
    assert row.average_precision < 0.6


def test_a_shadow_has_the_same_words_without_sides_marks_capitals_and_names(tiny):
    call = samples([tiny(2)])[0]
    turns = (Spoken("Us0", "us", "Us0, can You send it? 好，发。"), *call.turns[1:])
    bare = shadow(call._replace(turns=turns)).turns
    assert bare[0].text.split() == ["@", "can", "you", "send", "it", "好", "发"]
    assert {turn.side for turn in bare} == {"unknown"}


def test_calls_that_are_none_are_named(tmp_path, capsys):
    assert main(["--calls", str(tmp_path), "--out", str(tmp_path)]) == 2
    assert "no labelled call" in capsys.readouterr().err
    (tmp_path / "odd.json").write_text(json.dumps({"id": "x"}), encoding="utf-8")
    assert main(["--calls", str(tmp_path), "--out", str(tmp_path)]) == 2
    assert "'odd.json' is no labelled call" in capsys.readouterr().err


def test_a_call_that_is_there_twice_is_refused(tiny, tmp_path, capsys):
    folder = tiny(2)
    (folder / "copy.json").write_bytes((folder / "0.json").read_bytes())
    assert main(["--calls", str(folder), "--out", str(tmp_path)]) == 2
    assert "labelled twice: tiny-00" in capsys.readouterr().err


def test_the_shipped_reader_is_measured_on_other_calls(tiny, capsys):
    assert main(["--check", str(tiny(3))]) == 0
    assert capsys.readouterr().out.count("| ask |") == 3
