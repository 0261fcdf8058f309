"""To the model: what a run would send and where to, word for word; what the runs so far took."""

import json

import streamlit as st
from streamlit.elements.lib.column_types import ColumnConfig

from pipeline.errors import DragomanError
from pipeline.models.model_use import Cost
from pipeline.models.sending import Outgoing, Sending
from pipeline.service import sending as use_cases
from pipeline.service.meetings import MeetingView
from ui.amounts import about, count, lasting
from ui.components.exact import exact
from ui.plain import plain
from ui.sending import (
    addressee,
    carries,
    characters,
    forecast,
    held_up,
    hiding,
    in_order,
    paid,
    site,
    tokens,
    took,
)
from ui.session import explain, house, language, me
from ui.shell import opened
from ui.words.loader import tin


def page() -> None:
    """The page of one meeting."""
    view = opened("model")
    if view is None:
        return
    spent = use_cases.cost(me(), house(), view.meeting.uid)
    try:
        before(view, spent)
    except DragomanError as error:
        st.error(plain(explain(error)))
    after(spent)


def say(key: str, **params: object) -> str:
    """A sentence of what leaves the machine."""
    return tin(language(), f"sending.{key}", **params)


def before(view: MeetingView, spent: Cost) -> None:
    """What would be sent now."""
    if house().rehearsal() is None:
        st.info(say("rules_but" if spent.uses else "rules_page"))
        return
    if view.meeting.recordings and view.transcript is None:
        st.info(say("not_heard"))
        return
    told = use_cases.would_send(me(), house(), view.meeting.uid)
    if told is None or not told.first:
        st.success(say("nothing_left"))
        return
    where(told)
    questions(told)
    then(told)


def where(told: Sending) -> None:
    """Who gets it, about what it takes, and what is hidden from them."""
    if stopped := held_up(told, language()):
        st.warning(plain(stopped))
    left, right = st.columns(2, gap="large")
    with left:
        st.markdown(f"**{say('to')}**")
        st.text(f"{addressee(told, language())} · {told.model}")
        st.text(forecast(told.estimate, language()))
    with right:
        st.markdown(f"**{say('hiding')}**")
        st.text(hiding(told, language()))
        if told.hidden:
            st.dataframe(
                [{"sign": one.sign, "text": one.text} for one in told.hidden],
                column_config={name: say(name) for name in ("sign", "text")},
                hide_index=True,
                height="content" if len(told.hidden) <= 6 else 250,
            )


@st.fragment
def questions(told: Sending) -> None:
    """The questions, one at a time: only this part runs again when another is chosen."""
    st.markdown(f"**{say('questions', count=len(told.first))}**")
    if told.kept:
        st.caption(say("kept", count=told.kept))
    at = st.selectbox(
        say("which"),
        range(len(told.first)),
        format_func=lambda place: _named(place, told.first[place]),
        key="question",
    )
    left, right = st.columns((3, 2), gap="large")
    for message in told.first[at].messages:
        ours = message.role == "system"
        with right if ours else left:
            title = say("part_system" if ours else "part_user")
            exact(message.text, title=title, key=f"exact-{message.role}")
    rest = {name: value for name, value in told.first[at].request.items() if name != "messages"}
    with st.expander(say("part_rest")):
        told_rest = json.dumps(rest, ensure_ascii=False, indent=1)
        exact(told_rest, title=told.host, key="exact-rest")


def _named(place: int, question: Outgoing) -> str:
    size = say("size", characters=count(characters(question)), tokens=about(question.tokens_in))
    return f"{place + 1} · {site(question.site, language())} · {size}"


def then(told: Sending) -> None:
    """What follows, as far as it can be told."""
    if told.later:
        st.markdown(f"**{say('then', count=sum(one.questions for one in told.later))}**")
        st.caption(say("then_help"))
    for one in told.later:
        what = site(one.site, language())
        st.text(say("line", what=what, count=one.questions, carries=carries(one, language())))
    st.caption(say("again"))


def after(spent: Cost) -> None:
    """What the runs so far took."""
    st.markdown(f"**{say('spent')}**")
    if not spent.uses:
        st.caption(tin(language(), "cost.none"))
        return
    st.text(f"{spent.total.model}{say('colon')}{took(spent.total, language())}")
    priced = spent.total.money is not None
    names = (
        "step",
        "requests",
        "kept",
        "sent",
        "received",
        "time",
        *(("money",) if priced else ()),
    )
    rows = [
        {
            "step": site(one.site, language()),
            "requests": count(one.requests),
            "kept": count(one.kept),
            "sent": tokens(one.usage.tokens_in, one, language()),
            "received": tokens(one.usage.tokens_out, one, language()),
            "time": lasting(one.seconds, language()),
            "money": paid(one, language()),
        }
        for one in in_order(spent)
    ]
    st.dataframe(
        [{name: row[name] for name in names} for row in rows],
        column_config={name: _column(name) for name in names},
        hide_index=True,
    )


def _column(name: str) -> ColumnConfig:
    title = tin(language(), f"cost.column.{name}")
    return st.column_config.TextColumn(title, alignment="left" if name == "step" else "right")


page()
