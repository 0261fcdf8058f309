"""Who sits here and which language they read: the corner at the top right of every page."""

import streamlit as st
from streamlit.errors import StreamlitSecretNotFoundError

from pipeline.words.loader import interface_language
from ui import reviewers
from ui.components.landing import landing
from ui.components.tongue import tongue
from ui.plain import plain
from ui.session import LANGUAGES, language, me, settings, t
from ui.theme import STYLE


def login_configured() -> bool:
    """Whether the desk was told who may vouch for people."""
    try:
        return "auth" in st.secrets
    except (StreamlitSecretNotFoundError, FileNotFoundError):
        return False


def logged_in() -> bool:
    """Whether somebody vouched for this person."""
    return bool(getattr(st.user, "is_logged_in", False))


def locked() -> bool:
    """Whether this person has to log in first."""
    return login_configured() and not logged_in()


def ask_to_log_in() -> None:
    """The only page of a desk with a login, for those who are not."""
    st.subheader("Dragoman", anchor=False)
    st.write(t("who.please"))
    st.button(t("who.login"), type="primary", on_click=st.login)
    choose_language("login")
    tongue(language())
    landing(locked=True)


def corner() -> None:
    """Name and language; what somebody chose stays in the address."""
    _keep_in_address()
    st.html(STYLE)
    with st.container(key="who"):
        with st.popover(plain(me().name)):
            _person()
            choose_language("corner")
        tongue(language())
        if logged_in():
            landing(locked=False)


def choose_name(place: str) -> None:
    """A field for the name, where nobody vouches for one; `place` tells two of them apart."""
    names = list(reviewers.known(settings().home))
    current = me().name
    key = f"who-name-{place}-{current}"
    st.selectbox(
        t("who.name"),
        options=list(dict.fromkeys((current, *names))),
        accept_new_options=True,
        index=0,
        key=key,
        placeholder=t("who.name"),
        on_change=lambda: _named(st.session_state[key]),
    )
    st.caption(t("who.name_help"))


def _person() -> None:
    if not logged_in():
        choose_name("corner")
        return
    st.text(me().name)
    st.button(t("who.logout"), on_click=st.logout)


def _named(name: str | None) -> None:
    wanted = reviewers.cleaned(name or "")
    if not wanted:
        return
    st.session_state["reviewer"] = wanted
    st.query_params["as"] = wanted
    reviewers.remember(settings().home, wanted)


def choose_language(place: str) -> None:
    """A choice of the language of the desk."""
    now = language()
    key = f"who-language-{place}-{now}"
    st.segmented_control(
        t("who.language"),
        options=list(LANGUAGES),
        default=now,
        format_func=lambda one: LANGUAGES[one],
        key=key,
        on_change=lambda: _read_in(st.session_state[key]),
        required=True,
    )


def _read_in(chosen: str | None) -> None:
    if chosen in LANGUAGES:
        st.session_state["language"] = chosen


def _keep_in_address() -> None:
    """Links between pages drop what the address said; a reload forgets all but the address."""
    given = st.query_params.get("as")
    if given and "reviewer" not in st.session_state and not logged_in():
        _named(given)
    wanted = st.session_state.get("reviewer")
    if wanted and given != wanted:
        st.query_params["as"] = wanted
    said = st.query_params.get("lang")
    if said != language() and (said or language() != interface_language()):
        st.query_params["lang"] = language()
