"""Recognised text -> segments, and what nobody said, each with the reason it was left out.

Whisper fills silence with the sentences its training videos ended with, and goes in circles.
A phrase alone proves nothing: people do thank each other. It is left out only when it is all
there is and the sound around it agrees.
"""

import re
from collections.abc import Iterator, Sequence
from typing import Literal, NamedTuple

from pipeline.engines.speech.recogniser import LIKELY, REPETITIVE, Recognised
from pipeline.engines.speech.words import in_file
from pipeline.models.speech import HeardSegment
from pipeline.models.transcript import Dropped

Reason = Literal["no speech", "goes in circles", "stock phrase", "too fast to be said"]

NO_SPEECH = 0.6
UNSURE = -0.6
ALONE = 2.0
"""Seconds of silence on both sides that make a phrase stand alone."""
CIRCLES = 6
"""Times in a row from which a phrase of some length is no longer emphasis."""
FASTEST = 35.0
"""Letters a second; hardly anybody speaks half as fast. Chinese characters count double."""

_CIRCLING = re.compile(rf"(.{{2,40}}?)\1{{{CIRCLES - 1},}}|(.)\2{{15,}}")
_CREDITS = re.compile(
    r"(感?谢谢?(大家|您|你们)?的?(观看|收看|收听)|请?不吝点赞|点赞.{0,4}订阅|订阅.{0,6}(转发|打赏)"
    r"|(中文)?字幕(由|by|志愿|组|制作|提供)|(志愿者|字幕组).{0,6}(杨|李|制作|翻译)|明镜与?点点"
    r"|我们下(期|集|次)(再见|见)|下期(再见|见)|欢迎订阅|优优独播剧场|amaraorg"
    r"|thank(s|you)(somuch|verymuch)?forwatching|pleasesubscribe|(like|subscribe)and(subscribe|like)"
    r"|subscribetomychannel|seeyouinthenext(video|one|episode)|subtitles?(by|provided)|captionsby"
    r"|transcri(ption|bed)by|copyright\d*)"
)
"""What subtitles end with, as it stands after `_bare`."""
_POLITE = frozenset(
    [
        "谢谢",
        "谢谢大家",
        "谢谢您",
        "拜拜",
        "再见",
        "好的谢谢",
        "thankyou",
        "thanks",
        "bye",
        "byebye",
        "you",
    ]
)
"""What people say too; only doubted when the model is unsure and nobody else is near."""


class Sifted(NamedTuple):
    """Segments that stay, and what does not."""

    segments: list[HeardSegment]
    dropped: list[Dropped]


def sift(recognised: Sequence[Recognised]) -> Sifted:
    """Keep what was said, in the time of the file."""
    sifted = Sifted([], [])
    for one in recognised:
        for at, segment in enumerate(_segments(one)):
            reason = _doubt(one, at, segment)
            if reason is None:
                sifted.segments.append(segment)
            else:
                sifted.dropped.append(
                    Dropped(start=segment.start, end=segment.end, text=segment.text, reason=reason)
                )
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


def _doubt(one: Recognised, at: int, segment: HeardSegment) -> Reason | None:
    """Why nobody said this, if so."""
    if one.no_speech_prob > NO_SPEECH and one.avg_logprob < LIKELY:
        return "no speech"
    if _circles(segment.text) or (one.compression > REPETITIVE and _repeats(one, at)):
        return "goes in circles"
    if _letters(one.text) > FASTEST * one.piece.duration:  # the times of one stretch may be off
        return "too fast to be said"
    return "stock phrase" if _is_stock(one, at, segment) else None


def _circles(text: str) -> bool:
    """Whether nearly all of a text is one phrase over and over."""
    bare = _bare(text)
    found = _CIRCLING.search(bare)
    return found is not None and len(found[0]) >= max(16, 0.7 * len(bare))


def _repeats(one: Recognised, at: int) -> bool:
    """Whether this stretch says the same as its neighbours, after the first time."""
    texts = [_bare(each.text) for each in one.stretches]
    return texts[at] in texts[:at] and texts.count(texts[at]) >= CIRCLES // 2


def _is_stock(one: Recognised, at: int, segment: HeardSegment) -> bool:
    bare = _bare(segment.text)
    unsure = one.avg_logprob < UNSURE or one.no_speech_prob > NO_SPEECH
    if bare in _POLITE:
        return unsure and _stands_alone(one, at)
    match = _CREDITS.search(bare)
    if match is None or len(bare) > 2 * len(match[0]) + 12:
        return False
    return unsure or _stands_alone(one, at)


def _stands_alone(one: Recognised, at: int) -> bool:
    """Whether it is silent for a while before and after, on its own channel."""
    piece, stretch = one.piece, one.stretches[at]
    start, end = piece.time(stretch.start), piece.time(stretch.end, of_end=True)
    before = start - piece.start + piece.before
    after = piece.end - end + piece.after
    if at > 0:
        before = start - piece.time(one.stretches[at - 1].end, of_end=True)
    if at + 1 < len(one.stretches):
        after = piece.time(one.stretches[at + 1].start) - end
    return before >= ALONE and after >= ALONE


def _bare(text: str) -> str:
    return re.sub(r"[\W_]+", "", text.casefold())


def _letters(text: str) -> int:
    return sum(2 if "\u3400" <= letter <= "\u9fff" else 1 for letter in _bare(text))
