"""The conclusion of the minutes: the engine's words, or the items themselves once those changed."""

import re
from collections.abc import Iterator, Sequence

from pipeline.exporters.blocks.items import Items
from pipeline.exporters.blocks.runs import muted, run, strong
from pipeline.models.document import Block, Bullets, Line, Paragraph
from pipeline.models.frozen import as_drafted
from pipeline.models.minutes import Item
from pipeline.models.together import replaced

MOST = 4
"""Items of one kind that the conclusion names; the rest is counted."""
_SENTENCE_END = re.compile(r"[。！？]|[.!?](?=\s)")


def conclusion(items: Items) -> tuple[Block, ...]:
    """What came of the call; empty where nothing did.

    The summary of an engine is for our own people, and only as long as every item still is what
    it sums up: after a review it would state what somebody rejected.
    """
    minutes = items.view.minutes
    if items.ours and as_drafted(minutes) and minutes.summary.internal:
        said = minutes.summary.internal
        end = _SENTENCE_END.search(said)
        first = said[: end.end()] if end else said
        return (Paragraph(line=(strong(first), run(said[len(first) :]))),)
    lines = tuple(_lines(items))
    return (Bullets(items=lines),) if lines else ()


def _lines(items: Items) -> Iterator[Line]:
    say = items.phrases
    minutes = items.view.minutes
    decisions = items.shown(minutes.decisions)
    gone = replaced(decisions)
    standing = [one for one in decisions if one.id not in gone]
    parts: tuple[tuple[str, Sequence[Item]], ...] = (
        (
            "asked" if items.ours else "client_asked",
            [one for one in items.shown(minutes.asks) if one.status == "live"],
        ),
        ("agreed", [one for one in standing if one.state == "agreed"]),
        ("tentative", [one for one in standing if one.state == "tentative"]),
        ("open", items.shown(minutes.questions)),
        ("risks", items.shown(minutes.risks) if items.ours else ()),
    )
    for key, named in parts:
        if named:
            rest = len(named) - MOST
            more = muted(say("summary.more", count=rest) if rest > 0 else "")
            text = run(say.listed(one.text for one in named[:MOST]))
            yield (*say.labelled(f"summary.{key}", text), more)
