"""Lines: a message or note of several lines, read a line at a time as if each had been said alone."""

from collections.abc import Callable, Iterable, Iterator, Sequence

from pipeline.language.bullets import unmarked
from pipeline.language.normalise import folded
from pipeline.models.draft import Draft, DraftConflict, DraftItem, DraftPosition
from pipeline.models.evidence import Citation
from pipeline.models.minutes import ARRAYS
from pipeline.models.transcript import Segment, Transcript

_MARK = "#"
"""Between the id of a segment and the number of its line; no id of ours has one."""

Retold = Callable[[Citation], Iterable[Citation]]
"""What a citation becomes."""


class Lines:
    """A transcript with each line a turn; turns of one line, and their ids, are as they were."""

    def __init__(self, transcript: Transcript) -> None:
        """Cut every segment at its line ends."""
        parts = [(segment, _parts(segment)) for segment in transcript.segments]
        self._lines = {segment.id: lines for segment, lines in parts if len(lines) > 1}
        self.transcript = transcript
        if self._lines:
            turns = [line for _, lines in parts for line in lines]
            numbered = (one.with_(index=index) for index, one in enumerate(turns))
            self.transcript = transcript.with_(segments=tuple(numbered))

    def into(self, draft: Draft) -> Draft:
        """A draft that cites segments, citing their lines."""
        return self._with(draft, self._cut) if self._lines else draft

    def back(self, draft: Draft) -> Draft:
        """A draft that cites lines, citing the segments they stand in, with the line as the quote."""
        if not self._lines:
            return draft
        draft = self._with(draft, lambda one: (_whole(one),))
        return draft.with_(
            internal=tuple(dict.fromkeys(map(_segment, draft.internal))),
            suspected=tuple(dict.fromkeys(map(_segment, draft.suspected))),
            unprocessed=tuple(dict.fromkeys(map(_segment, draft.unprocessed))),
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


def _parts(segment: Segment) -> list[Segment]:
    """The lines of a segment as turns; the segment itself where it has only one."""
    lines = [line.strip() for line in segment.text.split("\n") if line.strip()]
    if len(lines) < 2:
        return [segment]
    return [
        segment.with_(id=f"{segment.id}{_MARK}{number}", text=unmarked(line) or line, words=())
        for number, line in enumerate(lines, 1)
    ]


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
    return citation.with_(segments=tuple(dict.fromkeys(map(_segment, citation.segments))))


def _segment(line: str) -> str:
    return line.partition(_MARK)[0]
