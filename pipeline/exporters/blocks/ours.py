"""What only our own people read: conflicts, worries, and what was said and led to nothing."""

from collections.abc import Iterator

from pipeline.exporters.blocks.items import Items
from pipeline.exporters.blocks.phrases import clock
from pipeline.exporters.blocks.runs import done, muted, plain, run, warn
from pipeline.models.document import Block, Entries, Entry, Heading, Line, Paragraph, Quote
from pipeline.models.minutes import Concern, Conflict, Position
from pipeline.models.view import InternalView


def internal_blocks(view: InternalView, items: Items) -> tuple[Block, ...]:
    """The part of the minutes that no client document has; empty where there is nothing."""
    say = items.phrases
    minutes = view.minutes
    blocks: list[Block] = []
    for section, entries in (
        ("conflicts", [_conflict(one, items) for one in items.shown(minutes.conflicts)]),
        ("concerns", [_concern(one, items) for one in items.shown(minutes.concerns)]),
        ("uncited", list(_uncited(view, items))),
    ):
        if entries:
            heading = Heading(level=3, text=say(f"section.{section}"))
            blocks += [heading, Entries(items=tuple(entries))]
    missing = _missing(view, items)
    if not blocks and not missing:
        return ()
    return (Heading(level=2, text=say("section.internal")), *missing, *blocks)


def _conflict(one: Conflict, items: Items) -> Entry:
    say = items.phrases
    kind = warn(say(f"conflict_kind.{one.kind}"))
    sides = (("label.position_a", one.a), ("label.position_b", one.b))
    return Entry(
        ref=one.id,
        line=(run(one.text), muted(" · "), kind),
        notes=tuple(line for label, side in sides for line in _position(label, side, items)),
        quotes=say.quotes(one.evidence) if not (one.a.evidence or one.b.evidence) else (),
    )


def _position(label: str, side: Position, items: Items) -> Iterator[Line]:
    """One statement, with its words in the same breath."""
    yield items.phrases.labelled(label, run(side.text))
    for quote in items.phrases.quotes(side.evidence):
        yield quote_line(quote, items)


def quote_line(quote: Quote, items: Items) -> Line:
    """A quote as a line of text, where no block of quotes can stand."""
    said = items.phrases.quoted(quote.words) if quote.words else ""
    parts = (quote.at, quote.speaker, said)
    text = "　".join(part for part in parts if part)
    line = (muted(text),) if text else ()
    return (*line, *((run(" "), quote.mark) if quote.mark else ()))


def _concern(one: Concern, items: Items) -> Entry:
    say = items.phrases
    progress = say(f"progress.{one.progress}") if one.progress != "open" else ""
    return items.entry(one, muted(one.who or ""), done(progress))


def _uncited(view: InternalView, items: Items) -> Iterator[Entry]:
    """Turns that sound like something and led to no item, as they were said."""
    say = items.phrases
    for one in view.minutes.coverage.uncited:
        if one.state != "open":
            continue
        segment = view.transcript.segment(one.segment) if view.transcript else None
        kind = say("label.sounds_like", kind=say(f"kind.{one.cue}"))
        if segment is None:
            turn = run(say("turn", segment=one.segment))
            yield Entry(ref="", line=(turn, run(" "), muted(kind)))
            continue
        quote = Quote(at=clock(segment.start), speaker=segment.speaker, words=segment.text)
        yield Entry(
            ref=quote.at or "",
            line=(
                run((segment.speaker or "") + "　" if segment.speaker else ""),
                run(say.quoted(segment.text)),
                warn("　" + kind),
            ),
        )


def _missing(view: InternalView, items: Items) -> tuple[Block, ...]:
    say = items.phrases
    minutes = view.minutes
    lines = [Paragraph(line=plain(one)) for one in minutes.missing]
    turns = len(minutes.coverage.unprocessed)
    if turns and not lines:
        lines.append(Paragraph(line=plain(say("partial_turns", count=turns))))
    return tuple(lines)
