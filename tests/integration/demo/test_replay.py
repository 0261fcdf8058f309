"""The bundled call with recorded answers: replayed where they fit, by the rules where they do not."""

import contextlib
import io
import json
import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from evals import record_demo
from evals.bench.scripted import Body, Reply, said, serving
from pipeline.engines.llm.forms import described
from pipeline.engines.llm.sites import items, relations
from pipeline.engines.llm.sites.spec import WireSpec
from tests.integration.llm.model import NOTHING, SPEC, ask
from ui.cli.main import app

pytestmark = [pytest.mark.asr, pytest.mark.timeout(300)]


class Shown(NamedTuple):
    minutes: dict[str, Any]
    specs: list[str]
    told: str
    err: str

    @property
    def asked(self) -> list[str]:
        return [one["text"] for one in self.minutes["asks"]]


def turns(body: Body) -> list[dict[str, Any]]:
    lines = re.findall(r'^\{"t": .*\}$', body["messages"][-1]["content"], re.MULTILINE)
    return [json.loads(one) for one in lines]


def asks(body: Body) -> dict[str, Any]:
    """Two turns of the client's, word for word: whatever was heard."""
    theirs = [one for one in turns(body) if one["side"] == "client"]
    found = [next(one for one in theirs if word in one["text"]) for word in ("导出", "脱敏")]
    made = [ask(f"录下的：{one['text'][:8]}", (one["t"], one["text"])) for one in found]
    return {"asks": made, "last_turn_seen": turns(body)[-1]["t"]}


def spec(body: Body) -> dict[str, Any]:
    del body
    return SPEC | {"limits": [], "title": "录下的规格"}


FORMS = {
    items.Asks: asks,
    items.Rest: None,
    relations.Threads: None,
    relations.Relations: None,
    relations.SecondLooks: None,
    relations.WireSummary: None,
    relations.WireClientSummary: None,
    WireSpec: spec,
}


def reply(body: Body) -> Reply:
    """An answer in plain text, as from somebody who reads the question: the form stands in it."""
    assert "response_format" not in body
    asked = "".join(one["content"] for one in body["messages"])
    form, answer = next((form, made) for form, made in FORMS.items() if described(form) in asked)
    told = answer(body) if answer else NOTHING[form.__name__]
    return said("```json\n" + json.dumps(told, ensure_ascii=False) + "\n```")


@pytest.fixture(scope="module")
def recording(tmp_path_factory) -> Path:
    """What a model answered about the bundled Chinese call; its endpoint is gone by now."""
    folder = tmp_path_factory.mktemp("recording")
    with serving() as server, contextlib.redirect_stdout(io.StringIO()):
        server.otherwise = reply
        words = ["--lang", "zh", "--url", server.url, "--model", "scripted", "--mode", "text"]
        words += ["--timeout", "3600", "--at-once", "16", "--answered-by", "a test"]
        code = record_demo.main(
            [*words, "--out", str(folder / "answers"), "--work", str(folder / "home")]
        )
    assert code == 0
    return folder / "answers"


@pytest.fixture
def demo(tmp_path: Path) -> Callable[[Path, Path], Shown]:
    """`dragoman demo --lang zh` with the answers of a folder, in a home of some sort."""

    def run(answers: Path, home: Path) -> Shown:
        out = tmp_path / "out"
        told, err = io.StringIO(), io.StringIO()
        words = ["demo", "--lang", "zh", "--out", str(out), "--no-ui", "--answers", str(answers)]
        with (
            contextlib.redirect_stdout(told),
            contextlib.redirect_stderr(err),
            pytest.MonkeyPatch.context() as patch,
        ):
            patch.setenv("DRAGOMAN_HOME", str(home))
            app(words, standalone_mode=False)
        minutes = json.loads((out / "minutes.json").read_bytes())
        specs = [
            json.loads(path.read_bytes())["title"] for path in sorted(out.glob("specs/*.json"))
        ]
        return Shown(minutes, specs, told.getvalue(), err.getvalue())

    return run


def test_a_fresh_home_replays_what_was_recorded_and_says_so(recording, demo, tmp_path):
    shown = demo(recording, tmp_path / "fresh")
    assert shown.minutes["status"] == "complete"
    assert [one[:4] for one in shown.asked] == ["录下的："] * 2
    assert shown.specs == ["录下的规格"] * 2
    assert {one["match"] for item in shown.minutes["asks"] for one in item["evidence"]} == {"exact"}
    origin = shown.minutes["recorded_from"]
    assert (origin["model"], origin["answered_by"]) == ("scripted", "a test")
    assert "recorded answers" in shown.err
    spaceless = "".join(shown.told.split())
    assert origin["recorded_at"][:10] in spaceless
    assert "没有问任何模型" in spaceless


@pytest.mark.slow
def test_a_home_in_which_the_rules_read_it_before_replays_it_too(recording, demo, tmp_path):
    home = tmp_path / "home"
    by_rules = demo(tmp_path / "nothing", home)
    assert len(by_rules.specs) > 2
    shown = demo(recording, home)
    assert shown.minutes["missing"] == []
    assert [one[:4] for one in shown.asked] == ["录下的："] * 2
    assert shown.specs == ["录下的规格"] * 2


def _of_other_words(manifest: dict[str, Any]) -> None:
    manifest["calls"][0]["words"] = "0" * 64


def _of_earlier_questions(manifest: dict[str, Any]) -> None:
    manifest["prompts"][0] = "asks@0.zh+00000000"


@pytest.mark.parametrize("change", [_of_other_words, _of_earlier_questions])
def test_what_does_not_fit_is_read_by_the_rules_which_say_so(recording, demo, tmp_path, change):
    answers = tmp_path / "answers"
    shutil.copytree(recording, answers)
    manifest = json.loads((answers / "recording.json").read_bytes())
    change(manifest)
    (answers / "recording.json").write_text(json.dumps(manifest), encoding="utf-8")
    shown = demo(answers, recording.parent / "home")
    assert "built-in rules" in shown.err
    assert shown.minutes["recorded_from"] is None
    assert {one["origin_engine"] for one in shown.minutes["asks"]} == {"rules"}
