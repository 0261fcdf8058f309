"""Draft -> draft with its summaries and topics."""

from collections.abc import Sequence
from typing import cast

from pipeline.engines.llm.asking import Question
from pipeline.engines.llm.faults import Fault
from pipeline.engines.llm.reading_call import Reading
from pipeline.engines.llm.shown import items_of, listed, within
from pipeline.engines.llm.sites.relations import WireClientSummary, WireSummary, WireTopic
from pipeline.engines.llm.tokens import estimate
from pipeline.engines.llm.wire import Wire
from pipeline.models.draft import Draft, DraftItem
from pipeline.models.item import Summary, Topic
from pipeline.models.transcript import Segment


def summed_up(draft: Draft, reading: Reading) -> Draft:
    """The draft with a summary for us, one for the client, and what was talked about when.

    What the client may not read is not shown where their summary is written: nobody can retell
    what they never saw.

    Raises:
        Fault: there was no answer.
    """
    every = items_of(draft)
    open_items = [one for one in every if one.visibility == "client" and not one.not_for]
    among_us = frozenset(draft.internal)
    heard = [one for one in reading.segments if one.id not in among_us]
    ours = _question("summarise", WireSummary, every, reading.segments, reading)
    theirs = _question("tell_client", WireClientSummary, open_items, heard, reading)
    first, second = reading.asker.ask_all([ours, theirs])
    if isinstance(first, Fault):
        raise first
    if isinstance(second, Fault):
        raise second
    found, told = cast(WireSummary, first.value), cast(WireClientSummary, second.value)
    topics = tuple(one for wire in found.topics if (one := _topic(wire, draft, reading)))
    summary = Summary(internal=found.internal.strip(), client=told.client.strip())
    return draft.with_(summary=summary, topics=topics)


def _question(
    site: str,
    schema: type[Wire],
    items: Sequence[DraftItem],
    segments: Sequence[Segment],
    reading: Reading,
) -> Question[Wire]:
    """Of a call that is too long for one question, the items tell what there was."""
    told = listed(items, reading.turns)
    room = reading.room(site, schema)
    if estimate(told) + reading.size(segments) > room:
        segments = ()
    return reading.asking(site, schema, segments, more={"items": within(told, room)})


def _topic(wire: WireTopic, draft: Draft, reading: Reading) -> Topic | None:
    """A topic with the times of its turns; internal where all of it was among ourselves."""
    ends = reading.turns.known([wire.first, wire.last])
    if not ends or not wire.title.strip():
        return None
    places = {one.id: place for place, one in enumerate(reading.segments)}
    first, last = places[ends[0]], places[ends[-1]]
    within = reading.segments[min(first, last) : max(first, last) + 1]
    inward = all(one.id in draft.internal for one in within)
    return Topic(
        title=wire.title.strip(),
        start=within[0].start,
        end=within[-1].end,
        visibility="internal" if inward else "client",
    )
