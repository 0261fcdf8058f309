"""Answers of a model written into a folder and replayed from it, on the command line."""

import hashlib
import json

import pytest

from evals.bench.scripted import said
from tests.integration.llm.model import NOTHING, SPEC, answering
from tests.integration.llm.recorded.folder import answers, manifest, read_json, texts
from tests.integration.llm.test_whole_way import ANSWERS


def test_a_recorded_run_is_replayed_without_a_model(record, replay, server, tmp_path):
    first = record()
    assert (first.code, first.missing) == (0, []), first.err
    asked = len(server.asked)
    assert len(answers(tmp_path)) == asked
    second = replay()
    assert (second.code, second.missing) == (0, []), second.err
    assert len(server.asked) == asked
    assert texts(second) == texts(first)
    assert second.minutes["summary"] == first.minutes["summary"]
    assert {one["origin_engine"] for one in second.minutes["asks"]} == {"recorded"}
    assert {one["origin_engine"] for one in second.specs.values()} == {"recorded"}
    assert first.minutes["recorded_from"] is None
    assert second.minutes["recorded_from"]["model"] == "m"


def test_the_folder_tells_what_it_is_and_holds_no_address_and_no_key(record, server, tmp_path):
    record(DRAGOMAN_MODEL_KEY="sk-1", DRAGOMAN_MODEL_CONTEXT="16000")
    told = manifest(tmp_path)
    assert told["schema"] == "dragoman/recording/v1"
    assert told["model"] == "m"
    assert told["answered_by"]
    assert told["recorded_at"].endswith("Z")
    assert told["questions"] == {
        "context": 16_000,
        "answer_tokens": 5_333,
        "steps": "whole",
        "hide": "numbers",
    }
    assert len(told["calls"]) == 1
    sites = {one["site"] for one in answers(tmp_path).values()}
    assert {label.split("@")[0] for label in told["prompts"]} == sites >= {"asks", "specify"}
    for name, sha256 in told["answers"].items():
        file = tmp_path / "answers" / "answers" / f"{name}.json"
        assert hashlib.sha256(file.read_bytes()).hexdigest() == sha256
    every = "".join(path.read_text("utf-8") for path in tmp_path.glob("answers/**/*.json"))
    assert "127.0.0.1" not in every
    assert "sk-1" not in every


def test_what_was_answered_before_is_recorded_too(process, record, replay, server, tmp_path):
    server.otherwise = answering(**ANSWERS)
    told = {"DRAGOMAN_MODEL_URL": server.url, "DRAGOMAN_MODEL_NAME": "m"}
    assert process("--engine", "llm", home="recording", **told).code == 0
    asked = len(server.asked)
    assert record().code == 0
    assert len(server.asked) == asked
    assert len(answers(tmp_path)) == asked
    assert replay().code == 0


def test_a_question_has_one_digest_whoever_is_asked_however(record, server, tmp_path):
    record(home="a")
    before = set(answers(tmp_path))
    record(
        home="b",
        DRAGOMAN_MODEL_NAME="another",
        DRAGOMAN_MODEL_KEY="sk-2",
        DRAGOMAN_MODEL_AT_ONCE="1",
        DRAGOMAN_MODEL_KEEP_BOUNDS="true",
        DRAGOMAN_MODEL_URL=server.url.replace("127.0.0.1", "localhost"),
    )
    assert manifest(tmp_path)["model"] == "another"
    assert set(answers(tmp_path)) == before


@pytest.mark.parametrize(
    "told",
    [
        {"DRAGOMAN_MODEL_HIDE": "names", "DRAGOMAN_MODEL_CONTEXT": "12000"},
        {"DRAGOMAN_MODEL_STEPS": "small"},
    ],
)
def test_questions_are_made_as_when_they_were_recorded(record, replay, told):
    rest = dict.fromkeys(("Settled", "Open", "Uneasy"), NOTHING["Rest"])
    say = ANSWERS | rest | {"SpecFacts": SPEC, "SpecAsked": SPEC}
    assert record(say=say, **told).code == 0
    assert replay().code == 0
    others = {"DRAGOMAN_MODEL_HIDE": "nothing", "DRAGOMAN_MODEL_CONTEXT": "9000"}
    assert replay(home="other", **others).code == 0


def test_signs_stay_in_the_folder_and_words_come_back(record, replay, tmp_path):
    told = SPEC | {"title": "⟦PERSON_1⟧要的导出"}
    record(say=ANSWERS | {"WireSpec": told}, DRAGOMAN_MODEL_HIDE="names")
    kept = [one["text"] for one in answers(tmp_path).values() if one["site"] == "specify"]
    assert all("⟦PERSON_1⟧" in json.loads(text)["title"] for text in kept)
    assert {one["title"] for one in replay().specs.values()} == {"王敏要的导出"}


def test_another_call_has_no_answers_and_says_so(record, replay, call):
    record()
    told = read_json(call)
    told["turns"][1]["text"] = "我想要别的。"
    call.write_text(json.dumps(told, ensure_ascii=False), encoding="utf-8")
    ran = replay()
    assert ran.code == 3
    assert "holds no answer" in ran.err
    assert "Traceback" not in ran.err


def test_a_question_without_an_answer_leaves_the_rest(record, replay, tmp_path):
    record()
    folder = tmp_path / "answers"
    lost = next(name for name, one in answers(tmp_path).items() if one["site"] == "specify")
    told = manifest(tmp_path)
    del told["answers"][lost]
    (folder / "recording.json").write_text(json.dumps(told), encoding="utf-8")
    ran = replay()
    assert ran.code == 4
    assert len(ran.specs) == 1
    assert len(ran.missing) == 1
    assert str(folder) in ran.missing[0]


def test_a_question_that_was_too_much_is_halved_again(record, replay, server, call, tmp_path):
    told = read_json(call)
    told["turns"] = told["turns"] * 3
    call.write_text(json.dumps(told, ensure_ascii=False), encoding="utf-8")

    def asks(body):
        whole = body["messages"][-1]["content"].count('{"t": ') > 30
        return said("{", finish="length") if whole else {"asks": [], "last_turn_seen": None}

    first = record(say=ANSWERS | {"Asks": asks})
    assert first.code == 0, first.err
    faults = [one["fault"] for one in answers(tmp_path).values() if one["fault"]]
    assert faults == ["cut_off"]
    second = replay()
    assert (second.code, texts(second)) == (0, texts(first))
