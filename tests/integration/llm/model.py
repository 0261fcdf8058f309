"""A made-up call and a scripted model that answers every question about it."""

import json
import re
from collections.abc import Callable, Mapping
from typing import Any

from evals.bench.scripted import Body, Reply, said
from pipeline.models.project import Participant, Project
from pipeline.models.transcript import EngineName, Segment, Transcript

TALK = (
    ("陈立", "us", "王经理您好，今天对一下订单的需求。"),
    ("王敏", "client", "能不能给我们来个一键导出？财务催得很。"),
    ("陈立", "us", "那我建议导出完成以后发短信通知。"),
    ("王敏", "client", "短信就不用了。导出最多三千条。"),
    ("王敏", "client", "客户手机号要脱敏，这是公司规定。"),
    ("陈立", "us", "好，六月底之前我把方案发您。"),
    ("王敏", "client", "那先按六月底。"),
    ("王敏", "client", "对了，导出改成五千条吧。"),
    ("王敏", "client", "先这样，再见。"),
    ("陈立", "us", "再见。"),
    ("周强", "us", "她走了吧？"),
    ("陈立", "us", "走了。六月底其实很紧，别跟客户说。"),
)
PROJECT = Project(
    uid="p",
    client="澄江茶饮",
    system="订单系统",
    language="zh",
    participants=(
        Participant(name="王敏", side="client"),
        Participant(name="陈立", side="us"),
        Participant(name="周强", side="us"),
    ),
    capabilities=("订单查询",),
    scope=("3.1 订单查询和导出", "5.2 不含短信"),
)


def transcript(talk=TALK, repeat: int = 1) -> Transcript:
    segments = tuple(
        Segment(
            id=f"s{n}", index=n, start=n * 5.0, end=n * 5.0 + 4, speaker=who, side=side, text=text
        )
        for n, (who, side, text) in enumerate(list(talk) * repeat)
    )
    return Transcript(
        meeting="m", date="2026-03-18", engine=EngineName(name="x"), segments=segments
    )


def item(text: str, *cited: tuple[str, str], **more: Any) -> dict[str, Any]:
    evidence = [{"turns": [turn], "quote": quote} for turn, quote in cited]
    return {"evidence": evidence, "text": text, **more}


def ask(text: str, *cited: tuple[str, str], **more: Any) -> dict[str, Any]:
    plain = {"kind": "function", "status": "live", "priority": "unknown", "pain": None}
    return item(text, *cited, **({"raw_quote": cited[0][1]} | plain | more))


EXPORT = ask("一键导出订单", ("T0002", "能不能给我们来个一键导出？"))
MASK = ask("客户手机号脱敏", ("T0005", "客户手机号要脱敏"), kind="permission", priority="must")
UNKNOWN = {"value": None, "origin": "unknown", "evidence": []}
SPEC = {
    "title": "订单一键导出",
    "goal": {
        "value": "一键导出",
        "origin": "stated",
        "evidence": [{"turns": ["T0002"], "quote": "能不能给我们来个一键导出？"}],
    },
    **dict.fromkeys(("pain", "trigger", "format"), UNKNOWN),
    **{
        key: [] for key in ("actors", "rules", "behaviours", "errors", "data_fields", "permissions")
    },
    "limits": [
        {
            "value": "最多五千条",
            "origin": "stated",
            "evidence": [{"turns": ["T0008"], "quote": "导出改成五千条吧"}],
        },
        {
            "value": "最多九千条",
            "origin": "stated",
            "evidence": [{"turns": ["T0008"], "quote": "导出改成五千条吧"}],
        },
    ],
    "acceptance": [],
    "open_questions": [
        {
            "slot": "format",
            "question": "导出成什么格式？",
            "why_it_matters": "格式不定做不了",
            "options": ["xlsx", "csv"],
            "recommended": "pdf",
            "blocking": True,
        }
    ],
    **{key: [] for key in ("assumptions", "out_of_scope", "dependencies")},
    "fit": "custom",
}
NOTHING: Mapping[str, Any] = {
    "Asks": {"asks": [], "last_turn_seen": None},
    "Rest": {
        "decisions": [],
        "actions": [],
        "risks": [],
        "questions": [],
        "conflicts": [],
        "concerns": [],
        "last_turn_seen": None,
    },
    "Threads": {"threads": [], "last_turn_seen": None},
    "Relations": {"duplicates": [], "supported": [], "scope": [], "superseded": []},
    "SecondLooks": {"looks": []},
    "WireSummary": {"internal": "内部", "topics": [], "last_turn_seen": None},
    "WireClientSummary": {"client": "客户", "last_turn_seen": None},
}


def answering(**answers: Any) -> Callable[[Body], Reply]:
    """Answers by the name of the form; what is not given finds nothing."""

    def reply(body: Body) -> Reply:
        site = site_of(body)
        found = answers[site] if site in answers else NOTHING[site]
        made = found(body) if callable(found) else found
        return made if isinstance(made, Reply) else said(made)

    return reply


def site_of(body: Body) -> str:
    return body["response_format"]["json_schema"]["name"]


def turns_in(body: Body, *, own: bool = False) -> list[str]:
    """Names of the turns that a question shows; with `own` without those beside it."""
    text = body["messages"][-1]["content"]
    lines = [json.loads(one) for one in re.findall(r'^\{"t": .*\}$', text, re.MULTILINE)]
    return [one["t"] for one in lines if not (own and one.get("context"))]
