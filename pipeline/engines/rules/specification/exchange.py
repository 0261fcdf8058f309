"""Question and answer, proposal and reply: what an exchange of turns settled and what it left open."""

from collections.abc import Sequence
from typing import Literal, NamedTuple

from pipeline.engines.rules.playbook.loader import cue_group, cues
from pipeline.engines.rules.specification.refusal import wanted
from pipeline.engines.rules.specification.talk import Clause, Talk, Turn
from pipeline.models.slots import SlotKey

Outcome = Literal["answered", "accepted", "rejected", "open", "silent"]


class Exchange(NamedTuple):
    """A turn that somebody had to react to, and the reaction."""

    turn: Turn
    reply: tuple[Turn, ...]
    kind: Literal["question", "proposal", "statement"]
    outcome: Outcome
    slot: SlotKey

    @property
    def answers(self) -> tuple[Clause, ...]:
        """What was said in reply, without a mere yes or no."""
        return tuple(c for turn in self.reply for c in turn.clauses if not c.asks)


def exchanges(talk: Talk) -> tuple[Exchange, ...]:
    """Every turn of ours with its reply, and every question that somebody put off."""
    found = []
    for turn in talk.turns:
        if turn.side == "us":
            found.append(_ours(turn, talk.after(turn.at)))
        elif turn.asks and (reply := _put_off(turn, talk)):
            found.append(Exchange(turn, (reply,), "question", "open", slot_of(turn.text)))
    return tuple(found)


def filled(talk: Talk, said: Sequence[Exchange]) -> frozenset[SlotKey]:
    """Slots that the client's words fill in one way or another."""
    answered = {one.slot for one in said if one.kind == "question" and one.outcome == "answered"}
    told = {_slot(name) for name, cue in cue_group("said").items() if any(wanted(cue, talk.text))}
    return frozenset((answered | told) - {"other", "exception"})


def slot_of(text: str) -> SlotKey:
    """Which slot a question is about."""
    for slot, pattern in cue_group("slot").items():
        if pattern.search(text):
            return _slot(slot)
    return "other"


def defers(text: str) -> bool:
    """Whether somebody leaves something open."""
    return cues("talk.defer").search(text) is not None


def accepts(text: str) -> bool:
    """Whether a reply opens with a yes."""
    return cues("talk.accept").search(text) is not None and not rejects(text)


def rejects(text: str) -> bool:
    """Whether a reply turns something down."""
    return cues("talk.reject").search(text) is not None


def _slot(name: str) -> SlotKey:
    slot: SlotKey = name  # type: ignore[assignment]  # a test holds the names to the closed list
    return slot


def _ours(turn: Turn, reply: tuple[Turn, ...]) -> Exchange:
    proposes = cues("talk.proposal").search(turn.text) is not None
    kind: Literal["question", "proposal", "statement"] = (
        "proposal" if proposes else "question" if turn.asks else "statement"
    )
    return Exchange(turn, reply, kind, _outcome(kind, reply), slot_of(_question(turn)))


def _outcome(kind: str, reply: Sequence[Turn]) -> Outcome:
    if not reply:
        return "silent"
    first = reply[0].text
    if kind == "question":
        return "open" if defers(first) else "answered"
    if defers(first):
        return "open"
    if rejects(first):
        return "rejected"
    return "accepted" if accepts(first) else "silent"


def _question(turn: Turn) -> str:
    asked = [clause.text for clause in turn.clauses if clause.asks]
    return " ".join(asked) or turn.text


def _put_off(turn: Turn, talk: Talk) -> Turn | None:
    """The next turn, when somebody else leaves the question open in it."""
    later = [one for one in talk.turns if one.at == turn.at + 1]
    return next((one for one in later if one.speaker != turn.speaker and defers(one.text)), None)
