"""The specs lane: one spec at a time, the client's own words beside what is to be built."""

from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from typing import Any, get_args

from pipeline.models.actor import Actor
from pipeline.models.answering import NAMES, question_behind
from pipeline.models.editing import evidence_in
from pipeline.models.evidence import Evidence
from pipeline.models.fields import NEEDS, ROWS, SLOTS
from pipeline.models.item import AskKind
from pipeline.models.minutes import Ask
from pipeline.models.project import Participant
from pipeline.models.spec import FeatureSpec, Finding, Fit, OpenQuestion
from pipeline.service.specs import Base, held_back
from ui.board import Drawn, Entry, basis
from ui.components.lane import AUDIENCE, quote, stale_words
from ui.components.parts import part
from ui.difference import changes
from ui.inbox import Box

PLAIN = ("assumptions", "out_of_scope", "dependencies", "feasibility", "conflicts_with")
"""Lists of plain sentences: they are written whole."""
_VALUES = {
    "title",
    *("kind", "fit", "fit_line", "scope", "visibility", "effort"),
    *("goal", "pain", "trigger", "format"),
    *("actors", "rules", "limits", "behaviours", "errors"),
    *("data_fields", "permissions", "acceptance", "open_questions"),
    *PLAIN,
}
_GIVEN_WITH_A_YES = ("not_approved", "stale")
"""What holds back only until somebody says yes, as the buttons say."""


def specs(
    changes: Mapping[str, Any],
    words: Mapping[str, str],
    *,
    box: Box,
    meeting: str,
    me: Actor,
    people: Sequence[Participant],
    capabilities: Sequence[str] = (),
    dial: Mapping[str, str | None] | None = None,
    silent: bool = False,
    selected: str | None,
) -> None:
    """Draw the lane, given what the browser does not have. What people do arrives in its box."""
    part("specs", "shared", "outbox", "deciding", "specpaths", "specsheet")(
        key=box.key,
        data={
            "meeting": meeting,
            "me": me.id,
            "name": me.name,
            "people": [{"name": one.name, "side": one.side} for one in people],
            "changes": dict(changes),
            "words": dict(words) if changes["since"] == 0 else None,
            "answers": box.answers(),
            "past": box.past("spec") if changes["since"] == 0 else None,
            "dial": dial,
            "silent": silent,
            "selected": selected,
            "slots": sorted(SLOTS),
            "needs": sorted(NEEDS),
            "rows": {name: list(values) for name, values in ROWS.items()},
            "plain": list(PLAIN),
            "choices": {
                "kind": get_args(AskKind),
                "fit": get_args(Fit),
                "visibility": AUDIENCE,
                "scope.verdict": ("in", "out", "unclear"),
                "fit_line": list(capabilities),
            },
        },
        on_outbox_change=box.take,
    )


def entry(
    spec: FeatureSpec,
    asks: Mapping[str, Ask],
    words: Mapping[str, str],
    *,
    bases: Sequence[Base],
) -> Entry:
    """A spec as the browser draws it; the worst has the first place.

    Args:
        spec: As it holds now.
        asks: The asks of the call, by their short id.
        words: Sentences.
        bases: What the spec is compared with.
    """
    own = [asks[name] for name in spec.asks if name in asks]
    draw = partial(_drawn, spec, words, own, bases)
    return Entry(spec.uid, basis(spec, *own, *bases), draw)


def _drawn(
    spec: FeatureSpec,
    words: Mapping[str, str],
    asks: Sequence[Ask],
    bases: Sequence[Base],
) -> Drawn:
    row = _row(spec, words, asks, spec.findings, bases)
    return Drawn((rank(spec, spec.findings), _number(spec)), row)


def rank(spec: FeatureSpec, findings: Sequence[Finding]) -> int:
    """How urgently somebody should look: 0 is worst."""
    if spec.review == "rejected" or spec.status in ("dropped", "superseded"):
        return 4
    if any(one.severity == "error" for one in findings):
        return 0
    if any(one.blocking and one.answer is None for one in spec.open_questions):
        return 1
    return 3 if spec.review == "approved" and not spec.stale else 2


