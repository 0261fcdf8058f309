"""A model is measured, its answers are written down, and replayed they give the same figures."""

import json

import pytest

from evals.bench.llm_answers import answer
from evals.bench.scripted import Reply, said, serving
from evals.command import main
from evals.runs import load
from tests.unit.evals.made_up import file

pytestmark = pytest.mark.slow


@pytest.fixture
def calls(tmp_path, monkeypatch):
    folder = tmp_path / "calls"
    folder.mkdir()
    for name in ("made-up-01", "made-up-02"):
        (folder / f"{name}.json").write_text(json.dumps(file(id=name)), encoding="utf-8")
    with serving() as server:
        server.otherwise = lambda body: said(answer(body))
        monkeypatch.setenv("DRAGOMAN_MODEL_URL", server.url)
        monkeypatch.setenv("DRAGOMAN_MODEL_NAME", "m")
        yield server, ["--dataset", str(folder), "--task", "extract", "--task", "specify"]


def test_recorded_answers_give_the_figures_of_the_model(calls, tmp_path):
    server, words = calls
    live = [*words, "--engine", "llm", "--record", str(tmp_path / "answers")]
    assert main([*live, "--out", str(tmp_path / "live")]) == 0
    assert server.asked
    asked = len(server.asked)
    again = [*words, "--engine", "recorded", "--answers", str(tmp_path / "answers")]
    assert main([*again, "--out", str(tmp_path / "again")]) == 0
    assert len(server.asked) == asked
    one, other = load(tmp_path / "live"), load(tmp_path / "again")
    assert one.model == "m"
    assert one.calls[0].cells["tokens"][0] > 0 == other.calls[0].cells["tokens"][0]
    for first, second in zip(one.calls, other.calls, strict=True):
        same = {name for name in first.cells if not name.startswith(("seconds", "tokens"))}
        assert {name: first.cells[name] for name in same} == {n: second.cells[n] for n in same}


def test_no_word_of_the_labels_is_sent(calls):
    server, words = calls
    assert main([*words, "--engine", "llm"]) == 0
    sent = json.dumps(server.asked, ensure_ascii=False)
    assert "export the orders every Monday" in sent
    assert "only open orders" not in sent
    assert "our own idea" not in sent


def test_what_got_no_answer_is_named_and_ends_in_4(calls, capsys):
    server, words = calls
    good = server.otherwise

    def half(body):
        made = good(body)
        specs = "data_fields" in json.dumps(body["response_format"])
        return Reply(400, {"error": {"message": "no"}}) if specs else made

    server.otherwise = half
    assert main([*words, "--engine", "llm"]) == 4
    assert "figures are too low" in capsys.readouterr().err
