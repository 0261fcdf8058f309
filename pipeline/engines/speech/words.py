"""What the model aligned -> words with times in the file, as they are written.

The model aligns its tokens: "8", ",", "500" are three of them, and one word for a reader. Chinese
is written without spaces: there each character, or what one token holds of them, is a word.
"""

import re
from bisect import bisect
from collections.abc import Iterable, Sequence

from pipeline.engines.speech.pieces import Piece
from pipeline.engines.speech.sound import RATE
from pipeline.engines.speech.tokens import Stretch, Timed
from pipeline.models.transcript import Word

_UNSPACED = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]"
)
"""Letters of writing that has no spaces between words: Thai, Lao, Khmer, kana, Chinese."""
_OPENING = frozenset("\"'([{<“‘「『（《〈【¿¡$¥£€#@")
"""Marks that belong to the word after them."""


def spoken(stretch: Stretch) -> tuple[Timed, ...]:
    """The words of a stretch; joined they are its text.

    Where the model aligned other words, or none, the time of the stretch is shared out by letters.
    """
    parts = [one._replace(text=one.text.replace("\ufffd", "")) for one in stretch.words]
    parts = [one for one in parts if one.text]
    if "".join(one.text for one in parts).strip() != stretch.text:
        parts = _shared(stretch)
    return _trimmed(_joined(parts))


def in_file(piece: Piece, stretch: Stretch, start: float, end: float) -> tuple[Word, ...]:
    """The words in the time of the file, in order and inside the segment.

    Args:
        piece: Where the stretch was heard.
        stretch: Has the words.
        start: Of the segment, in seconds from the start of the file.
        end: The same of its end.
    """
    found: list[Word] = []
    reached = start
    for word in stretch.words:
        begins, ends = (min(max(time, reached), end) for time in _times(piece, word))
        reached = ends
        found.append(
            Word(
                start=round(begins, 3),
                end=round(reached, 3),
                text=word.text,
                probability=None if word.probability is None else round(word.probability, 4),
            )
        )
    return tuple(found)


def without(words: Sequence[Word], begin: int, end: int) -> tuple[Word, ...]:
    """The words of a text of which the letters from `begin` to `end` are left out."""
    first, rest = _letters(words, 0, begin), _letters(words, end, sum(len(w.text) for w in words))
    if first:
        first[-1] = first[-1].with_(text=first[-1].text.rstrip())
    if rest:
        rest[0] = rest[0].with_(text=f" {rest[0].text.lstrip()}")
    return (*first, *rest)


def _letters(words: Sequence[Word], begin: int, end: int) -> list[Word]:
    """What of some words lies between two places in their text, without blanks alone around it."""
    found: list[Word] = []
    at = 0
    for word in words:
        text = word.text[max(0, begin - at) : max(0, end - at)]
        at += len(word.text)
        if text.strip() or (text and found):
            found.append(word.with_(text=text))
    while found and not found[-1].text.strip():
        found.pop()
    return found


def _times(piece: Piece, word: Timed) -> tuple[float, float]:
    """Start and end in the file; both in the span in which the middle of the word lies."""
    joints = piece.joints
    at = bisect(joints, (word.start + word.end) / 2)
    span, offset = piece.spans[at], joints[at - 1] if at else 0.0
    first, last = span.start / RATE, span.end / RATE
    start = min(max(first + word.start - offset, first), last)
    return start, min(max(first + word.end - offset, start), last)


def _shared(stretch: Stretch) -> list[Timed]:
    step = (stretch.end - stretch.start) / len(stretch.text)
    times = [stretch.start + at * step for at in range(len(stretch.text) + 1)]
    return [Timed(times[at], times[at + 1], letter, 0) for at, letter in enumerate(stretch.text)]


def _joined(parts: Iterable[Timed]) -> list[Timed]:
    """Parts of one word put together; marks take no time of their own."""
    words: list[list[Timed]] = []
    so_far = ""
    for part in parts:
        if words and _goes_on(so_far, part.text):
            words[-1].append(part)
            so_far += part.text
        else:
            words.append([part])
            so_far = part.text
    return [_word(each) for each in words]


def _goes_on(so_far: str, text: str) -> bool:
    """Whether a text belongs to the word before it."""
    if not so_far.strip().strip("".join(_OPENING)):
        return not text[0].isspace() or so_far.isspace()
    first = text[0]
    if first.isspace() or first in _OPENING - {"'", "@", "#"}:
        return False
    if not first.isalnum():
        return True
    if _UNSPACED.match(first):
        return False
    bare = so_far.rstrip("-./,:'’_@&+#")
    return bool(bare) and bare[-1].isalnum() and not _UNSPACED.match(bare[-1])


def _word(parts: Sequence[Timed]) -> Timed:
    said = [one for one in parts if any(letter.isalnum() for letter in one.text)] or parts
    weights = [max(one.tokens, 1) for one in parts]
    chances = [one.probability for one in parts]
    known = [one * weight for one, weight in zip(chances, weights, strict=True) if one is not None]
    return Timed(
        said[0].start,
        said[-1].end,
        "".join(one.text for one in parts),
        sum(one.tokens for one in parts),
        sum(known) / sum(weights) if len(known) == len(parts) else None,
    )


def _trimmed(words: list[Timed]) -> tuple[Timed, ...]:
    """Without the blanks around the whole."""
    if words:
        words[0] = words[0]._replace(text=words[0].text.lstrip())
        words[-1] = words[-1]._replace(text=words[-1].text.rstrip())
    return tuple(one for one in words if one.text)
