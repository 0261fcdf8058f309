"""Which questions go to the client now and which wait: a person may put one forward or aside."""

from collections.abc import Iterator, Sequence

import streamlit as st

from pipeline.errors import DragomanError
from pipeline.models.asked_once import Asked
from pipeline.models.asking_back import AskingBack, asking_of
from pipeline.models.client_view import ClientView, View
from pipeline.models.review import Edit
from pipeline.service import review
from ui.plain import plain
from ui.session import explain, house, me, t


def asking(view: View) -> None:
    """The questions of a meeting in the order they go out, and those that wait with the reason."""
    known = view.left_open if isinstance(view, ClientView) else None
    every = asking_of(view.minutes, view.specs, view.project, known)
    if not every.first and not every.parked:
        st.caption(t("asking.nothing"))
        return
    language = view.minutes.language
    _first(every, view.meeting.uid)
    if not every.parked:
        return
    with st.expander(t("asking.parked", count=len(every.parked))):
        reason = ""
        for number, one in enumerate(_by_reason(every.parked)):
            told = one.parked.in_words(language) if one.parked else ""
            if told != reason:
                reason = told
                st.markdown(f"**{plain(told)}**")
            answer = one.parked.answer if one.parked and one.parked.code == "go_on" else ""
            note = t("asking.until", answer=plain(answer)) if answer else ""
            _row(view.meeting.uid, one, f"parked-{number}", note=note, now=True)


def _first(every: AskingBack, meeting: str) -> None:
    st.markdown(f"**{t('asking.first', count=len(every.first))}**")
    for number, one in enumerate(every.first, 1):
        blocking = t("asking.blocking") if one.blocking else ""
        _row(meeting, one, f"first-{number}", number=f"{number}. ", note=blocking, now=False)


def _by_reason(parked: Sequence[Asked]) -> list[Asked]:
    """Those of one reason together, in the order of the first of each."""
    order: dict[object, int] = {}
    for one in parked:
        order.setdefault(_reason(one), len(order))
    return sorted(parked, key=lambda one: order[_reason(one)])


def _reason(one: Asked) -> object:
    return one.parked._replace(answer="") if one.parked else None


def _row(
    meeting: str, one: Asked, key: str, *, now: bool, number: str = "", note: str = ""
) -> None:
    names = " ".join(spec.id for spec in one.specs)
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        told = plain(f"{number}{one.alone}") + (f" :gray[{plain(names)}]" if names else "")
        st.markdown(f"{told} :gray[{note}]" if note else told)
        st.button(
            t("asking.ask_now" if now else "asking.park"),
            key=f"asking-{key}",
            on_click=_turn,
            args=(meeting, one, now),
        )
        if one.by_hand is not None:
            st.button(
                t("asking.as_ranked"),
                key=f"asking-ranked-{key}",
                on_click=_turn,
                args=(meeting, one, None),
            )


def _turn(meeting: str, one: Asked, now: bool | None) -> None:
    """Keep what a person said; what somebody else said meanwhile is told and not overwritten."""
    try:
        review.edit_many(me(), house(), meeting, tuple(_edits(one, now)))
    except DragomanError as error:
        st.toast(explain(error))


def _edits(one: Asked, now: bool | None) -> Iterator[Edit]:
    """Of several that ask the same the first, and every other on which somebody decided."""
    for number, each in enumerate((one, *one.also)):
        said = each.question.ask_now
        if said == now or (number and said is None):
            continue
        spec = each.spec
        yield Edit(
            entity="spec" if spec else "item",
            entity_uid=spec.uid if spec else getattr(each.question, "uid", ""),
            operation="ask",
            field=each.question.id if spec else None,
            before=said,
            after=now,
        )
