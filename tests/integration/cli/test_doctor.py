"""What the doctor says of a model, in both languages, and with which exit code."""

import os

import pytest

from evals.bench.scripted import Reply, refused, said, serving
from tests.integration.llm.test_probing import DAY, GOOD, obedient, reader, shown

KEY = "sk-not-for-anybody-0042"


@pytest.fixture
def server():
    with serving() as scripted:
        yield scripted


@pytest.fixture
def doctor(dragoman, server, tmp_path):
    secrets = tmp_path / "own" / "secrets.toml"
    secrets.parent.mkdir()
    lines = f'model_url = "{server.url}"\nmodel_name = "m"\nmodel_key = "{KEY}"\n'
    secrets.write_text(lines, encoding="utf-8")
    secrets.chmod(0o600)

    def ran(*words, language="en", **env):
        env = {"DRAGOMAN_SECRETS": str(secrets), "DRAGOMAN_ENGINE": "llm", **env}
        done = dragoman("doctor", *words, language=language, **env)
        assert KEY not in done.out + done.err
        return done

    return ran


@pytest.mark.parametrize(
    ("reply", "code", "en", "zh"),
    [
        (reader(count=0.9), 0, "from beginning to end", "从头到尾都读到了"),
        (
            reader(short=obedient),
            0,
            "nothing makes it keep to the form",
            "不能保证按要求的格式回答",
        ),
        (reader(keep=lambda days: days[50:]), 3, "does not read all", "没有读完"),
        (reader(keep=lambda days: days[50:], count=0.95), 0, "may lose part", "可能会漏"),
        (refused(401, f"bad key {KEY}"), 3, "refused the key: HTTP 401", "不认这个密钥：HTTP 401"),
        (Reply(body=b"<html>Sign <b>in</b></html>"), 3, "it answered “Sign in”", "“Sign in”"),
    ],
    ids=["whole", "loose", "cut", "unsure", "401", "page"],
)
@pytest.mark.parametrize("language", ["en", "zh"])
def test_what_is_found_and_the_exit_code(doctor, server, reply, code, en, zh, language):
    server.otherwise = reply
    ran = doctor(language=language)
    assert ran.code == code
    assert (en if language == "en" else zh) in ran.out


def test_one_that_refuses_a_schema_is_named_with_what_is_left(doctor, server):
    def reply(body):
        if "tools" in body or body.get("response_format", {}).get("type") == "json_schema":
            return refused(400, "response_format: unavailable, tools neither")
        return said(GOOD)

    server.otherwise = reply
    ran = doctor("--short")
    assert ran.code == 0
    assert "(json_object)" in ran.out


@pytest.mark.slow
def test_the_cost_is_told_before_the_long_question_and_may_be_saved(doctor, server):
    server.otherwise = reader()
    ran = doctor(DRAGOMAN_MODEL_PRICE_IN="10")
    assert "about 19,200 tokens, about 0.19 at your price" in ran.err
    assert ran.err.index("19,200") < ran.err.index("asking it a long question")
    asked = [DAY.search(shown(one)) is not None for one in server.asked]
    assert asked == [False, False, True]
    server.asked.clear()
    ran = doctor("--short")
    assert "19,200" not in ran.err
    assert not any(DAY.search(shown(one)) for one in server.asked)


def test_a_long_question_that_failed_is_told_with_its_reason(doctor, server):
    server.otherwise = lambda body: (
        refused(400, "maximum context length is 4096") if DAY.search(shown(body)) else said(GOOD)
    )
    ran = doctor()
    assert ran.code == 3
    assert "got no usable answer" in ran.out


@pytest.mark.skipif(os.name != "posix", reason="modes are those of POSIX")
def test_a_file_that_others_can_read_is_advised_against(doctor, server, tmp_path):
    server.otherwise = reader()
    (tmp_path / "own" / "secrets.toml").chmod(0o644)
    ran = doctor("--short")
    assert (ran.code, "Others on this computer can read" in ran.out) == (0, True)


def test_a_key_is_held_back_from_another_host_and_that_is_told(doctor, server):
    with serving() as other:
        other.otherwise = reader()
        ran = doctor("--short", DRAGOMAN_MODEL_URL=other.url)
        assert "was entered for" in ran.out
        assert [one for one in other.headers if KEY in str(one)] == []
    assert server.asked == []


@pytest.mark.slow
@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_long_question_that_was_left_out_is_said(doctor, server, language):
    server.otherwise = reader()
    ran = doctor(DRAGOMAN_ENGINE="rules", language=language)
    assert ran.code == 0
    last = ran.out.splitlines()[-1]
    assert last.startswith("·")
    assert "dragoman model set --engine llm" in last
    assert "--engine llm" not in doctor("--short", DRAGOMAN_ENGINE="rules").out
