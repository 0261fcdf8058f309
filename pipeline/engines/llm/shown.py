"""Items of a draft as later questions show them: one line of JSON each, by their ref."""

import json
from collections.abc import Iterable, Iterator, Mapping

from pipeline.engines.llm.fence import Turns, visible
from pipeline.engines.llm.tokens import estimate
from pipeline.models.draft import Draft, DraftItem

_TOLD = ("kind", "status", "state", "owner", "due_verbatim", "who", "by", "visibility")


def items_of(draft: Draft) -> list[DraftItem]:
    """Every item of a draft."""
    return [
        *draft.decisions,
        *draft.asks,
        *draft.actions,
        *draft.risks,
        *draft.questions,
        *draft.conflicts,
        *draft.concerns,
    ]


def listed(drafts: Iterable[DraftItem], turns: Turns) -> str:
    """The items, a line each."""
    return "\n".join(_line(one, turns) for one in drafts) or "-"


def within(lines: str, room: int) -> str:
    """As many of the lines as fit, the first ones."""
    kept: list[str] = []
    for line in lines.split("\n"):
        room -= estimate(line)
        if room < 0:
            break
        kept.append(line)
    return "\n".join(kept) or "-"


def _line(one: DraftItem, turns: Turns) -> str:
    told: Mapping[str, object] = {
        "id": one.ref,
        "text": one.text,
        **{name: value for name in _TOLD if (value := getattr(one, name, None))},
        "turns": [turns.name(segment) for segment in dict.fromkeys(cited_turns(one))],
    }
    return visible(json.dumps(told, ensure_ascii=False))


def cited_turns(draft: DraftItem) -> Iterator[str]:
    """Ids of the turns that a draft cites, in its order."""
    positions = (getattr(draft, side, None) for side in ("a", "b"))
    cited = (draft.citations, *(one.citations for one in positions if one is not None))
    for citations in cited:
        for citation in citations:
            yield from citation.segments
