"""A made-up call of any length, and a model that answers every question about it.

What it finds depends on the numbers of the turns alone, so that it finds the same in a call that
is shown whole and in one that is shown in pieces. It quotes what was really said; its answers are
as long as those that careful readers gave.
"""

import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, Literal

from evals.bench.asked import Shown, filled, shown
from evals.bench.scripted import Body
from evals.bench.talk import call, clauses_of

ANOTHER = 48
"""Turns from one ask to the next: about 40 in two hours."""
PEOPLE: Mapping[str, Literal["us", "client"]] = {"陈立": "us", "王敏": "client", "李强": "client"}
_NODS = ("嗯，好的。", "对。", "明白，我记一下。", "是的。", "您接着说。", "行。")
SLOTS = (
    "format",
    "permission",
    "volume_limit",
    "timing",
    "empty_or_error",
    "retention",
    "notify",
    "exception",
)
_FAR = 400

Turn = Mapping[str, Any]


def spoken(turns: int, hours: float = 2.0) -> list[dict[str, Any]]:
    """Turns as a file holds them; every other one is a nod, as in real talk.

    Two hours and 2,000 turns make about five characters a second.
    """
    dice = random.Random(turns)
    texts, each = call(turns, "zh", dice), hours * 3600 / turns
    us, *clients = PEOPLE
    return [
        {
            "speaker": us if n % 2 == 0 or n % 6 == 5 else clients[n // 2 % 2],
            "start": round(at * each, 2),
            "end": round((at + 0.9) * each, 2),
            "text": texts[at] if n % 2 else dice.choice(_NODS),
        }
        for at, n in enumerate(range(1, turns + 1))
    ]


def step_of(asked: Shown) -> str:
    """The step of the way that a question belongs to."""
    return next(step for step, field, _ in _SITES if field in asked.fields)


def answer(body: Body) -> dict[str, Any]:
    """What the model says to one question."""
    asked = shown(body)
    return filled(body, next(make(asked) for _, field, make in _SITES if field in asked.fields))


def _number(turn: Turn) -> int:
    return int(turn["t"][1:])


def _last(asked: Shown) -> str | None:
    return asked.turns[-1]["t"] if asked.turns else None


def _every(asked: Shown, step: int, after: int) -> Iterator[Turn]:
    """Client turns with something to say, `step` apart."""
    return (one for one in asked.own() if _number(one) % step == after)


def _cited(*turns: Turn) -> list[dict[str, Any]]:
    return [{"turns": [one["t"]], "quote": clauses_of(one["text"])[0]} for one in turns]


def _item(turn: Turn, **more: object) -> dict[str, Any]:
    return {"evidence": _cited(turn), "text": clauses_of(turn["text"])[0], **more}


def _asks(asked: Shown) -> dict[str, Any]:
    found = [
        _item(
            one,
            raw_quote=clauses_of(one["text"])[0],
            kind="function",
            status="live",
            priority="should",
            pain=clauses_of(one["text"])[-1],
        )
        for one in _every(asked, ANOTHER, 7)
    ]
    return {"asks": found, "last_turn_seen": _last(asked)}


def _rest(asked: Shown) -> dict[str, Any]:
    worse = {"likelihood": "medium", "impact": "high", "kind": "schedule"}
    return {
        "decisions": [_item(one, state="agreed", by=one["who"]) for one in _every(asked, 96, 13)],
        "actions": [
            _item(one, owner=one["who"], deliverable="清单", weak=False)
            for one in _every(asked, 96, 25)
        ],
        "risks": [_item(one, **worse) for one in _every(asked, 96, 37)],
        "questions": [_item(one, who=one["who"]) for one in _every(asked, 144, 49)],
        "concerns": [_item(one, who=one["who"]) for one in _every(asked, 192, 61)],
        "conflicts": [
            {"text": one["text"], "a": _item(one), "b": _item(one), "kind": "client-client"}
            for one in _every(asked, 480, 73)
        ],
        "last_turn_seen": _last(asked),
    }


def _threads(asked: Shown) -> dict[str, Any]:
    """Each ask with what was said right after it and far away, as far as it is shown."""
    told = []
    for ask in asked.items:
        first = int(ask["turns"][0][1:]) if ask.get("turns") else 0
        more = {f"T{first + step:04d}" for step in (2, 4, _FAR)}
        turns = [{"t": one["t"], "role": "detail"} for one in asked.turns if one["t"] in more]
        told.append({"ask": ask["id"], "turns": turns, "text": ask["text"], "status": "live"})
    return {"threads": told, "last_turn_seen": _last(asked)}


def _looks(asked: Shown) -> dict[str, Any]:
    """Most turns belong to something; every hundredth holds an ask that was missed."""
    looks = []
    for one in asked.own():
        new = _number(one) % 100 == 1
        words = clauses_of(one["text"])[0]
        found = {"kind": "ask", "text": words, "quote": words} if new else {}
        looks.append({"turn": one["t"], "verdict": "new" if new else "belongs", **found})
    return {"looks": looks}


def _relations(asked: Shown) -> dict[str, Any]:
    asks = [one["id"] for one in asked.items if one.get("status") and one.get("kind")]
    return {
        "duplicates": [],
        "supported": [],
        "scope": [{"ask": one, "verdict": "in", "line": 1} for one in asks],
        "superseded": [],
    }


def _summary(asked: Shown) -> dict[str, Any]:
    stretches = [asked.turns[at : at + 200] for at in range(0, len(asked.turns), 200)]
    topics = [
        {"title": clauses_of(some[0]["text"])[0], "first": some[0]["t"], "last": some[-1]["t"]}
        for some in stretches
    ]
    return {
        "internal": "内部" * 150,
        "client": "客户" * 150,
        "topics": topics,
        "last_turn_seen": _last(asked),
    }


def _spec(asked: Shown) -> dict[str, Any]:
    """Two dozen values of which most were said, four test cases, eight questions."""
    ask = next(one for one in reversed(asked.items) if "raw_quote" in one)
    said = [one for one in asked.turns if one["t"] in ask["turns"] and _number(one) % 2] or [
        {"t": "T0001", "text": ask["text"]}
    ]
    words = [(one, clause) for one in said for clause in clauses_of(one["text"])]
    values = [
        {"value": clause, "origin": "stated", "evidence": [{"turns": [one["t"]], "quote": clause}]}
        for one, clause in (words * 8)[:8]
    ]
    nothing: dict[str, Any] = {"value": None, "origin": "unknown", "evidence": []}
    guess = {"value": "导出当前筛选结果", "origin": "inferred", "evidence": []}
    fields = [
        {"label": label, "required": guess, "example": nothing, "origin": "dictionary"}
        for label in ("订单号", "金额", "状态")
    ]
    right = {"role": "财务", "see": True, "do": True, "origin": "inferred"}
    case = {"given": "有三千条订单", "when": "点导出", "then": "得到一个文件", "kind": "happy"}
    asking = [
        {
            "slot": slot,
            "question": f"{ask['text'][:12]}：{slot} 怎么定？",
            "why_it_matters": "不定就没法动手",
            "options": ["现在的做法", "新的做法"],
            "recommended": "新的做法",
            "blocking": slot == "format",
        }
        for slot in SLOTS
    ]
    return {
        "title": ask["text"][:20],
        "goal": values[0],
        "pain": values[1],
        "trigger": guess,
        "format": nothing,
        "actors": [guess],
        "rules": values[:4],
        "limits": values[4:6],
        "behaviours": [*values[6:], guess],
        "errors": [guess],
        "data_fields": fields,
        "permissions": [right],
        "acceptance": [case] * 4,
        "open_questions": asking,
        "assumptions": ["按现有权限"],
        "fit": "custom",
    }


_SITES: Sequence[tuple[str, str, Callable[[Shown], Mapping[str, Any]]]] = (
    ("asks, rest", "asks", _asks),
    ("asks, rest", "decisions", _rest),
    ("asks, rest", "risks", _rest),
    ("asks, rest", "concerns", _rest),
    ("thread", "threads", _threads),
    ("reconsider", "looks", _looks),
    ("relate", "superseded", _relations),
    ("summarise", "internal", _summary),
    ("summarise", "client", _summary),
    ("specify", "goal", _spec),
    ("specify", "open_questions", _spec),
)
"""Steps, a field by which the form of one of their questions is known, and what is answered."""
STEPS = tuple(dict.fromkeys(step for step, _, _ in _SITES))
"""They wait for each other; the questions within one do not."""
