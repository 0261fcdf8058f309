"""What only our own people read: conflicts, worries, and what was said and led to nothing."""

import re
from collections.abc import Iterator, Sequence

from pipeline.exporters.blocks.items import Items
from pipeline.exporters.blocks.phrases import Phrases
from pipeline.exporters.blocks.runs import done, muted, run, spaced, warn
from pipeline.models.document import Block, Entries, Entry, Heading, Paragraph
from pipeline.models.minutes import Concern, Conflict
from pipeline.models.view import InternalView

_ASK = re.compile(r"([A-Z]\d+): ")
"""How `run` begins the note on an ask that no spec could be made for."""


def internal_blocks(view: InternalView, items: Items) -> tuple[Block, ...]:
    """The part of the minutes that no client document has; empty where there is nothing."""
    say = items.phrases
    minutes = view.minutes
    blocks: list[Block] = []
    for section, entries in (
        ("conflicts", list(_conflicts(minutes.conflicts, items))),
        ("concerns", [_concern(one, items) for one in items.shown(minutes.concerns)]),
        ("uncited", list(_uncited(view, items))),
    ):
        if entries:
            heading = Heading(level=3, text=say(f"section.{section}"))
            blocks += [heading, Entries(items=tuple(entries))]
    missing = (*_missing(view, items), *_dropped(view, items))
    if not blocks and not missing:
        return ()
    return (Heading(level=2, text=say("section.internal")), *missing, *blocks)


def _conflicts(conflicts: Sequence[Conflict], items: Items) -> Iterator[Entry]:
    """Each with its two statements below it, each of those with its words."""
    say = items.phrases
    for one in items.shown(conflicts):
        kind = warn(say(f"conflict_kind.{one.kind}"))
        proved = one.a.evidence or one.b.evidence
        yield Entry(
            ref=one.id,
            line=spaced(run(one.text), kind, *items.marks(one)),
            quotes=() if proved else say.quotes(one.evidence),
        )
        for label, side in (("label.position_a", one.a), ("label.position_b", one.b)):
            quotes = say.quotes(side.evidence)
            yield Entry(ref="", line=say.labelled(label, run(side.text)), quotes=quotes)


def _concern(one: Concern, items: Items) -> Entry:
    say = items.phrases
    progress = say(f"progress.{one.progress}") if one.progress != "open" else ""
    return items.entry(one, muted(one.who or ""), done(progress))


def _uncited(view: InternalView, items: Items) -> Iterator[Entry]:
    """Turns that sound like something and led to no item, as they were said.

    One that somebody took up is among them as long as no item says it.
    """
    say = items.phrases
    for one in view.minutes.coverage.uncited:
        if one.state not in ("open", "accepted") or one.item is not None:
            continue
        segment = view.transcript.segment(one.segment) if view.transcript else None
        kind = muted(say("label.sounds_like", kind=say(f"kind.{one.cue}")))
        if segment is None:
            yield Entry(ref="", line=spaced(run(say("turn", segment=one.segment)), kind))
            continue
        speaker = muted(segment.speaker + " ") if segment.speaker else run("")
        said = run(say.quoted(segment.text))
        yield Entry(ref=say.place(segment.start) or "", line=(speaker, *spaced(said, kind)))


def _missing(view: InternalView, items: Items) -> tuple[Block, ...]:
    """What was not processed: asks by their id, turns by their time."""
    say = items.phrases
    minutes = view.minutes
    if minutes.status == "complete":
        return ()
    places = dict.fromkeys(_place(one, view, say) for one in minutes.missing)
    text = say("partial") + (say("colon") + say.joined(places) if places else "")
    return (Paragraph(line=(warn(text),)),)


def _dropped(view: InternalView, items: Items) -> tuple[Block, ...]:
    """How much was heard or read and not taken as speech, and where it stands."""
    dropped = len(view.transcript.dropped) if view.transcript else 0
    if not dropped:
        return ()
    return (Paragraph(line=(warn(items.phrases("dropped", count=dropped)),)),)


def _place(missing: str, view: InternalView, say: Phrases) -> str:
    ask = _ASK.match(missing)
    if ask:
        return ask[1]
    segment = view.transcript.segment(missing) if view.transcript else None
    return (say.place(segment.start) if segment else None) or missing
