"""What was heard or read and not taken as speech: where it stands, its words, and why."""

from collections.abc import Sequence

import streamlit as st

from pipeline.models.meeting import Meeting
from pipeline.models.moments import moment
from pipeline.models.transcript import Dropped
from ui.lengths import clock
from ui.plain import plain
from ui.session import named, t
from ui.turns import by_reason


def by_reasons(dropped: Sequence[Dropped], *, most: int, meeting: Meeting | None = None) -> None:
    """Draw it by reason, the most frequent first; of each reason so many lines."""
    for reason, some in by_reason(dropped).items():
        told = named("unsaid.reason", reason.replace(" ", "_"))
        st.markdown(f"**{plain(told)}** · {len(some)}")
        st.text("\n".join(_line(one, meeting) for one in some[:most]))
        if len(some) > most:
            st.caption(t("unsaid.more", count=len(some) - most))


def _line(one: Dropped, meeting: Meeting | None) -> str:
    if meeting and (told := moment(meeting, one.start)):
        at = told
    elif one.start is not None:
        at = f"{clock(one.start)} – {clock(one.end)}" if one.end is not None else clock(one.start)
    else:
        at = t("unsaid.line", number=one.line) if one.line is not None else ""
    return f"{at}  {one.text or t('unsaid.no_words')}".strip()
