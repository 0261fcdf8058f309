"""About what the questions that are still to come will take.

Where this model answered before, its own answers say how long they get; else what careful readers
in its place wrote: 32,000 to 35,000 tokens over 19 questions about a call of some 120 turns.
"""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from pipeline.engines.llm.endpoint import Endpoint
from pipeline.engines.llm.steps import WHOLE, Steps, steps
from pipeline.engines.llm.tokens import estimate
from pipeline.models.answer import Usage
from pipeline.models.base import Language
from pipeline.models.model_use import ModelUse
from pipeline.models.sending import Estimate, Later, Outgoing
from pipeline.models.transcript import Transcript
from prompts.loader import prompt

ORDER = (
    "asks",
    "rest",
    "thread",
    "reconsider",
    "relate",
    "summarise",
    "tell_client",
    "specify",
)
"""Call sites as they follow each other; the first two go out together."""
TURNS_AN_ASK = 10
"""Turns of a call to one ask: 110 to 130 held about twelve."""
TURNS_A_LOOK = 100
"""Turns of a call to one question of the second look."""
OUT_EACH = 1_800
"""Tokens of an answer where nothing is known of the model."""
A_SECOND = 40
"""Tokens that a model writes in a second where nothing is known of it."""
AROUND = 2_500
"""Tokens of rules, form and project around the turns of a question."""
A_TURN = 15
"""Tokens around the words of one turn: its id, its speaker."""
SHARES = {"relate": 0.35, "reconsider": 0.5}
"""Of a question about the whole call, for those that show items or few turns."""
NEAR = 0.5
"""The same for a spec where the call does not fit: it shows what stands near its ask."""


class Call(NamedTuple):
    """What is known of a call before it is read."""

    transcript: Transcript
    language: Language
    asks: int | None = None
    """How many asks were found; none before anything was."""
    pieces: int = 1
    """Questions that it takes to go through the whole call once."""


def to_come(first: Sequence[Outgoing], call: Call, endpoint: Endpoint) -> tuple[Later, ...]:
    """The questions of the sites after those that are settled."""
    done = max((ORDER.index(one.site) for one in first), default=len(ORDER))
    turns = len(call.transcript.segments)
    asks = call.asks if call.asks is not None else max(1, round(turns / TURNS_AN_ASK))
    how: Steps = steps(endpoint.steps)
    counts = {
        "thread": -(-asks // how.asks_at_once) * call.pieces,
        "reconsider": -(-turns // TURNS_A_LOOK) * (WHOLE.turns_at_once // how.turns_at_once),
        "relate": 1,
        "summarise": 1,
        "tell_client": 1,
        "specify": asks * (1 + how.spec_in_two),
    }
    return tuple(
        Later(site=site, questions=counts[site], carries=prompt(site, call.language).inputs)
        for site in ORDER[done + 1 :]
        if counts.get(site)
    )


def taken(
    first: Sequence[Outgoing],
    later: Sequence[Later],
    call: Call | None,
    endpoint: Endpoint,
    past: Mapping[str, ModelUse],
) -> Estimate:
    """Tokens, money and time of all of them, answers that must be asked for again left out."""
    counts = {site: sum(one.site == site for one in first) for site in ORDER}
    counts |= {one.site: one.questions for one in later}
    whole = _whole(call, endpoint) if call else 0
    shares = SHARES | ({"specify": NEAR} if call and call.pieces > 1 else {})
    tokens_in = sum(one.tokens_in for one in first) + sum(
        one.questions * round(whole * shares.get(one.site, 1.0)) for one in later
    )
    outs = {site: _out(past.get(site)) for site in ORDER}
    tokens_out = sum(count * outs[site] for site, count in counts.items())
    used = Usage(tokens_in=tokens_in, tokens_out=tokens_out)
    waits = (
        _rounds(site, counts, endpoint.at_once) * _seconds(past.get(site), outs[site])
        for site in counts
    )
    return Estimate(
        questions=sum(counts.values()),
        tokens_in=tokens_in,
        tokens_out=tokens_out,
        money=endpoint.prices.cost(used) if endpoint.prices else None,
        seconds=round(sum(waits), 1),
        known=sum(one.requests for one in past.values() if _answered(one)),
    )


def _whole(call: Call, endpoint: Endpoint) -> int:
    """Tokens of a question about the whole call, or about a piece where it does not fit."""
    turns = call.transcript.segments
    said = sum(estimate(one.text) + A_TURN for one in turns)
    return min(endpoint.question_tokens, -(-said // max(1, call.pieces)) + AROUND)


def _rounds(site: str, counts: Mapping[str, int], at_once: int) -> float:
    """How often one waits for an answer; asks and the rest go out together, and both summaries."""
    count = counts[site]
    if site in ("asks", "rest"):
        return -(-count // max(1, at_once // 2)) if at_once > 1 else count
    if site == "tell_client":
        return 0 if at_once > 1 else count
    return -(-count // at_once)


def _answered(past: ModelUse | None) -> bool:
    """Whether earlier requests tell anything: those that failed do not."""
    return past is not None and past.requests > 0 and past.usage.tokens_out > 0


def _out(past: ModelUse | None) -> int:
    return round(past.usage.tokens_out / past.requests) if past and _answered(past) else OUT_EACH


def _seconds(past: ModelUse | None, tokens_out: int) -> float:
    return past.seconds / past.requests if past and _answered(past) else 1 + tokens_out / A_SECOND
