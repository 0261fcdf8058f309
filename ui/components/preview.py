"""What was read of a file before anything is made of it, and another way to read it."""

import datetime as dt
from collections.abc import Callable, Sequence

import streamlit as st

from pipeline.errors import NotFoundError
from pipeline.models.transcript import Dropped, Segment
from pipeline.service import previews
from pipeline.service.previews import Preview, Refused, Speaker
from pipeline.service.upload_chunk import Upload
from ui.components.dropped import by_reasons
from ui.components.intake_form import take_over
from ui.heard import Known, heard
from ui.lengths import clock
from ui.plain import plain
from ui.session import house, language, me, settings, t
from ui.shapes import called, explained, facts, in_order

FOUND = ""
"""The choice that takes another choice back."""
LONGEST = 160
"""Characters of a turn that are shown."""
NAMES = 8
"""Speakers in one sentence."""


def previewed(
    one: Upload,
    shape: str | None,
    keep: Callable[[str | None], bool],
    known: Known,
    *,
    folded: bool,
) -> None:
    """Draw what was read of a complete upload; nothing for a recording.

    Args:
        one: the upload.
        shape: what it is to be read as; None where that is found out.
        keep: keeps another choice.
        known: what is known of the call.
        folded: whether turns and people only show when somebody asks for them.
    """
    try:
        found = _looked(str(settings().home), me().id, one.id, shape)
    except NotFoundError:  # handed over meanwhile
        return
    if found is None:
        return
    with st.container(key=f"preview-{one.id}", gap="xsmall"):
        # Drawn anew where it was chosen in another window.
        chosen = choice(f"preview-as-{one.id}-{shape}", found, shape)
        if chosen != shape and keep(chosen):
            st.rerun()
        if isinstance(found, Preview) and not (
            folded and not st.toggle(t("preview.show"), key=f"preview-show-{one.id}")
        ):
            first_turns(found)
            _lines(found.dropped, found.dropped_count)
            _people(one.id, found.speakers, known)


@st.cache_resource(max_entries=64, show_spinner=False)
def _looked(home: str, actor: str, upload: str, shape: str | None) -> Preview | Refused | None:
    """A complete upload never changes under its id, and the same is read of it each time."""
    del home, actor
    return previews.preview(me(), house(), upload, shape)


def choice(
    key: str, found: Preview | Refused, shape: str | None, *, back: bool = True
) -> str | None:
    """One line: what came of it, and what else it can be read as; the choice.

    Args:
        key: of the widget.
        found: what came of it.
        shape: what was chosen before; None where nothing was.
        back: whether a choice can be taken back, to what it looks like.
    """
    known = previews.shapes(me(), house())
    options = [*([FOUND] if shape and back else []), *in_order(known, language())]
    with st.container(horizontal=True, vertical_alignment="center", key=f"preview-line-{key}"):
        told = outcome(found, shape)
        if isinstance(found, Refused):
            st.warning(plain(told), width="stretch")
        else:
            st.caption(plain(told), width="stretch")
        chosen = st.selectbox(
            t("preview.as"),
            options,
            index=options.index(shape) if shape in options else None,
            format_func=lambda one: called(one, language()) if one else t("preview.found"),
            placeholder=t("preview.as"),
            key=key,
            width=230,
            label_visibility="collapsed",
        )
    return chosen or None


def outcome(found: Preview | Refused, shape: str | None) -> str:
    """What came of reading a file, in one line."""
    if isinstance(found, Refused):
        why = explained(found.error, language())
        if shape is None:
            return why
        return t("preview.nothing", shape=called(shape, language()), why=why)
    told = facts(
        found.turns, len(found.speakers), found.lost_count, language(), length=found.length
    )
    read_as = t("preview.read_as", shape=called(found.shape, language()))
    return " · ".join(filter(None, (read_as, found.title, str(found.date or ""), told)))


def first_turns(found: Preview) -> None:
    """The first turns as they were understood; without a column that nothing stands in."""
    timed = any(one.start is not None for one in found.first)
    named = any(one.speaker for one in found.first)
    for one in found.first:
        with st.container(horizontal=True, vertical_alignment="top"):
            if timed:
                st.text(when(one, found), width=62 if found.kind == "call" else 92)
            if named:
                st.text(one.speaker or "–", width=110)
            st.text(_short(one.text), width="stretch")
    if found.turns > len(found.first):
        st.caption(t("preview.and_more", count=found.turns - len(found.first)))


def when(one: Segment, found: Preview) -> str:
    """Its place in the call; of a chat, which goes over days, the moment."""
    if one.start is None:
        return "–"
    if found.kind == "call":
        return clock(one.start)
    return f"{found.began + dt.timedelta(seconds=one.start):%m-%d %H:%M}" if found.began else "–"


def _short(text: str) -> str:
    told = " ".join(text.split())
    return told if len(told) <= LONGEST else f"{told[: LONGEST - 1]}…"


def _lines(dropped: Sequence[Dropped], count: int) -> None:
    """What was not understood, folded."""
    if not count:
        return
    with st.expander(t("preview.lines", count=count)):
        by_reasons(dropped, most=len(dropped))
        if count > len(dropped):
            st.caption(t("unsaid.more", count=count - len(dropped)))


def _people(key: str, speakers: Sequence[Speaker], known: Known) -> None:
    """Who speaks, and one click that fills them into the form."""
    if not speakers:
        return
    found = heard(speakers, known)
    with st.container(horizontal=True, vertical_alignment="center"):
        st.caption(plain(t("preview.speakers", names=_names(speakers))), width="stretch")
        if found.people:
            st.button(
                t("preview.take_over", count=len(found.people)),
                key=f"take-over-{key}",
                on_click=take_over,
                args=(found.people,),
            )
    if found.later:
        names = t("preview.comma").join(found.later[:NAMES])
        st.caption(plain(t("preview.later", names=names)))


def _names(speakers: Sequence[Speaker]) -> str:
    few = [t("preview.speaker", name=one.name, count=one.turns) for one in speakers[:NAMES]]
    told, more = t("preview.comma").join(few), len(speakers) - NAMES
    return t("preview.more_speakers", names=told, count=more) if more > 0 else told
