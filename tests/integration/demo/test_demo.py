"""The bundled calls through the real path: what was planted in them is found."""

import contextlib
import io
import json
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from ui.cli.main import app

pytestmark = [pytest.mark.asr, pytest.mark.timeout(300)]

PLANTED: dict[str, dict[str, Any]] = {
    "zh": {
        "asks": ["导出", "审批", "同步", "提醒", "脱敏"],
        "withdrawn": "App",
        "fields": {
            "so_order.order_no": "订单号",
            "so_order.amount": "金额",
            "so_order.status": "订单状态",
        },
        "superseded": ("五千", "三千"),
        "tentative": "六月底",
        "rejected": "短信",
        "weak": "尽量",
        "risk": "没有文档",
        "internal": "很紧",
        "concern": "新系统",
        "due": {"王敏": "2026-03-25", "陈立": "2026-03-20"},
        "roles": {"主管": True, "财务": True, "客服": False},
    },
    "en": {
        "asks": ["export", "approval", "sync", "reminder", "masked"],
        "withdrawn": "app",
        "fields": {
            "bk_appointment.appt_no": "appointment number",
            "bk_appointment.fee": "fee",
            "bk_appointment.dentist_name": "dentist name",
        },
        "superseded": ("one hundred", "fifty"),
        "tentative": "end of June",
        "rejected": "text message",
        "weak": "try my best",
        "risk": "Without that document",
        "internal": "very tight",
        "concern": "new system",
        "due": {"Susan Grant": "2026-03-25", "Alex Reed": "2026-03-20"},
        "roles": {"manager": True, "accountant": True, "reception": False},
    },
}


class Demo(NamedTuple):
    """What the demo wrote, and what should be in it."""

    out: Path
    told: str
    minutes: dict[str, Any]
    export: dict[str, Any]
    wanted: dict[str, Any]


@pytest.fixture(scope="module", params=["zh", "en"])
def demo(request, tmp_path_factory) -> Demo:
    """One run of `dragoman demo` for all tests of a language."""
    out = tmp_path_factory.mktemp("demo")
    told = io.StringIO()
    words = ["demo", "--lang", request.param, "--out", str(out), "--no-ui"]
    words += ["--answers", str(out / "none")]  # by the rules, whatever is bundled
    with (
        contextlib.redirect_stdout(told),
        contextlib.redirect_stderr(io.StringIO()),
        pytest.MonkeyPatch.context() as patch,
    ):
        patch.setenv("DRAGOMAN_HOME", str(tmp_path_factory.mktemp("home")))
        app(words, standalone_mode=False)
    minutes = json.loads((out / "minutes.json").read_bytes())
    exporting = next(one for one in minutes["asks"] if one["spec"] and _has(one, "导出", "export"))
    spec = json.loads((out / "specs" / f"{exporting['spec']}.json").read_bytes())
    return Demo(out, told.getvalue(), minutes, spec, PLANTED[request.param])


def _has(item: dict[str, Any], *words: str) -> bool:
    said = item["text"] + item.get("raw_quote", "")
    said += "".join(one["quote"] for one in item["evidence"])
    return any(word.casefold() in said.casefold() for word in words)


def _one(items: list[dict[str, Any]], word: str) -> dict[str, Any]:
    found = [one for one in items if _has(one, word)]
    assert found, f"nothing about {word!r}"
    return found[0]


def test_every_ask_is_found_and_the_withdrawn_one_is_known(demo):
    for word in demo.wanted["asks"]:
        assert _one(demo.minutes["asks"], word)["status"] == "live"
    taken_back = [one for one in demo.minutes["asks"] if one["status"] == "withdrawn"]
    assert [_has(one, demo.wanted["withdrawn"]) for one in taken_back] == [True]
    assert len(demo.minutes["asks"]) <= 7


def test_fields_named_far_apart_become_real_columns(demo):
    fields = {one["name"]: one["label"] for one in demo.export["data_fields"]}
    assert fields == demo.wanted["fields"]
    assert {one["origin"] for one in demo.export["data_fields"]} == {"stated"}


def test_who_may_export_is_what_the_client_said(demo):
    rights = {one["role"].casefold(): one["export"] for one in demo.export["permissions"]}
    for role, may in demo.wanted["roles"].items():
        assert [yes for name, yes in rights.items() if role in name] == [may], role


def test_the_changed_mind_replaces_the_earlier_decision(demo):
    before, after = demo.wanted["superseded"]
    old = next(one for one in demo.minutes["decisions"] if before in one["text"])
    new = next(one for one in demo.minutes["decisions"] if one["supersedes"] == old["id"])
    assert after in new["text"]


def test_the_tentative_and_the_rejected_are_told_from_the_agreed(demo):
    states = {
        state: [one for one in demo.minutes["decisions"] if one["state"] == state]
        for state in ("tentative", "rejected")
    }
    assert _one(states["tentative"], demo.wanted["tentative"])
    assert _one(states["rejected"], demo.wanted["rejected"])


def test_promises_have_owner_and_date_and_the_soft_one_is_marked(demo):
    actions = demo.minutes["actions"]
    for owner, day in demo.wanted["due"].items():
        assert (owner, day) in [(one["owner"], one["due_date"]) for one in actions]
    assert _one(actions, demo.wanted["weak"])["weak"] is True


def test_the_risk_and_the_worry_are_noted_and_the_internal_remark_stays_internal(demo):
    assert _one(demo.minutes["risks"], demo.wanted["risk"])["visibility"] == "client"
    assert _one(demo.minutes["risks"], demo.wanted["internal"])["visibility"] == "internal"
    assert _one(demo.minutes["concerns"], demo.wanted["concern"])["visibility"] == "internal"
    assert demo.wanted["internal"] not in demo.minutes["summary"]["client"]


def test_every_quote_stands_in_the_transcript(demo):
    transcript = json.loads((demo.out / "transcript.json").read_bytes())
    said = {one["id"]: one["text"] for one in transcript["segments"]}
    for array in ("decisions", "asks", "actions", "risks", "questions", "concerns"):
        for item in demo.minutes[array]:
            assert item["evidence"]
            for one in item["evidence"]:
                assert one["quote"] in "".join(said[name] for name in one["segments"])


def test_the_documents_are_there_and_the_summary_names_the_times(demo):
    names = {path.relative_to(demo.out).as_posix() for path in demo.out.rglob("*.*")}
    assert {"transcript.json", "minutes.json", "minutes.md", "minutes.docx", "specs.xlsx"} <= names
    assert f"specs/{demo.export['id']}.md" in names
    assert demo.told.split()[-1] == demo.minutes["meeting"]
    first = demo.minutes["asks"][0]["evidence"][0]["start"]
    assert f"{int(first) // 60:02d}:{int(first) % 60:02d}" in demo.told
