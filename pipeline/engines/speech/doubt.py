"""Recognised text -> segments, and what nobody said, each with the reason it was left out.

Whisper fills silence with the sentences its training videos ended with, goes in circles, and says
after us the words it was given. A phrase alone proves nothing: people do thank each other. It is
left out only when it is all there is and the sound around it agrees.
"""

import re
from collections.abc import Iterator, Sequence
from typing import Literal, NamedTuple

from pipeline.engines.speech.circling import FAINT, SLOW, UNSURE, most
from pipeline.engines.speech.recogniser import LIKELY, Recognised
from pipeline.engines.speech.words import in_file, without
from pipeline.language.script import has_cjk
from pipeline.language.unsaid import (
    Circle,
    bare,
    circle,
    is_agreeing,
    is_credit,
    is_foreign,
    is_polite,
    is_signature,
    letters,
    names_a_sound,
)
from pipeline.models.speech import HeardSegment
from pipeline.models.transcript import Dropped

Reason = Literal[
    "no speech",
    "goes in circles",
    "stock phrase",
    "too fast to be said",
    "marks alone",
    "name of a sound",
    "said after us",
    "foreign script",
]

NO_SPEECH = 0.6
ALONE = 2.0
"""Seconds of silence on both sides that make a phrase stand alone."""
CIRCLES = 6
"""Times from which a phrase is in circles when nobody could repeat it as fast."""
NOD = 8
"""Letters of a word that people say again and again while they listen."""
FASTEST = 35.0
"""Letters a second; hardly anybody speaks half as fast. Chinese characters count double."""
ONSET = 0.1
"""Seconds of a word in which it does not yet, or no longer, sound like a voice."""
ECHO = (12, 60)
"""Letters of the words we gave, in our order, that a doubtful text and that any text has at most."""
FEWEST = 3
"""Of our words in a row that a text must have to be said after us."""
NAME = 3
"""Letters of another script that are a name, such as β, where they are said clearly."""
_OURS = frozenset(("zh", "yue", "en"))
"""Languages that are written in Chinese or Latin letters alone."""


class Sifted(NamedTuple):
    """Segments that stay, and what does not."""

    segments: list[HeardSegment]
    dropped: list[Dropped]


class _Given(NamedTuple):
    """The words that were given to the model, in small letters without blanks and marks."""

    terms: tuple[str, ...]
    rows: tuple[str, ...]
    """All of them in the orders in which they may have been shown; see `hint`."""

    @classmethod
    def of(cls, told: Sequence[str]) -> "_Given":
        orders = (
            told,
            *(sorted(told, key=lambda one: has_cjk(one) is first) for first in (False, True)),
        )
        terms = tuple(one for one in map(bare, told) if one)
        return cls(terms, tuple("".join(map(bare, order)) for order in orders))

    def names(self, text: str) -> bool:
        """Whether a text is one of them, or names one that elsewhere only subtitles do."""
        said = bare(text)
        return said in self.terms or any(one in said and is_signature(one) for one in self.terms)


class _Stretch(NamedTuple):
    """A segment with all that speaks for it and against it."""

    one: Recognised
    at: int
    segment: HeardSegment

    @property
    def text(self) -> str:
        return self.segment.text

    @property
    def faint(self) -> bool:
        """Whether it hardly sounds as if somebody spoke, or the model says so."""
        stretch = self.one.stretches[self.at]
        voice = self.one.piece.voice(stretch.start, stretch.end)
        return voice < FAINT or self.one.no_speech_prob > NO_SPEECH

    @property
    def unsure(self) -> bool:
        return self.faint or self.one.avg_logprob < UNSURE


def sift(
    recognised: Sequence[Recognised],
    *,
    languages: Sequence[str] = (),
    told: Sequence[str] = (),
) -> Sifted:
    """Keep what was said, in the time of the file.

    Args:
        recognised: What the model made of some pieces.
        languages: Those of the call, where any are named.
        told: The words that were given to the model beforehand.
    """
    sifted = Sifted([], [])
    ours, given = bool(languages) and _OURS.issuperset(languages), _Given.of(told)
    for one in recognised:
        for at, segment in enumerate(_segments(one)):
            stretch = _Stretch(one, at, segment)
            reason = _doubt(stretch) or _strange(stretch, given, ours)
            if reason is None:
                _keep(stretch, sifted)
            else:
                sifted.dropped.append(_left_out(segment, reason))
    return sifted


def _segments(one: Recognised) -> Iterator[HeardSegment]:
    for stretch in one.stretches:
        start = one.piece.time(stretch.start)
        end = max(start, one.piece.time(stretch.end, of_end=True))
        louder = one.piece.loudness.louder(start, end) if one.piece.loudness else None
        yield HeardSegment(
            start=round(start, 3),
            end=round(end, 3),
            text=stretch.text,
            channel=one.piece.channel,
            language=one.language,
            avg_logprob=round(one.avg_logprob, 4),
            no_speech_prob=round(one.no_speech_prob, 4),
            words=in_file(one.piece, stretch, round(start, 3), round(end, 3)),
            louder=None if louder is None else round(louder, 1),
        )


