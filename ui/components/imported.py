"""Where the words of an imported call come from, what was not understood, another way to read it."""

from collections.abc import Sequence

import streamlit as st

from pipeline.errors import DragomanError
from pipeline.models.meeting import Meeting, Source
from pipeline.models.transcript import Dropped
from pipeline.service import previews, rereading
from pipeline.service.meetings import MeetingView
from pipeline.service.previews import Preview, Refused
from ui.components.dropped import by_reasons
from ui.components.preview import choice, first_turns
from ui.components.unfinished import read_anew
from ui.plain import plain
from ui.session import house, language, me, settings, t
from ui.shapes import called, explained

LINES = 100
"""Lines of one reason that are shown."""
REFUSED = "imported-refused"


def imported(view: MeetingView) -> None:
    """Draw one quiet line; nothing where the call was heard."""
    if view.meeting.recordings or not view.meeting.sources or view.meeting.join:
        return
    dropped = view.transcript.dropped if view.transcript else ()
    as_it_is = previews.as_it_is(view.meeting, view.transcript) if view.transcript else None
    _line(view.meeting, view.meeting.sources[0], as_it_is, dropped)


@st.fragment
def _line(
    meeting: Meeting, source: Source, as_it_is: Preview | None, dropped: Sequence[Dropped]
) -> None:
    """Draw it; what it is given stays in memory for as long as somebody looks at the page."""
    told = t("imported.line", shape=called(source.shape, language()), file=source.name)
    if as_it_is and (lost := as_it_is.lost_count):
        told = f"{told} · {t('imported.dropped', count=lost)}"
    with st.container(
        horizontal=True, vertical_alignment="center", key=f"trust-from-{meeting.uid}"
    ):
        st.caption(plain(told), width="content")
        with st.popover(t("imported.more"), width="content"):
            by_reasons(dropped, most=LINES, meeting=meeting)
            _otherwise(meeting, source, as_it_is)


def _otherwise(meeting: Meeting, source: Source, as_it_is: Preview | None) -> None:
    """Choose another reading, see what it would be, and have it."""
    key = f"preview-as-{meeting.uid}"
    shape = st.session_state.get(key) or source.shape
    found: Preview | Refused | None = as_it_is
    if as_it_is is None or shape != source.shape:
        found = _looked(str(settings().home), source.sha256, meeting.uid, shape)
    if found is None:
        return
    choice(key, found, shape, back=False)
    if isinstance(found, Refused):
        return
    first_turns(found)
    if shape == source.shape:
        st.caption(t("imported.same"))
        return
    st.caption(t("imported.help"))
    if st.button(t("imported.again"), key=f"imported-again-{meeting.uid}", type="primary"):
        _again(meeting.uid, shape)
        st.rerun()
    if refused := st.session_state.pop(REFUSED, None):
        st.warning(plain(refused))


@st.cache_resource(max_entries=32, show_spinner=False)
def _looked(home: str, sha256: str, meeting: str, shape: str) -> Preview | Refused | None:
    """The same file read as the same gives the same."""
    del home, sha256
    return previews.of_meeting(me(), house(), meeting, shape)


def _again(meeting: str, shape: str) -> None:
    try:
        rereading.reread(me(), house(), meeting, shape)
    except DragomanError as error:
        st.session_state[REFUSED] = explained(error, language())


def other_words(view: MeetingView) -> None:
    """Say that the minutes still rest on another reading, with the way to make them anew."""
    shape = called(view.meeting.sources[0].shape, language())
    read_anew(view.meeting.uid, t("imported.other_words", shape=shape))
