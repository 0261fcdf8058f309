"""Apart: a call whose messages and notes are read a line at a time, for the Specifier."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from pipeline.engines.rules.extraction.lines import Lines, segment_of
from pipeline.engines.rules.extraction.noted import noted
from pipeline.language.normalise import folded
from pipeline.models.draft import DraftSpec
from pipeline.models.evidence import Evidence
from pipeline.models.minutes import ARRAYS, Ask, Conflict, Item, Minutes
from pipeline.models.transcript import Segment, Transcript


class Apart(NamedTuple):
    """The same call and minutes, every line of a list a turn of its own."""

    minutes: Minutes
    transcript: Transcript
    listed: frozenset[str] = frozenset()
    """Turns that are a matter of their own: nothing around them belongs to them."""
    cut: bool = False
    """Whether it is another call than the one that was given."""

    def ask(self, ask: Ask) -> Ask:
        """The ask as these minutes have it."""
        if not self.cut:
            return ask
        return next((one for one in self.minutes.asks if one.id == ask.id), ask)


def apart(minutes: Minutes, transcript: Transcript) -> Apart:
    """Minutes that cite lines; those of a call of one-line turns are the very same."""
    lines = Lines(transcript)
    listed = frozenset(lines.listed)
    if lines.transcript is transcript and not listed:
        return Apart(minutes, transcript)
    turns = {one.id: lines.of((one.id,)) for one in transcript.segments}
    said = {one.id: folded(one.text) for one in lines.transcript.segments}
    cut = {
        array: tuple(_item(one, turns, said) for one in getattr(minutes, array))
        for array in ARRAYS.values()
    }
    bare = tuple(_bare(one) if one.id in listed else one for one in lines.transcript.segments)
    return Apart(minutes.with_(**cut), lines.transcript.with_(segments=bare), listed, cut=True)


def together(draft: DraftSpec) -> DraftSpec:
    """The draft, citing segments and no lines."""
    return DraftSpec.model_validate(_whole(draft.model_dump()))


def _bare(segment: Segment) -> Segment:
    """A line without its label, and without who wants it."""
    found = noted(segment.text, quoted=segment.speaker is not None)
    rest = segment.text[found.bare :].strip() if found else ""
    return segment.with_(text=rest or segment.text)


def _item(item: Item, turns: Mapping[str, tuple[str, ...]], said: Mapping[str, str]) -> Item:
    def cut(evidence: tuple[Evidence, ...]) -> tuple[Evidence, ...]:
        return tuple(_evidence(one, turns, said) for one in evidence)

    values: dict[str, object] = {"evidence": cut(item.evidence)}
    if isinstance(item, Conflict):
        values |= {side: one.with_(evidence=cut(one.evidence)) for side, one in _sides(item)}
    return item.with_(**values)


def _sides(item: Conflict) -> tuple[tuple[str, Any], tuple[str, Any]]:
    return ("a", item.a), ("b", item.b)


def _evidence(
    one: Evidence, turns: Mapping[str, tuple[str, ...]], said: Mapping[str, str]
) -> Evidence:
    quote = folded(one.quote)
    lines = [line for segment in one.segments for line in turns.get(segment, (segment,))]
    held = [line for line in lines if said.get(line) and said[line] in quote]
    held = held or [line for line in lines if quote and quote in said.get(line, "")]
    return one.with_(segments=tuple(held or lines))


def _whole(value: Any) -> Any:  # noqa: ANN401 - whatever a draft holds
    if isinstance(value, dict):
        return {key: _ids(one) if key == "segments" else _whole(one) for key, one in value.items()}
    return tuple(map(_whole, value)) if isinstance(value, list | tuple) else value


def _ids(segments: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(map(segment_of, segments)))
