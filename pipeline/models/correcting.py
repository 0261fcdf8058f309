"""Corrections of a transcript: each on the words it was made for, in every later version too."""

from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress

from pipeline.errors import InputError
from pipeline.models.fields import editable, value_at, with_value
from pipeline.models.mended import with_words
from pipeline.models.review import Edit, EditEvent
from pipeline.models.transcript import Segment, Transcript, Word
from pipeline.models.undoing import undone


class Turns:
    """The turns of a transcript while they are being corrected."""

    def __init__(self, transcript: Transcript) -> None:
        self._transcript = transcript
        self._turns = {one.id: one for one in transcript.segments}

    def get(self, segment: str) -> Segment | None:
        """The turn as it is by now."""
        return self._turns.get(segment)

    def correct(self, edit: Edit) -> bool:
        """Correct one turn, or split it; whether that changed anything.

        Raises:
            InputError: nobody may do this, or the value does not fit.
        """
        one = self._turns[edit.entity_uid]
        if edit.operation == "split":
            self._replace([one], _halves(one, edit))
            return True
        self._turns[one.id] = changed = _changed(one, edit)
        return changed != one

    def restore(self, edit: Edit, was: Segment) -> None:
        """Take a correction back, which still stands: the turn is again as it `was` before it.

        Raises:
            InputError: the value does not fit.
        """
        if is_join(edit):
            self._replace([self._turns[uid] for uid in edit.before["ids"]], [was])
            return
        self.correct(edit)
        now = self._turns.get(edit.entity_uid)
        as_it_was = now and (now.start, now.end, now.text) == (was.start, was.end, was.text)
        if edit.field == "text" and now and as_it_was:
            heard = ("words", "avg_logprob", "no_speech_prob")
            self._turns[now.id] = now.with_(**{name: getattr(was, name) for name in heard})

    def joinable(self, edit: Edit, was: Segment) -> bool:
        """Whether the halves of a turn still are as the split left them."""
        there = [self._turns.get(uid) for uid in edit.before["ids"]]
        left = _halves(was, edit.with_(before=edit.after, after=edit.before))
        return [one and _bare(one) for one in there] == [_bare(one) for one in left]

    def out_of(self, segment: str) -> tuple[Segment, ...]:
        """The turns that were made of one by splitting it."""
        return tuple(one for one in self._turns.values() if one.id.startswith(f"{segment}."))

    def _replace(self, old: Sequence[Segment], new: Sequence[Segment]) -> None:
        gone = {one.id for one in old[1:]}
        made = [
            each
            for turn in self._turns.values()
            if turn.id not in gone
            for each in (new if turn is old[0] else [turn])
        ]
        self._turns = {each.id: each for each in made}

    def transcript(self) -> Transcript:
        """All of them, numbered in their order."""
        numbered = [
            one if one.index == place else one.with_(index=place)
            for place, one in enumerate(self._turns.values())
        ]
        return self._transcript.with_(segments=tuple(numbered))


def is_join(edit: Edit) -> bool:
    """Whether it makes one turn of the two that a split made of it."""
    return edit.operation == "split" and bool(edit.undoes) and isinstance(edit.before, dict)


def turns_of(edit: Edit) -> tuple[str, ...]:
    """The turns that a correction changed, by the ids they had before it."""
    halves = edit.before["ids"] if is_join(edit) else ()
    return (edit.entity_uid, *halves)


def corrected(
    transcript: Transcript,
    events: Iterable[EditEvent],
    was: Callable[[Edit], Segment | None] = lambda edit: None,
) -> Transcript:
    """What was heard, with every correction whose words were heard again; nothing here raises.

    A correction that was taken back is none. A name is of a stretch of the call: where another
    ear cuts it otherwise, the turn of the same number may be somebody else's.

    Args:
        transcript: What was heard.
        events: All corrections, oldest first.
        was: The turn of a correction as it was just before, where that is known.
    """
    ours = [event for event in events if event.entity == "segment"]
    gone = undone(ours)
    edits = [one.body for one in ours if one.uid not in gone and one.body and not one.body.undoes]
    turns = Turns(transcript)
    for edit in edits:
        if _still(turns.get(edit.entity_uid), edit, was):
            with suppress(InputError):
                turns.correct(edit)
    return turns.transcript() if ours else transcript


