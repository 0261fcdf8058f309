"""Runs are stored, compared and held against a baseline; what fell is named."""

import json

import pytest

from evals import baseline, runs
from evals.command import main
from evals.comparison import compared
from evals.datasets.call_file import ARRAYS
from evals.errors import EvalsError
from evals.report.table import rows
from evals.runs import CallRun, Run
from tests.unit.evals.made_up import file


def run(*hits: int, of: int = 10, name: str = "ask.recall", digest: str = "d") -> Run:
    calls = tuple(
        CallRun(id=f"c{place}", language="en", digest=digest, cells={name: (hit, of)})
        for place, hit in enumerate(hits)
    )
    return Run(made_at="2026-01-05T00:00:00Z", engine="rules", dataset="made-up", calls=calls)


def put(folder, **changes):
    folder.mkdir(exist_ok=True)
    name = changes.get("id", "made-up-01")
    (folder / f"{name}.json").write_text(json.dumps(file(**changes)), encoding="utf-8")
    return str(folder)


# --- storing


def test_a_stored_run_is_read_again(tmp_path):
    one = run(1, 2)
    assert runs.load(runs.save(one, tmp_path)) == runs.load(tmp_path) == one


def test_what_is_no_run_is_named(tmp_path):
    with pytest.raises(EvalsError, match="no stored run at"):
        runs.load(tmp_path / "none")
    (tmp_path / "run.json").write_text('{"calls": 1}', encoding="utf-8")
    with pytest.raises(EvalsError, match="holds no stored run"):
        runs.load(tmp_path)
    with pytest.raises(EvalsError, match="cannot be written"):
        runs.save(run(1), tmp_path / "run.json")


# --- the baseline


@pytest.mark.parametrize(
    ("name", "before", "now", "of", "fell"),
    [
        ("ask.recall", 9, 8, 10, False),  # one item
        ("ask.recall", 9, 7, 10, True),
        ("ask.recall", 900, 885, 1000, False),  # .015 of many
        ("ask.recall", 900, 875, 1000, True),
        ("ask.recall", 7, 9, 10, False),  # better
        ("lookalikes.ask", 1, 3, 10, True),  # less is better
        ("lookalikes.ask", 3, 1, 10, False),
    ],
)
def test_a_figure_may_lose_two_points_or_one_item(name, before, now, of, fell):
    found = baseline.fallen(run(now, of=of, name=name), _stored(run(before, of=of, name=name)))
    assert {one.group for one in found} == ({"all", "en"} if fell else set())


def test_f1_may_lose_one_item_too():
    cells = {"ask.recall": (9, 10), "ask.precision": (9, 10)}
    worse = {"ask.recall": (7, 10), "ask.precision": (7, 10)}
    one, other = (
        run(1).with_(calls=(CallRun(id="c", language="en", digest="d", cells=some),))
        for some in (cells, worse)
    )
    assert {"ask.f1"} <= {fall.name for fall in baseline.fallen(other, _stored(one))}


def test_a_baseline_of_other_labels_or_figures_is_refused():
    with pytest.raises(EvalsError, match="c0"):
        baseline.fallen(run(1, digest="other"), _stored(run(1)))
    with pytest.raises(EvalsError, match="no figure in common"):
        baseline.fallen(run(1, name="risk.recall"), _stored(run(1)))


def test_what_is_only_told_is_no_baseline():
    assert baseline.baseline_of(run(1, name="seconds.extract")).figures["all"] == {}


def _stored(one: Run) -> baseline.Baseline:
    return baseline.Baseline.read(baseline.baseline_of(one).model_dump(mode="json"))


# --- comparing


def test_two_runs_are_compared_call_by_call():
    found = compared(run(1, 5, 8), run(2, 6, 9))
    one = found.differences[0]
    assert (found.calls, one.by, one.clear) == (3, pytest.approx(0.1), True)


def test_calls_that_only_one_of_them_has_are_left_out_and_told():
    found = compared(run(1, 2), run(1, 2, 3))
    assert (found.calls, found.left_out) == (2, ("c2",))
    with pytest.raises(EvalsError, match="c0"):
        compared(run(1), run(1, digest="other"))
    with pytest.raises(EvalsError, match="no figure in common"):
        compared(run(1), run(1, name="risk.recall"))


# --- the command


def test_the_command_measures_stores_and_compares(tmp_path, capsys):
    calls, out = put(tmp_path / "calls"), tmp_path / "out"
    assert main(["--dataset", calls, "--out", str(out), "--write-baseline"]) == 0
    told = capsys.readouterr()
    assert "live_ask.recall" in told.out
    assert sorted(path.name for path in out.iterdir()) == ["report.html", "report.md", "run.json"]
    assert main(["--dataset", calls, "--baseline"]) == 0
    assert "No figure fell" in capsys.readouterr().err
    assert main(["--compare", str(out), str(out)]) == 0
    assert "+0.00" in capsys.readouterr().out