def _doubt(stretch: _Stretch) -> Reason | None:
    """Why nobody said this, if so."""
    one, text = stretch.one, stretch.text
    if not bare(text):
        return "name of a sound" if names_a_sound(text) else "marks alone"
    if stretch.faint and one.avg_logprob < (LIKELY if one.no_speech_prob > NO_SPEECH else UNSURE):
        return "no speech"
    if one.circles and _repeats(stretch):
        return "goes in circles"
    found = circle(text)
    if found and _is_all(found, text) and _is_no_emphasis(stretch, found):
        return "goes in circles"
    if letters(one.text) > FASTEST * (one.piece.voiced + ONSET):  # times of a stretch may be off
        return "goes in circles" if found and _is_all(found, text) else "too fast to be said"
    return None


def _strange(stretch: _Stretch, given: _Given, ours: bool) -> Reason | None:
    """Whether it is not the kind of thing that is said in this call."""
    if names_a_sound(stretch.text):
        return "name of a sound"
    if _is_stock(stretch) and not given.names(stretch.text):
        return "stock phrase"
    phrase = len(bare(stretch.text)) > NAME
    doubtful = stretch.unsure or (phrase and _stands_alone(stretch))
    if ours and doubtful and _is_foreign(stretch.text, given):
        return "foreign script"
    return "said after us" if _is_echo(stretch, given) else None


def _keep(stretch: _Stretch, sifted: Sifted) -> None:
    """A segment, without what it only says again and again."""
    segment, found = stretch.segment, circle(stretch.text)
    if found is None or not _goes_round(stretch.one, found):
        sifted.segments.append(segment)
        return
    text, length = segment.text, segment.end - segment.start
    rest = text[found.ends :].strip()
    ends = found.ends if bare(rest) else len(text)
    again, over = (round(segment.start + length * at / len(text), 3) for at in (found.again, ends))
    first, repeated = text[: found.again].rstrip(), text[found.again : ends].strip()
    words = without(segment.words, found.again, ends)
    if bare(rest):
        kept = segment.with_(text=f"{first} {rest}", words=words)
    else:
        again = words[-1].end if words else again
        kept = segment.with_(text=first, end=again, words=words)
    sifted.segments.append(kept)
    left = segment.with_(text=repeated, start=again, end=max(again, over))
    sifted.dropped.append(_left_out(left, "goes in circles"))


def _left_out(segment: HeardSegment, reason: Reason) -> Dropped:
    return Dropped(start=segment.start, end=segment.end, text=segment.text, reason=reason)


def _goes_round(one: Recognised, found: Circle) -> bool:
    """Whether nobody repeats a phrase so often, or not so fast."""
    if found.times > most(found):
        return True
    fast = letters(one.text) > SLOW * one.piece.duration
    return fast and found.times >= CIRCLES and len(found.unit) > 1


def _is_no_emphasis(stretch: _Stretch, found: Circle) -> bool:
    """Whether the doubts about a phrase that is repeated are such that it was not said even once.

    People do say no six times, and read out numbers with ten noughts, however badly one hears it.
    """
    often = CIRCLES if len(found.unit) > 1 else 3 * CIRCLES
    short = letters(found.unit) <= NOD
    return found.times >= often and (stretch.faint if short else stretch.unsure)


def _is_all(found: Circle, text: str) -> bool:
    return len(bare(text[found.begins : found.ends])) >= max(8, 0.7 * len(bare(text)))


def _repeats(stretch: _Stretch) -> bool:
    """Whether this stretch says the same as its neighbours, after the first time.

    A short word that sounds like a voice may come as often as it likes: people nod.
    """
    texts = [bare(each.text) for each in stretch.one.stretches]
    text = texts[stretch.at]
    nods = letters(text) <= NOD and not stretch.unsure
    return not nods and text in texts[: stretch.at] and texts.count(text) >= CIRCLES // 2


def _is_stock(stretch: _Stretch) -> bool:
    text = stretch.text
    if is_agreeing(text):
        return stretch.faint and _stands_alone(stretch)
    if is_polite(text):
        return stretch.unsure and _stands_alone(stretch)
    if is_credit(text):
        return is_signature(text) or stretch.unsure or _stands_alone(stretch)
    return False


def _is_foreign(text: str, given: _Given) -> bool:
    """Whether it is foreign, and no name that was given to the model."""
    return is_foreign(
        " ".join(word for word in re.findall(r"\w+", text) if bare(word) not in given.rows[0])
    )


def _is_echo(stretch: _Stretch, given: _Given) -> bool:
    """Whether it is the words we gave, one after the other as we gave them.

    One name or two are an answer, and people list what is in a form as it stands there.
    """
    text, length = bare(stretch.text), letters(stretch.text)
    if length < ECHO[0] or not any(text in row * 2 for row in given.rows):
        return False
    if sum(term in text for term in given.terms) < FEWEST:
        return False
    doubtful = stretch.faint or stretch.one.avg_logprob < LIKELY
    return doubtful or length >= ECHO[1]


def _stands_alone(stretch: _Stretch) -> bool:
    """Whether nothing but such phrases comes for a while before and after, on its own channel."""
    one, at = stretch.one, stretch.at
    piece, own = one.piece, one.stretches[at]
    start, end = piece.time(own.start), piece.time(own.end, of_end=True)
    before = start - piece.start + piece.before
    after = piece.end - end + piece.after
    talk = [place for place, each in enumerate(one.stretches) if not _may_be_stock(each.text)]
    if earlier := [place for place in talk if place < at]:
        before = start - piece.time(one.stretches[earlier[-1]].end, of_end=True)
    if later := [place for place in talk if place > at]:
        after = piece.time(one.stretches[later[0]].start) - end
    return before >= ALONE and after >= ALONE


def _may_be_stock(text: str) -> bool:
    return is_credit(text) or is_polite(text) or not bare(text)