def without(
    transcript: Transcript,
    events: Iterable[EditEvent],
    was: Callable[[Edit], Segment | None],
) -> Transcript:
    """The words with these corrections taken back, where what they made still stands.

    Args:
        transcript: The words with the corrections in them.
        events: The corrections, the newest first.
        was: The turn of a correction as it was just before.
    """
    turns = Turns(transcript)
    for event in events:
        before = was(event.body) if event.body else None
        if event.body is None or before is None:
            continue
        one = event.body
        back = one.with_(before=one.after, after=one.before, undoes=event.uid)
        there = turns.get(back.entity_uid)
        if turns.joinable(back, before) if is_join(back) else _same_words(there, back):
            with suppress(InputError):
                turns.restore(back, before)
    return turns.transcript()


def halves_of(segment: Segment, taken: Iterable[str]) -> list[str]:
    """Ids for the halves of a segment: its own, continued; none of them was given before."""
    known, number = set(taken), 1
    while {f"{segment.id}.{number}", f"{segment.id}.{number + 1}"} & known:
        number += 2
    return [f"{segment.id}.{number}", f"{segment.id}.{number + 1}"]


def _bare(segment: Segment) -> Segment:
    return segment.with_(index=0)


def _still(segment: Segment | None, edit: Edit, was: Callable[[Edit], Segment | None]) -> bool:
    """Whether a correction holds for what was heard again.

    Where nobody had been told apart a person did it, whatever a voice is called by now.
    """
    if segment is None or edit.field not in ("speaker", "side"):
        return _same_words(segment, edit)
    then = was(edit)
    if then is not None and not _same_place(then, segment):
        return False
    told_apart = edit.field == "speaker" and edit.before is None
    return told_apart or _same_words(segment, edit)


def _same_place(then: Segment, now: Segment) -> bool:
    """Whether they share most of their time; where a source has none, their number has to do."""
    if None in (then.start, then.end, now.start, now.end):
        return True
    spans = [(one.start or 0.0, one.end or 0.0) for one in (then, now)]
    shared = min(end for _, end in spans) - max(start for start, _ in spans)
    return 2 * shared >= max(end - start for start, end in spans)


def _same_words(segment: Segment | None, edit: Edit) -> bool:
    if segment is None:
        return False
    split = edit.operation == "split"
    return bool(edit.before == (segment.text if split else value_at(segment, edit.field or "")))


def _changed(segment: Segment, edit: Edit) -> Segment:
    changed = with_value(segment, editable(segment, edit.field), edit.after)
    if edit.field != "text" or changed == segment:
        return changed
    if edit.mended is not None:
        one = edit.mended.back() if edit.undoes else edit.mended
        return changed.with_(words=with_words(segment.words, segment.text, one))
    # The recogniser's words and doubts are about what it heard, not about what a person wrote.
    return changed.with_(words=(), avg_logprob=None, no_speech_prob=None)


def _halves(segment: Segment, edit: Edit) -> list[Segment]:
    after = edit.after if isinstance(edit.after, dict) else {}
    at, ids = after.get("at"), after.get("ids")
    text = segment.text
    if not isinstance(at, int) or not text[:at].strip() or not text[at:].strip() or at < 1:
        raise InputError("split_leaves_nothing")
    if not isinstance(ids, list | tuple) or len(ids) != 2:
        raise InputError("split_leaves_nothing")
    middle = _middle(segment, at)
    first, second = _words(segment, at)
    return [
        segment.with_(id=ids[0], text=text[:at].strip(), end=middle, words=first),
        segment.with_(id=ids[1], text=text[at:].strip(), start=middle, words=second),
    ]


def _middle(segment: Segment, at: int) -> float | None:
    """When the second half begins: by its first word, else by its share of the text."""
    if segment.start is None or segment.end is None:
        return None if segment.end is None else segment.start
    _, second = _words(segment, at)
    if second:
        return min(max(second[0].start, segment.start), segment.end)
    share = at / len(segment.text)
    return round(segment.start + share * (segment.end - segment.start), 3)


def _words(segment: Segment, at: int) -> tuple[tuple[Word, ...], tuple[Word, ...]]:
    """The words before and after a place, where they are still the words of the text."""
    spoken = "".join(word.text for word in segment.words)
    if spoken.strip() != segment.text:
        return (), ()
    lead = len(spoken) - len(spoken.lstrip())
    count, place = 0, -lead
    for word in segment.words:
        if place + len(word.text) > at:
            break
        place += len(word.text)
        count += 1
    return segment.words[:count], segment.words[count:]