def test_a_fall_is_named_and_ends_in_1(tmp_path, capsys):
    calls, kept = put(tmp_path / "calls"), tmp_path / "kept.json"
    assert main(["--dataset", calls, "--write-baseline", str(kept)]) == 0
    before = baseline.read(kept)
    before.figures["en"]["lookalikes.taken"] = (-1.0, 2)
    kept.write_text(before.model_dump_json(), encoding="utf-8")
    capsys.readouterr()
    assert main(["--dataset", calls, "--baseline", str(kept)]) == 1
    told = capsys.readouterr().err
    assert "English, look-alikes taken for real" in told
    assert "(lookalikes.taken): -1.00 → 0.00 of 2; 0.50 may be lost" in told
    assert "recall" not in told


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["--dataset", "none"], "no folder none"),
        (["--baseline", "none"], "no baseline at none"),
        (["--compare", "none", "none"], "no stored run at none"),
        (["--answers", "x"], "--answers goes with"),
        (["--engine", "rules", "--record", "x"], "--record with"),
    ],
)
def test_bad_input_is_named_with_the_way_out(capsys, words, told):
    assert main(words) == 2
    assert told in capsys.readouterr().err


def test_an_engine_that_is_not_there_ends_in_its_own_code(tmp_path, capsys):
    calls = put(tmp_path / "calls")
    assert main(["--dataset", calls, "--engine", "llm"]) == 3
    assert "Traceback" not in capsys.readouterr().err


def test_a_broken_call_among_good_ones_is_left_out_told_and_ends_in_2(tmp_path, capsys):
    folder = tmp_path / "calls"
    put(folder)
    put(folder, id="odd", turns=[{"id": 0, "speaker": "a", "text": "x", "mood": "good"}], gold={})
    (folder / "bad.json").write_text("{", encoding="utf-8")
    assert main(["--dataset", str(folder)]) == 2
    told = capsys.readouterr()
    assert "bad.json" in told.err
    assert "turns.0.mood" in told.err
    assert "2 calls" in told.out


def test_a_call_without_labels_is_measured_with_what_needs_none(tmp_path, capsys):
    assert main(["--dataset", put(tmp_path / "calls", gold={}), "--json"]) == 0
    cells = Run.read_json(capsys.readouterr().out).calls[0].cells
    assert "quotes.exact" in cells
    assert not [name for name in cells if name.split(".")[0] in ARRAYS]


# --- what is not whole is not kept


def test_nothing_is_kept_while_a_file_is_left_out(tmp_path, capsys):
    folder = put(tmp_path / "calls")
    put(tmp_path / "calls", id="other", lang="fr")
    for option in ("--write-baseline", "--measured"):
        kept = tmp_path / "kept"
        assert main(["--dataset", folder, option, str(kept)]) == 2
        assert not kept.exists()
        assert "with 1 file left out" in capsys.readouterr().err


def test_files_that_are_all_left_out_give_no_table(tmp_path, capsys):
    assert main(["--dataset", put(tmp_path / "calls", lang="fr")]) == 2
    told = capsys.readouterr()
    assert told.out == ""
    assert "can be measured" in told.err


def test_a_folder_to_go_on_in_may_be_relative_and_a_file_is_refused(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    folder = put(tmp_path / "calls")
    assert main(["--dataset", folder, "--work", "kept"]) == 0
    assert (tmp_path / "kept" / "made-up-01").is_dir()
    assert main(["--dataset", folder, "--work", f"{folder}/made-up-01.json"]) == 2
    assert "Name another folder" in capsys.readouterr().err


def test_words_of_a_file_steer_no_terminal(tmp_path, capsys):
    main(["--dataset", put(tmp_path / "calls", lang="\x1b[31mfr\u202e")])
    told = capsys.readouterr().err
    assert "\x1b" not in told
    assert "\u202e" not in told


@pytest.mark.parametrize("content", ["[" * 100_000, "{}", "null"])
def test_a_broken_run_or_baseline_says_what_it_lacks(tmp_path, content):
    (tmp_path / "x.json").write_text(content, encoding="utf-8")
    with pytest.raises(EvalsError, match=r"no stored run: (made_at|call|maximum)"):
        runs.load(tmp_path / "x.json")
    with pytest.raises(EvalsError, match="holds no baseline"):
        baseline.read(tmp_path / "x.json")


def test_figures_of_no_call_are_not_drawn_as_one():
    alone = run(1, 3, 4, 6, 7, 9)
    beside = alone.with_(beside={"injection.through": (0.0, 12.0)})
    assert rows(beside)[0].interval == rows(alone)[0].interval
