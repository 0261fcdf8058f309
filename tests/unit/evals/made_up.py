"""A small labelled call and minutes of it, for the tests of scorers and reports."""

from typing import Any

from evals.datasets.call_file import CallFile
from pipeline.models.evidence import Evidence
from pipeline.models.minutes import Action, Ask, Conflict, Decision, Minutes, Position
from pipeline.models.transcript import EngineName, Segment, Transcript

WORDS = (
    ("Ann", "We need to export the orders every Monday."),
    ("Tom", "Could we mail them as well?"),
    ("Ann", "No, we do not want mails. At most 500 rows."),
    ("Tom", "Fine. I will send the layout by Friday."),
    ("Ben", "And the old report can go."),
    ("Tom", "Agreed, it goes."),
)


def file(**changes: Any) -> dict[str, Any]:
    """A call in the published form: one live ask, one withdrawn, a decision and an action."""
    return {
        "id": "made-up-01",
        "lang": "en",
        "title": "Orders",
        "date": "2026-01-05",
        "noise": "none",
        "project": {"client": "Acme", "system": "Shop", "industry": "retail"},
        "participants": [
            {"name": "Ann", "side": "client", "role": "buyer"},
            {"name": "Ben", "side": "client", "role": "boss"},
            {"name": "Tom", "side": "us", "role": "engineer"},
        ],
        "turns": [
            {
                "id": place,
                "speaker": who,
                "start": place * 5.0,
                "end": place * 5.0 + 4,
                "text": said,
            }
            for place, (who, said) in enumerate(WORDS)
        ],
        "gold": gold(),
        **changes,
    }


def gold() -> dict[str, Any]:
    """The labels of it."""
    spec = {
        "title": "Export of orders",
        "fields": [{"label": "Order number", "name": "order_no", "origin": "dictionary"}],
        "rules": ["only open orders"],
        "limits": ["up to 500 rows"],
        "format": "xlsx",
        "must_ask": ["until when"],
        "fit": "custom",
    }
    live = {
        "id": "A1",
        "raw_quote": "export the orders every Monday",
        "speaker": "Ann",
        "evidence": [0, 2],
        "summary": "Export the orders every Monday",
        "type": "report",
        "status": "live",
        "spec": spec,
    }
    gone = {"id": "A2", "evidence": [1], "summary": "Mails", "status": "withdrawn", "spec": None}
    return {
        "decisions": [
            {"id": "D1", "text": "The old report goes", "state": "agreed", "evidence": [4, 5]}
        ],
        "asks": [live, gone],
        "actions": [
            {
                "id": "T1",
                "text": "Send the layout",
                "owner": "Tom",
                "side": "us",
                "due_date": "2026-01-09",
                "evidence": [3],
            }
        ],
        "conflicts": [],
        "hard_negatives": [
            {"turn": 1, "looks_like": "ask", "why": "our own idea"},
            {"turn": 4, "looks_like": "decision", "why": "a wish"},
        ],
    }


def call(**changes: Any) -> CallFile:
    """The call itself."""
    return CallFile.model_validate(file(**changes))


def segment(turn: int) -> str:
    """Id of the segment of a turn."""
    return f"s{turn:04d}"


TURNS = {segment(turn): turn for turn in range(len(WORDS))}


def transcript() -> Transcript:
    """What was said, as a transcript."""
    segments = [
        Segment(id=segment(place), index=place, speaker=who, text=said)
        for place, (who, said) in enumerate(WORDS)
    ]
    return Transcript(meeting="m", engine=EngineName(name="test"), segments=tuple(segments))


def proof(*turns: int, match: str = "exact") -> tuple[Evidence, ...]:
    """Evidence in some turns."""
    return tuple(
        Evidence.model_validate(
            {
                "meeting": "m",
                "transcript_version": 1,
                "segments": () if match == "missing" else (segment(turn),),
                "quote": "" if match == "missing" else WORDS[turn][1],
                "match": match,
            }
        )
        for turn in turns
    )


def ask(id_: str, text: str, *turns: int, **more: Any) -> Ask:
    """An ask that was found."""
    return Ask(uid=id_, id=id_, text=text, evidence=proof(*turns), origin_engine="t", **more)


def decision(id_: str, text: str, *turns: int, **more: Any) -> Decision:
    """A decision that was found."""
    return Decision(uid=id_, id=id_, text=text, evidence=proof(*turns), origin_engine="t", **more)


def action(id_: str, text: str, *turns: int, **more: Any) -> Action:
    """An action that was found."""
    return Action(uid=id_, id=id_, text=text, evidence=proof(*turns), origin_engine="t", **more)


def conflict(one: int, other: int) -> Conflict:
    """A conflict that was found, its sides in two turns."""
    sides = {
        name: Position(text=WORDS[turn][1], evidence=proof(turn))
        for name, turn in (("a", one), ("b", other))
    }
    return Conflict(uid="C1", id="C1", text="", origin_engine="t", **sides)


def minutes(**items: Any) -> Minutes:
    """Minutes with some items."""
    return Minutes(meeting="m", transcript_version=1, language="en", **items)
