"""What a speech recogniser wrote as JSON -> segments: its numbers where they are some, never an error.

Such files are made by programs and mended by nobody, so a number that cannot be is left out.
"""

import math
import re
from collections import Counter
from collections.abc import Iterable
from typing import Any, NamedTuple

from pipeline.language.normalise import visible
from pipeline.models.reading import Reading
from pipeline.models.transcript import Dropped, Segment, Word
from pipeline.readers.values import LONGEST, words_of

NO_TEXT = "no text"
"""Reason of an entry that says nothing."""
_LANGUAGES = {"zh": "zh", "cn": "zh", "chinese": "zh", "en": "en", "english": "en"}
_SPACED = re.compile(r"[A-Za-z0-9,.!?;:%)]$")
_STARTS = re.compile(r"[A-Za-z0-9(]")
_MOST_SHOWN = 500


class Heard(NamedTuple):
    """One entry as it stands in the file; all of it may be anything."""

    place: int
    """1-based place among the entries."""
    text: object
    start: object = None
    """Seconds."""
    end: object = None
    speaker: object = None
    words: tuple[Word, ...] = ()
    avg_logprob: object = None
    no_speech_prob: object = None


def reading(shape: str, entries: Iterable[Heard], language: object = None) -> Reading:
    """Each entry with words a segment; one without is told as dropped."""
    segments: list[Segment] = []
    dropped: list[Dropped] = []
    for entry in entries:
        start, end = span(entry.start, entry.end)
        text = words_of(entry.text)
        if not text:
            shown = words_of(entry.text) or str(entry.text or "")[:_MOST_SHOWN]
            dropped.append(
                Dropped(start=start, end=end, line=entry.place, text=shown, reason=NO_TEXT)
            )
            continue
        segments.append(
            Segment(
                id=f"s{len(segments) + 1:04d}",
                index=len(segments),
                start=start,
                end=end,
                speaker=who(entry.speaker),
                text=text,
                avg_logprob=number(entry.avg_logprob),
                no_speech_prob=number(entry.no_speech_prob),
                words=entry.words,
            )
        )
    return Reading(
        shape=shape,
        segments=tuple(segments),
        dropped=tuple(dropped),
        languages=spoken_language(language),
    )


def word(text: object, start: object, end: object, probability: object = None) -> Word | None:
    """A word, unless it has no letters or no times."""
    said = words_of(text)
    first, last = span(start, end)
    if not said or first is None or last is None:
        return None
    return Word(start=first, end=last, text=said, probability=number(probability))


def span(start: object, end: object) -> tuple[float | None, float | None]:
    """Two times in seconds; one that cannot be is None, and an end is never before its start."""
    first, last = _time(start), _time(end)
    return first, last if first is None or last is None else max(first, last)


def milliseconds(value: object) -> float | None:
    """Seconds from a number of milliseconds."""
    found = number(value)
    return None if found is None else round(found / 1000, 3)


def number(value: object) -> float | None:
    """A finite number, also where it is written as text."""
    kind = type(value)
    if kind is not float and kind is not int and kind is not str:
        return None
    try:
        found = float(value)  # type: ignore[arg-type]
    except ValueError:
        return None
    return found if math.isfinite(found) else None


def who(value: object) -> str | None:
    """A speaker's name, also where it is a number."""
    if isinstance(value, dict):
        value = value.get("name") or value.get("id")
    if isinstance(value, bool) or not isinstance(value, int | str):
        return None
    return words_of(str(value)) or None


def most_words(speakers: Iterable[object]) -> str | None:
    """Who says most of the words; the first of several."""
    counts = Counter(name for one in speakers if (name := who(one)))
    return max(counts, key=counts.__getitem__, default=None)


def joined(words: Iterable[str]) -> str:
    """Words as one text: a space between those of English, none between Chinese ones."""
    pieces: list[str] = []
    for piece in words:
        if pieces and _SPACED.search(pieces[-1][-1:]) and _STARTS.match(piece):
            pieces.append(" ")
        pieces.append(piece)
    return visible("".join(pieces)).strip()


def items(value: object) -> list[dict[str, Any]]:
    """The entries of a list that can be looked into; any other one as an entry with that text."""
    if not isinstance(value, list):
        return []
    return [one if isinstance(one, dict) else {"text": one} for one in value]


def spoken_language(value: object) -> tuple[str, ...]:
    """The language, where the file says that it is Chinese or English."""
    if not isinstance(value, str):
        return ()
    found = _LANGUAGES.get(re.split(r"[-_]", value.strip().lower())[0])
    return (found,) if found else ()


def _time(value: object) -> float | None:
    found = number(value)
    return found if found is not None and 0 <= found <= LONGEST else None