def said(spec: FeatureSpec, asks: Sequence[Ask]) -> list[Evidence]:
    """All that was said about a spec, each once, in the order of the call."""
    found = dict.fromkeys((*(one for ask in asks for one in ask.evidence), *evidence_in(spec)))
    shown = [one for one in found if one.segments]
    whole = [one for one in shown if not any(_within(one, other) for other in shown)]
    once = {(one.meeting, one.segments, one.quote): one for one in reversed(whole)}
    return sorted(once.values(), key=_moment)


def _within(one: Evidence, other: Evidence) -> bool:
    """Whether a longer quote of the same words tells it already."""
    same = (one.meeting, one.segments) == (other.meeting, other.segments)
    return same and one.quote != other.quote and one.quote in other.quote


def _moment(one: Evidence) -> tuple[float, tuple[str, ...]]:
    return (float("inf") if one.start is None else one.start, one.segments)


def _number(spec: FeatureSpec) -> int:
    digits = "".join(filter(str.isdigit, spec.id))
    return int(digits or 0)


def _row(
    spec: FeatureSpec,
    words: Mapping[str, str],
    asks: Sequence[Ask],
    findings: Sequence[Finding],
    bases: Sequence[Base],
) -> dict[str, Any]:
    return {
        "uid": spec.uid,
        "id": spec.id,
        "status": spec.status,
        "review": spec.review,
        "hash": spec.content_hash,
        "approved_by": list(
            dict.fromkeys(
                one.who for one in spec.approvals if one.content_hash == spec.content_hash
            )
        ),
        "edited": spec.edited,
        "not_for": list(spec.not_for),
        "stale": list(spec.stale),
        "stale_words": [stale_words(reason, words) for reason in spec.stale],
        "asks": [{"id": one.id, "text": one.text} for one in asks],
        "said": [quote(one) for one in said(spec, asks)],
        "held": list(_held(spec, words)),
        "findings": [
            one.model_dump(include={"severity", "slot", "reason", "suggestion"})
            for one in findings
            if not one.said_elsewhere
        ],
        "changes": [told for one in bases for told in _changes(one)],
        "v": {name: _plain(getattr(spec, name)) for name in sorted(_VALUES)} | _answers(spec),
    }


def _held(spec: FeatureSpec, words: Mapping[str, str]) -> Iterator[dict[str, str]]:
    """What the gate has against a spec, but for what a yes mends."""
    for one in held_back(spec):
        if one.code not in _GIVEN_WITH_A_YES or spec.review == "approved":
            detail = stale_words(one.detail, words) if one.code == "stale" else one.detail
            yield {"code": one.code, "detail": detail}


def _changes(base: Base) -> Iterator[dict[str, Any]]:
    """What is not as it was then; nothing where all of it is."""
    found = changes(base.old, base.new)
    if found:
        yield {
            **base.model_dump(include={"since", "who", "side", "at"}),
            "parts": [
                {"part": one.part, "pieces": [list(piece) for piece in one.pieces]} for one in found
            ],
        }


def _answers(spec: FeatureSpec) -> dict[str, Any]:
    """The parts that answers may stand in, each answer with who gave it."""
    parts: dict[str, Any] = {}
    for name in NAMES:
        value = getattr(spec, name)
        slots = value if isinstance(value, tuple) else (value,)
        told = [_plain(slot) | _answered(question_behind(slot, spec)) for slot in slots]
        parts[name] = told if isinstance(value, tuple) else told[0]
    return parts


def _answered(question: OpenQuestion | None) -> dict[str, Any]:
    if question is None:
        return {}
    return {"by": {"who": question.answered_by, "side": question.answered_side}}


def _plain(value: Any) -> Any:  # noqa: ANN401 - any value of a spec
    """A value as JSON, with evidence as the browser draws it; what is ours says so."""
    if isinstance(value, Evidence):
        return quote(value)
    if isinstance(value, tuple):
        return [_plain(one) for one in value]
    if not hasattr(value, "model_dump"):
        return value
    told = {name: _plain(getattr(value, name)) for name in type(value).model_fields}
    if told.get("origin") == "stated" and _ours(value.evidence):
        told["ours"] = True
    return told


def _ours(evidence: Sequence[Evidence]) -> bool:
    good = [one for one in evidence if one.good]
    return bool(good) and all(one.side == "us" for one in good)
