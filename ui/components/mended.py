"""What the project's corrections did in a call: a folded line, and every place with its undo."""

from collections.abc import Callable, Iterator, Sequence
from itertools import groupby

import streamlit as st

from pipeline.errors import DragomanError
from pipeline.models.correction import Correction
from pipeline.models.review import EditEvent
from pipeline.service import mending, review
from pipeline.service.meetings import MeetingView
from pipeline.service.mending import Offer, Spot, Told
from ui.components.kept_words import head
from ui.plain import plain
from ui.session import explain, house, me, t

MOST = 12
"""Places shown at once."""
REFUSED = "mended-refused"
"""Where a refusal waits for the page to say it."""
_ORDER = ("waiting", "doubtful", "changed", "taken_back")


def mended(view: MeetingView, events: Sequence[EditEvent], told: Told) -> None:
    """Draw what the list changed and would change; nothing where that is nothing.

    Args:
        view: The meeting.
        events: All edits of its turns.
        told: What the list did.
    """
    if refused := st.session_state.pop(REFUSED, None):
        st.warning(plain(refused))
    _offer(view, events)
    if not any(told):
        return
    meeting = view.meeting.uid  # all that a button keeps in memory until it is pressed
    with st.expander(plain(summary(told)), key="mended"), st.container(gap="xxsmall"):
        if told.waiting:
            st.button(
                t("mended.apply", count=len(told.waiting)),
                key="mended-apply",
                on_click=_do,
                args=(lambda: mending.apply(me(), house(), meeting),),
            )
        for state, rule, spots in _blocks(_part(told)):
            _block(meeting, state, rule, spots, told)


def summary(told: Told) -> str:
    """What was changed and what would be, in one line."""
    turns = len({one.segment.id for one in told.changed})
    parts = (
        t(f"mended.{state}", count=len(spots), turns=turns)
        for state, spots in told._asdict().items()
        if spots
    )
    return t("mended.between").join(parts)


def _part(told: Told) -> list[tuple[str, Spot]]:
    """Some of all places: what would be changed first, and each rule together."""
    every = [
        (state, one)
        for state in _ORDER
        for one in sorted(getattr(told, state), key=lambda spot: spot.rule)
    ]
    if len(every) <= MOST:
        return every
    at = st.pagination(-(-len(every) // MOST), key="mended-page") - 1
    return every[at * MOST : (at + 1) * MOST]


def _blocks(
    places: Sequence[tuple[str, Spot]],
) -> Iterator[tuple[str, tuple[str, str], list[Spot]]]:
    for (state, rule), of in groupby(places, key=lambda pair: (pair[0], pair[1].rule)):
        yield state, rule, [one for _, one in of]


def _block(
    meeting: str, state: str, rule: tuple[str, str], spots: Sequence[Spot], told: Told
) -> None:
    """One rule: all its places at once, then each by itself."""
    every = [one for one in getattr(told, state) if one.rule == rule]
    name = f"{state}-{rule[0]}-{rule[1]}"
    with st.container(horizontal=True, vertical_alignment="center", key=f"rule-{name}"):
        text = t(f"mended.rule.{state}", heard=rule[0], meant=rule[1], count=len(every))
        st.markdown(f"**{plain(text)}**", width="stretch")
        if len(every) > 1:
            st.button(
                t(f"mended.all.{state}"),
                key=f"all-{name}",
                type="tertiary",
                on_click=_do,
                args=(_deed(meeting, state, every),),
            )
    for one in spots:
        with st.container(horizontal=True, vertical_alignment="center", key=f"spot-{one.key}"):
            st.caption(plain(head(one.segment)), width=130)
            st.text(sentence(one), width="stretch")
            st.button(
                t(f"mended.one.{state}"),
                key=f"one-{one.key}",
                type="tertiary",
                on_click=_do,
                args=(_deed(meeting, state, [one]),),
            )


def sentence(one: Spot) -> str:
    """A place with the words around it."""
    start = "" if one.at == len(one.left) else "…"
    return t("mended.place", left=start + one.left, was=one.was, now=one.now, right=one.right)


def _deed(meeting: str, state: str, spots: Sequence[Spot]) -> Callable[[], object]:
    keys = [one.key for one in spots]
    if state == "changed":
        return lambda: review.undo(me(), house(), meeting, *keys)
    return lambda: mending.apply(me(), house(), meeting, only=keys)


def _do(deed: Callable[[], object]) -> None:
    try:
        deed()
    except DragomanError as error:
        st.session_state[REFUSED] = explain(error)


def _offer(view: MeetingView, events: Sequence[EditEvent]) -> None:
    """Ask once, after somebody corrected a word, whether it is meant for the whole project."""
    seen = f"mended-seen-{view.meeting.uid}"
    if seen not in st.session_state:
        st.session_state[seen] = events[-1].uid if events else None
    offer = mending.offered(me(), view, events, since=st.session_state[seen])
    if offer is None:
        return
    with st.container(border=True, gap="xsmall", key="mended-offer"):
        st.caption(t("mended.offer"))
        with st.container(horizontal=True, vertical_alignment="bottom"):
            key = f"offer-{offer.event}"
            heard = st.text_input(
                t("mended.heard"), offer.slip.heard, key=f"{key}-heard", width=150
            )
            meant = st.text_input(
                t("mended.meant"), offer.slip.meant, key=f"{key}-meant", width=150
            )
            rule = Correction(heard=heard.strip(), meant=meant.strip())
            st.button(
                t("mended.always"),
                type="primary",
                on_click=_learn,
                args=(view.meeting.uid, offer, rule, seen),
            )
            st.button(t("mended.only_here"), on_click=_forget, args=(seen, offer))
        count = mending.reach(view, events, rule)
        st.caption(t("mended.reach", count=count) if count else t("mended.reach_none"))


def _learn(meeting: str, offer: Offer, rule: Correction, seen: str) -> None:
    try:
        mending.learn(me(), house(), meeting, rule)
        _forget(seen, offer)
    except DragomanError as error:
        st.session_state[REFUSED] = explain(error)


def _forget(seen: str, offer: Offer) -> None:
    st.session_state[seen] = offer.event
