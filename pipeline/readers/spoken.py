"""Text in layouts with times -> turns: what stands above and below them is kept apart."""

from collections.abc import Callable, Sequence
from functools import partial

from pipeline.models.reading import Reading
from pipeline.models.transcript import REMARK, SUMMARY, Dropped
from pipeline.readers.cues import looks_timed
from pipeline.readers.fitting import Fit, fitted
from pipeline.readers.heading import Heading, is_notice, read_heading
from pipeline.readers.layouts import Layout
from pipeline.readers.openings import Block, cut, reading
from pipeline.readers.sections import opens_summary, transcript_begins
from pipeline.readers.shape import SAMPLE, Content


def fit_of(content: Content, fit: Callable[[Sequence[str]], Fit]) -> Fit:
    """What the beginning of the file opens; nothing in JSON and in subtitles."""
    if content.form == "json":
        return Fit()
    if content.form == "text" and "-->" in content.text and looks_timed(content.text):
        return Fit()
    return below(content.lines[:SAMPLE], fit)


def keeping_to(*layouts: Layout) -> Callable[[Sequence[str]], Fit]:
    """What the lines open in the one of these layouts that most openings are of."""
    return partial(fitted, layouts=layouts)


def read_spoken(shape: str, content: Content, fit: Callable[[Sequence[str]], Fit]) -> Reading:
    """All turns that a fit finds in the file, each joined as speech."""
    lines = content.lines
    return assembled(shape, lines, below(lines, fit))


def below(lines: Sequence[str], fit: Callable[[Sequence[str]], Fit]) -> Fit:
    """What the lines open that stand below the heading of the transcript, if there is one.

    Args:
        lines: All lines of the file.
        fit: What some lines open.
    """
    whole = fit(lines)
    spoken = [(place, whole.openings[place].speaker) for place in sorted(whole.openings)]
    begin = transcript_begins(lines, spoken)
    if whole.first is None or 0 < begin <= whole.first:
        return whole
    if not begin:
        return Fit() if _summed(lines, whole) else whole
    again = fit(lines[begin:])
    openings = {place + begin: opening for place, opening in again.openings.items()}
    return again._replace(openings=openings)


def _summed(lines: Sequence[str], fit: Fit) -> bool:
    """Whether only a summary stands there: its lines have names or times, but never both."""
    both = any(one.speaker and one.start is not None for one in fit.openings.values())
    return not both and any(map(opens_summary, lines[: fit.first]))


def assembled(shape: str, lines: Sequence[str], fit: Fit) -> Reading:
    """The turns of a fit with all that stands around them."""
    first = len(lines) if fit.first is None else fit.first
    heading = read_heading(lines[:first])
    made = cut(lines, fit.openings, height=fit.height)
    dropped = [*heading.dropped]
    if made:
        made[-1] = _ended(made[-1], fit.height, dropped)
    made = [without_notices(block, fit.height, dropped) for block in made]
    return told(reading(shape, made, dropped, as_speech=True), heading)


def told(made: Reading, heading: Heading) -> Reading:
    """The reading with its title and day, what was dropped in the order of the file."""
    dropped = tuple(sorted(made.dropped, key=lambda one: one.line or 0))
    return made.with_(title=heading.title, date=heading.date, dropped=dropped)


def without_notices(block: Block, height: int, dropped: list[Dropped]) -> Block:
    """The turn without what a program says of itself between the turns."""
    kept = []
    for place, line in enumerate(block.more):
        if is_notice(line):
            dropped.append(Dropped(line=block.line + height + place, text=line, reason=REMARK))
        else:
            kept.append(line)
    return block if len(kept) == len(block.more) else block._replace(more=tuple(kept))


def _ended(block: Block, height: int, dropped: list[Dropped]) -> Block:
    """The last turn without a summary behind it, which stands behind an empty line."""
    for place, line in enumerate(block.more[1:], 1):
        if line and not block.more[place - 1] and opens_summary(line):
            dropped.extend(
                Dropped(line=block.line + height + place + n, text=one, reason=SUMMARY)
                for n, one in enumerate(block.more[place:])
                if one
            )
            return block._replace(more=block.more[:place])
    return block
