"""What goes out: how far it is approved, what the reader sees, the files, a text for a chat."""

from functools import partial

import streamlit as st

from pipeline.models.client_view import ClientView, View
from pipeline.service import documents, review
from pipeline.service.meetings import MeetingView
from ui.asking_text import asking_text
from ui.components.asking import asking
from ui.components.sheet import sheet
from ui.moments import moment
from ui.parcel import archive_of, file_name, folder_of, for_reader, one_file, suffixes
from ui.plain import plain
from ui.session import house, me, t
from ui.shell import opened
from ui.short_text import short_text
from ui.standing import standing

DOCUMENTS = (
    ("minutes", "docx", "minutes.docx"),
    ("minutes", "html", "minutes.html"),
    ("minutes", "md", "minutes.md"),
    ("minutes", "json", "minutes.json"),
    ("specs", "docx", "specs.docx"),
    ("specs", "html", "specs.html"),
    ("specs", "xlsx", "specs.xlsx"),
)
"""What it is, the target, the file of that target."""
ALL = ("docx", "html", "xlsx", "md", "json")
FOR_DEVELOPERS = ("feature", "openspec")
"""Targets that a developer's tools read: a folder each, so an archive each."""


def page() -> None:
    """The page of one meeting."""
    view = opened("export")
    if view is None:
        return
    if view.minutes is None:
        st.info(t("export.not_yet"))
        return
    state(view)
    chosen = readers(view)
    left, right = st.columns([3, 2], gap="large")
    with left:
        preview(chosen)
    with right:
        downloads(view, chosen)
        message(view)
    asking(chosen)


def state(view: MeetingView) -> None:
    """How far it is approved, and by whom."""
    if view.minutes is None:
        return
    found = standing(view.minutes, review.history(me(), house(), view.meeting.uid))
    if found.left:
        key = "export.untouched" if found.left == found.total else "export.left"
        st.warning(t(key, left=found.left, total=found.total))
    elif found.by:
        at = moment(found.at, st.context.timezone or view.project.time_zone)
        st.success(t("export.approved", who=plain(found.by), when=at))
    else:
        st.info(t("export.nothing_approved"))
    if found.ask_client:
        st.caption(t("export.ask_client", count=found.ask_client))
    if found.taken_up:
        st.caption(t("export.taken_up", count=found.taken_up))


def readers(view: MeetingView) -> View:
    """For whom: what is not theirs is left out of everything on this page."""
    names = [one.name for one in view.project.participants if one.side == "client"]
    with st.container(horizontal=True, vertical_alignment="bottom"):
        audience = st.segmented_control(
            t("export.for"),
            options=["client", "us"],
            default="client",
            format_func=lambda one: t(f"export.for_{one}"),
            key="export-for",
            required=True,
        )
        people: list[str] = []
        if audience == "client" and names:
            people = st.multiselect(
                t("export.readers"),
                options=names,
                key="export-readers",
                placeholder=t("export.anyone"),
                width=420,
            )
    chosen = for_reader(view, client=audience != "us", readers=people)
    if isinstance(chosen, ClientView):
        st.caption(t("export.withheld", count=len(chosen.withheld)))
    else:
        st.caption(t("export.all_of_it"))
    return chosen


def preview(view: View) -> None:
    """The pages as their reader will see them."""
    which = st.segmented_control(
        t("export.preview"),
        options=["minutes", "specs"],
        default="minutes",
        format_func=lambda one: t(f"export.{one}"),
        key="export-preview",
        required=True,
    )
    pages = documents.rendered(me(), house(), view, ("html",))
    shown = pages.get(f"{which}.html")
    if shown is None:
        st.info(t("export.no_specs"))
        return
    sheet(
        shown.decode("utf-8"),
        title=t(f"export.{which}"),
        key=f"sheet-{view.meeting.uid}-{view.audience}-{which}",
    )


def downloads(view: MeetingView, chosen: View) -> None:
    """Every file, made when somebody wants it."""
    meeting = view.meeting
    st.markdown(f"**{t('export.files')}**")
    for what in ("minutes", "specs"):
        st.caption(t(f"export.{what}"))
        if what == "specs" and not any(one.review != "rejected" for one in chosen.specs):
            st.caption(t("export.no_specs"))
            continue
        with st.container(horizontal=True, gap="small"):
            for named, target, path in DOCUMENTS:
                if named != what:
                    continue
                st.download_button(
                    t(f"export.as_{target}"),
                    data=partial(one_file, me(), house(), chosen, target, path),
                    file_name=file_name(meeting, t(f"export.{what}"), f".{target}"),
                    key=f"file-{what}-{target}",
                    on_click="ignore",
                )
    if not isinstance(chosen, ClientView):
        _for_developers(view, chosen)
        _transcript(view)
    st.caption(t("export.everything"))
    st.download_button(
        t("export.as_zip"),
        data=partial(archive_of, me(), house(), chosen, _whole(chosen)),
        file_name=file_name(meeting, t(f"export.for_{_audience(chosen)}"), ".zip"),
        mime="application/zip",
        key="file-zip",
        type="primary",
        on_click="ignore",
    )


def _whole(view: View) -> tuple[str, ...]:
    """What the archive of everything holds: a client has no use for a developer's files."""
    return ALL if isinstance(view, ClientView) else (*ALL, *FOR_DEVELOPERS)


def _for_developers(view: MeetingView, chosen: View) -> None:
    if not any(one.review != "rejected" for one in chosen.specs):
        return
    st.caption(t("export.for_developers"), help=t("export.for_developers_help"))
    with st.container(horizontal=True, gap="small"):
        for target in FOR_DEVELOPERS:
            st.download_button(
                t(f"export.as_{target}"),
                data=partial(folder_of, me(), house(), chosen, target),
                file_name=file_name(view.meeting, t(f"export.as_{target}"), ".zip"),
                mime="application/zip",
                key=f"file-{target}",
                on_click="ignore",
            )


def _audience(view: View) -> str:
    return "client" if isinstance(view, ClientView) else "us"


def _transcript(view: MeetingView) -> None:
    if view.transcript is None:
        return
    st.caption(t("export.transcript"))
    with st.container(horizontal=True, gap="small"):
        for suffix in suffixes(view.transcript):
            st.download_button(
                suffix.removeprefix(".").upper(),
                data=partial(documents.transcript_file, me(), house(), view.transcript, suffix),
                file_name=file_name(view.meeting, t("export.transcript"), suffix),
                key=f"file-transcript-{suffix}",
                on_click="ignore",
            )


def message(view: MeetingView) -> None:
    """A text for a chat or a mail: whoever reads this page, it is always for the client."""
    names = st.session_state.get("export-readers") or ()
    chosen = for_reader(view, client=True, readers=names)
    if not isinstance(chosen, ClientView):
        return
    st.markdown(f"**{t('export.message')}**")
    st.code(short_text(chosen), language=None, wrap_lines=True)
    st.caption(t("export.message_help"))
    if questions := asking_text(chosen):
        st.markdown(f"**{t('export.asking_message')}**")
        st.code(questions, language=None, wrap_lines=True)
        st.caption(t("export.asking_help"))


page()
