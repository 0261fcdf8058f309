"""What an engine reached is written as a small file and read back by those who show it."""

import datetime as dt

import pytest

from evals.errors import EvalsError
from evals.measured_file import measured_of, write
from evals.runs import CallRun, Run
from pipeline.measured.reading import measured, parsed

CELLS = {"live_ask.recall": (3, 4), "live_ask.precision": (3, 5), "ask.status": (1, 1)}


def run(calls: int = 4, cells=CELLS) -> Run:
    some = tuple(
        CallRun(id=f"c{place}", language="zh" if place else "en", digest="d", cells=cells)
        for place in range(calls)
    )
    return Run(made_at="2026-01-05T00:00:00Z", engine="rules", version="v", dataset="x", calls=some)


def test_it_is_read_as_it_was_written(tmp_path):
    write(run(), tmp_path / "rules.toml")
    found = parsed((tmp_path / "rules.toml").read_text(encoding="utf-8"))
    assert found == measured_of(run())
    assert (found.calls, found.measured_at) == (4, dt.date(2026, 1, 5))
    one = found.figure("live_ask")
    assert one is not None
    assert (one.recall, one.precision, one.wanted, one.found) == (0.75, 0.6, 16, 20)
    assert one.recall_interval == (0.75, 0.75)
    assert (one.calls, found.figure("live_ask", "en").calls) == (4, 1)
    assert found.figure("live_ask", "en").recall_interval is None
    assert found.figure("live_ask", "mixed") is found.figure("risk") is None


def test_what_the_list_of_the_unsaid_kept_is_written_too(tmp_path):
    cells = CELLS | {"unsaid.asks_kept": (9, 10), "unsaid.turns": (3, 40)}
    write(run(cells=cells), tmp_path / "rules.toml")
    found = parsed((tmp_path / "rules.toml").read_text(encoding="utf-8"))
    one = found.unsaid_in("zh")
    assert (one.calls, one.asks, one.asks_kept, one.turns) == (3, 30, 0.9, 0.075)
    assert found.unsaid_in().calls == 4
    assert found.unsaid_in("mixed") is None
    assert measured_of(run()).unsaid == ()


def test_figures_of_no_call_count_as_none():
    one = run().with_(beside={"speech.cer_zh": (1, 2)})
    assert measured_of(one).figure("live_ask").calls == 4


def test_nothing_wanted_or_found_has_no_share(tmp_path):
    write(run(cells={"risk.recall": (0, 0), "risk.precision": (0, 0)}), tmp_path / "rules.toml")
    one = parsed((tmp_path / "rules.toml").read_text(encoding="utf-8")).figure("risk")
    assert (one.recall, one.precision) == (None, None)


@pytest.mark.parametrize("one", [run(0), run(cells={"ask.status": (1, 1)})])
def test_a_run_without_items_is_not_written(tmp_path, one):
    with pytest.raises(EvalsError, match="no items"):
        write(one, tmp_path / "rules.toml")


@pytest.mark.parametrize("text", ["engine = ", 'engine = "rules"'])
def test_a_broken_file_is_refused(text):
    with pytest.raises(ValueError, match=r".+"):
        parsed(text)


def test_an_engine_that_nobody_measured_has_no_figures():
    assert measured("nobody") is None
    found = measured("rules")
    assert found is None or found.figure("live_ask") is not None
