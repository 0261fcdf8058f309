"""What of a call is in neither its transcript nor its minutes, in words."""

from pipeline.models.draft import Draft
from pipeline.models.minutes import Minutes
from pipeline.models.transcript import BREAKS_OFF, ONE_VOICE, UNDERSTOOD, Segment, Transcript
from pipeline.words.loader import Language, say

LONGEST = 120
"""Characters of an entry that are shown."""
_LONG = 36_000
"""Seconds from which a place is told by its number: a chat counts its days so."""


def losses(transcript: Transcript, language: Language) -> tuple[str, ...]:
    """One sentence for each kind of loss; nothing where all of it was taken.

    Sound that is not speech is no loss. A line of a file that was not understood is one.
    """
    voices = tuple(
        say("stage.voices_not_told", language, reason=drop.text)
        for drop in transcript.dropped
        if drop.reason == ONE_VOICE
    )
    return (*of_the_source(transcript, language), *voices)


def of_the_source(transcript: Transcript, language: Language) -> tuple[str, ...]:
    """The losses that no other run would bring back: the file itself does not give them."""
    said = [
        say(
            "stage.breaks_off",
            language,
            minutes=int(drop.start or 0) // 60,
            seconds=int(drop.start or 0) % 60,
        )
        for drop in transcript.dropped
        if drop.reason == BREAKS_OFF
    ]
    lines = sum(one.line is not None and one.reason not in UNDERSTOOD for one in transcript.dropped)
    if lines:
        said.append(say("stage.lines_not_taken", language, count=lines))
    return tuple(said)


def unfinished(minutes: Minutes) -> Minutes:
    """What a crash before the specs leaves behind must not call itself complete."""
    waiting = (say("stage.specs_waiting", minutes.language),) if minutes.asks else ()
    return minutes.with_(status="partial" if waiting else "complete", missing=waiting)


def told(minutes: Minutes, missing: tuple[str, ...], transcript: Transcript) -> Minutes:
    """The minutes with all that is not in them, and why."""
    lost = losses(transcript, minutes.language) + missing + _unread(minutes, transcript)
    return minutes.with_(status="partial" if lost else "complete", missing=lost)


def undone(draft: Draft, language: Language) -> tuple[str, ...]:
    """What of an engine's work there was no answer to, and entries of answers that did not hold."""
    steps = tuple(say(f"stage.undone_{step}", language) for step in dict.fromkeys(draft.undone))
    bad = [one.raw for one in draft.unparsed if one.cause == "invalid"]
    return steps + tuple(say("stage.entry_left_out", language, text=_said(raw)) for raw in bad)


def _said(raw: object) -> str:
    """What an entry says, as far as it can be told; the whole of it is in the stage record."""
    text = raw.get("text") if isinstance(raw, dict) else None
    return str(text or raw)[:LONGEST]


def _unread(minutes: Minutes, transcript: Transcript) -> tuple[str, ...]:
    """The turns that no answer was had for, as one sentence."""
    turns = [one for uid in minutes.coverage.unprocessed if (one := transcript.segment(uid))]
    if not turns:
        return ()
    first, last = _place(turns[0]), _place(turns[-1])
    return (
        say("stage.turns_not_read", minutes.language, count=len(turns), first=first, last=last),
    )


def _place(segment: Segment) -> str:
    if segment.start is None or segment.start >= _LONG:
        return f"#{segment.index + 1}"
    return f"{int(segment.start) // 60:02d}:{int(segment.start) % 60:02d}"
