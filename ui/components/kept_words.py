"""Words that somebody wrote for a turn: kept until the minutes have them or their writer is done.

The form of a turn goes when somebody else answers for it, or when the call is worked on again.
What was written in it stays in sight, and can be taken all the same.
"""

from collections.abc import Sequence
from typing import NamedTuple, cast

import streamlit as st

from pipeline.errors import DragomanError
from pipeline.models.item import Kind
from pipeline.models.meeting import Meeting
from pipeline.models.minutes import Minutes, Uncited
from pipeline.models.moments import moment
from pipeline.models.transcript import Segment, Transcript
from pipeline.service import adding
from ui.lengths import clock
from ui.plain import plain
from ui.session import explain, house, me, named, t
from ui.turns import Turn, offers_form

REFUSED = "unsaid-refused"
"""Where a refusal waits for the page to say it."""
DRAWN = "unsaid-drawn"


class Words(NamedTuple):
    """What somebody says of a turn."""

    turn: Turn
    kind: Kind
    text: str
    also: tuple[str, ...] = ()
    aside: bool = False
    """They answered for the turn in another way: it shows again if they take that back."""

    @property
    def touched(self) -> bool:
        """Whether it is another thing than what the form began with."""
        return self[1:4] != untouched(self.turn)[1:4]


@st.cache_resource(show_spinner=False)
def everybodys() -> dict[tuple[str, str], dict[str, Words]]:
    """By person and meeting: a page that is loaded again shows it again."""
    return {}


def kept(meeting: str) -> dict[str, Words]:
    """What this person wrote and nobody has yet, by turn."""
    return everybodys().setdefault((me().id, meeting), {})


def untouched(one: Turn) -> Words:
    """What the form of a turn begins with."""
    return Words(one, one.uncited.cue, one.said.text)


def key_of(uncited: Uncited) -> str:
    """A turn on the list; the same words may sound like two things."""
    return f"{uncited.segment}-{uncited.cue}"


def head(segment: Segment, meeting: Meeting | None = None) -> str:
    """When a turn was said and by whom, as far as its source says so."""
    told = moment(meeting, segment.start) if meeting else None
    time = "" if segment.start is None else told or clock(segment.start)
    nobody = "" if meeting and meeting.kind == "note" else "–"
    return f"{time} {segment.speaker or nobody}".strip()


def line(segment: Segment, meeting: Meeting | None) -> str:
    """A turn in one line."""
    return f"{head(segment, meeting)}  {' '.join(segment.text.split())}".strip()


def answered(uncited: Uncited, minutes: Minutes) -> str:
    """What became of a turn."""
    text = next((item.text for _, item in minutes.items() if item.id == uncited.item), "")
    taken = uncited.state == "accepted" and uncited.item
    said = "unsaid.taken" if taken else f"unsaid.state.{uncited.state}"
    return t(said, item=uncited.item or "–", text=text)


def side(one: Turn, segment: Segment) -> str:
    """On which side of a turn another stands."""
    return "before" if segment.index < one.said.index else "after"


def begun(meeting: str, one: Turn) -> Words:
    """What the form of a turn was first drawn with in this window; it stays while it is drawn."""
    drawn, key = _drawn(meeting), key_of(one.uncited)
    if key not in drawn or f"text-{key}" not in st.session_state:
        drawn[key] = kept(meeting).get(key) or untouched(one)
    return drawn[key]


def written(one: Turn) -> Words:
    """What the form of a turn says now."""
    said, key = st.session_state, key_of(one.uncited)
    also = (each.id for each in one.beside if said.get(f"{side(one, each)}-{key}"))
    kind = cast(Kind, said.get(f"kind-{key}") or one.uncited.cue)
    text = said.get(f"text-{key}")
    return Words(one, kind, one.said.text if text is None else text, tuple(also))


def keep(meeting: str, words: Words) -> None:
    """Keep what somebody wrote; what a form begins with is nobody's."""
    key = key_of(words.turn.uncited)
    if words.touched:
        kept(meeting)[key] = words
    else:
        kept(meeting).pop(key, None)


def put_aside(meeting: str, uncited: Uncited) -> None:
    """Somebody answered for the turn in another way than with what they wrote."""
    was = _drawn(meeting).pop(key_of(uncited), None)
    if was is not None:
        keep(meeting, written(was.turn)._replace(aside=True))


def left_over(
    meeting: str, every: Sequence[Turn], minutes: Minutes, transcript: Transcript
) -> None:
    """Draw what this person wrote for turns that offer no form any more."""
    offered = {key_of(one.uncited) for one in every if offers_form(one.uncited)}
    drawn, mine = _drawn(meeting), kept(meeting)
    for key in [key for key in drawn if key not in offered]:
        if (words := written(drawn[key].turn)).touched:
            mine.setdefault(key, words)
        del drawn[key]
    now = {key_of(one): one for one in minutes.coverage.uncited}
    for key, words in list(mine.items()):
        if key not in offered and not words.aside:
            _block(meeting, words, now.get(key), minutes, transcript)


def _drawn(meeting: str) -> dict[str, Words]:
    every: dict[str, dict[str, Words]] = st.session_state.setdefault(DRAWN, {})
    return every.setdefault(meeting, {})


def _block(
    meeting: str, words: Words, now: Uncited | None, minutes: Minutes, transcript: Transcript
) -> None:
    key = key_of(words.turn.uncited)
    with st.container(border=True, gap="xsmall", key=f"left-{key}"):
        st.caption(plain(line(words.turn.said, words.turn.meeting)))
        if now is None:
            st.warning(plain(t("unsaid.left_gone")))
        else:
            st.warning(plain(t("unsaid.left_answered", state=answered(now, minutes))))
        st.caption(plain(t("unsaid.left_yours", kind=named("lane.kind", words.kind))))
        st.text(words.text)
        with st.container(horizontal=True):
            if transcript.segment(words.turn.uncited.segment) is not None:
                there = tuple(one for one in words.also if transcript.segment(one) is not None)
                st.button(
                    t("unsaid.left_take"),
                    key=f"left-take-{key}",
                    on_click=_take_all_the_same,
                    args=(meeting, words._replace(also=there), now),
                )
            st.button(
                t("unsaid.left_close"),
                key=f"left-close-{key}",
                on_click=_close,
                args=(kept(meeting), key),
            )


def _close(mine: dict[str, Words], key: str) -> None:
    mine.pop(key, None)


def _take_all_the_same(meeting: str, words: Words, seen: Uncited | None) -> None:
    try:
        take(meeting, words, seen)
    except DragomanError as error:
        st.session_state[REFUSED] = refused(error)


def refused(error: DragomanError) -> str:
    """Why a turn was not taken; what became of it stands beside the words."""
    who = error.params.get("who")
    return t("unsaid.left_first", who=who) if who else explain(error)


def take(meeting: str, words: Words, seen: Uncited | None) -> None:
    """Take a turn into the minutes; what was written is kept until they have it.

    Raises:
        DragomanError: it was not taken.
    """
    mine, key, actor, home = kept(meeting), key_of(words.turn.uncited), me(), house()
    mine[key] = words
    adding.take(
        actor,
        home,
        meeting,
        words.turn.uncited.segment,
        kind=words.kind,
        text=words.text,
        also=words.also,
        seen=seen,
    )
    mine.pop(key, None)
