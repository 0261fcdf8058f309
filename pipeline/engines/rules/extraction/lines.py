"""Lines: a message or note of several lines, read a line at a time as if each had been said alone."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple

from pipeline.engines.rules.extraction.dialogue import Dialogue
from pipeline.language.bullets import lines_of, sentences_of, unmarked
from pipeline.language.normalise import folded
from pipeline.models.draft import Draft, DraftConflict, DraftItem, DraftPosition
from pipeline.models.evidence import Citation
from pipeline.models.minutes import ARRAYS
from pipeline.models.project import Project
from pipeline.models.transcript import Segment, Transcript

_MARK = "#"
"""Between the id of a segment and the number of its line; no id of ours has one."""

_ASKS = re.compile(
    r"要|需|想|希望|加|增|改|功能|(?i:\b(?:need|want|would like|please|add|features?|requests?)\b)"
)
"""What a line over a list has that asks for all that stands in it."""
Retold = Callable[[Citation], Iterable[Citation]]
"""What a citation becomes."""


class _Line(NamedTuple):
    """A line as a turn."""

    turn: Segment
    marked: bool = False
    """Whether it is marked as one of a list."""


class Lines:
    """A transcript with each line a turn; turns of one line, and their ids, are as they were."""

    def __init__(self, transcript: Transcript) -> None:
        """Cut every segment at its line ends, and the lines of notes after each sentence."""
        cut = sentences_of if transcript.is_note else lines_of
        parts = [(segment, _parts(segment, cut(segment.text))) for segment in transcript.segments]
        self._lines = {one.id: [line.turn for line in lines] for one, lines in parts if lines}
        self.listed = {one: asks for _, lines in parts for one, asks in _listed(lines)}
        self.transcript = transcript
        if self._lines:
            turns = [turn for one, _ in parts for turn in self._lines.get(one.id, [one])]
            numbered = (turn.with_(index=index) for index, turn in enumerate(turns))
            self.transcript = transcript.with_(segments=tuple(numbered))
        if transcript.is_note:
            self.listed = dict.fromkeys((one.id for one in self.transcript.segments), False)

    def dialogue(self, project: Project) -> Dialogue:
        """The talk as the rules read it."""
        return Dialogue(self.transcript, project, self.listed)

    def into(self, draft: Draft) -> Draft:
        """A draft that cites segments, citing their lines."""
        return self._with(draft, self._cut) if self._lines else draft

    def back(self, draft: Draft) -> Draft:
        """A draft that cites lines, citing the segments they stand in, with the line as the quote."""
        if not self._lines:
            return draft
        draft = self._with(draft, lambda one: (_whole(one),))
        return draft.with_(
            internal=tuple(dict.fromkeys(map(segment_of, draft.internal))),
            suspected=tuple(dict.fromkeys(map(segment_of, draft.suspected))),
            unprocessed=tuple(dict.fromkeys(map(segment_of, draft.unprocessed))),
        )

    def of(self, segments: Sequence[str]) -> tuple[str, ...]:
        """The ids of the lines of some segments; of a segment of one line, its own."""
        return tuple(
            part
            for one in segments
            for part in [line.id for line in self._lines.get(one, ())] or [one]
        )

    def _with(self, draft: Draft, told: Retold) -> Draft:
        """The draft, each citation told otherwise."""
        arrays = {
            array: tuple(_item(one, told) for one in getattr(draft, array))
            for array in ARRAYS.values()
        }
        return draft.with_(**arrays)

    def _cut(self, citation: Citation) -> Iterator[Citation]:
        """The lines that a citation names, each by itself."""
        quote = folded(citation.quote)
        whole = [one for one in citation.segments if one not in self._lines]
        if whole:
            yield citation.with_(segments=tuple(whole))
        for segment in citation.segments:
            for line in self._lines.get(segment, ()):
                said = folded(line.text)
                if said and (not quote or said in quote or quote in said):
                    yield Citation(segments=(line.id,), quote=line.text)


def _parts(segment: Segment, lines: Sequence[str]) -> list[_Line]:
    """The lines of a segment; none where it has only one, which is the segment itself."""
    if len(lines) < 2:
        return []
    bare = [unmarked(line) or line for line in lines]
    return [
        _Line(
            segment.with_(id=f"{segment.id}{_MARK}{number}", text=text, words=()),
            marked=text != line,
        )
        for number, (line, text) in enumerate(zip(lines, bare, strict=True), 1)
    ]


def _listed(lines: Sequence[_Line]) -> Iterator[tuple[str, bool]]:
    """The lines that are marked as a list, and whether the line above it asks for what it holds."""
    asks = False
    for turn, marked in lines:
        if marked:
            yield turn.id, asks
        else:
            asks = turn.text.endswith((":", "：")) and _ASKS.search(turn.text) is not None


def _item(item: DraftItem, told: Retold) -> DraftItem:
    values: dict[str, object] = {"citations": _all(item.citations, told)}
    if isinstance(item, DraftConflict):
        values |= {"a": _position(item.a, told), "b": _position(item.b, told)}
    return item.with_(**values)


def _position(one: DraftPosition, told: Retold) -> DraftPosition:
    return one.with_(citations=_all(one.citations, told))


def _all(citations: Iterable[Citation], told: Retold) -> tuple[Citation, ...]:
    return tuple(dict.fromkeys(new for one in citations for new in told(one)))


def _whole(citation: Citation) -> Citation:
    return citation.with_(segments=tuple(dict.fromkeys(map(segment_of, citation.segments))))


def segment_of(line: str) -> str:
    """The id of the segment that a line stands in."""
    return line.partition(_MARK)[0]
