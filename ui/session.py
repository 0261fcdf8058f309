"""What a page needs of whoever looks at it: the house, their name, their language."""

import gc
import getpass
from dataclasses import replace
from functools import cache, partial

import streamlit as st

from pipeline import bootstrap, endpoints
from pipeline.errors import DragomanError
from pipeline.models.actor import Actor
from pipeline.service.house import House
from pipeline.settings import Settings
from pipeline.words.loader import Language, interface_language, say, table
from ui.words.loader import tin

LANGUAGES: dict[Language, str] = {"zh": "中文", "en": "English"}


@st.cache_resource(show_spinner=False)
def house() -> House:
    """The house, built once for all who look at the desk."""
    # Pages draft nothing, and a model that is set half must not keep anybody from setting it.
    built = bootstrap.house(settings().model_copy(update={"engine": "rules"}))
    built = replace(built, rehearsal=partial(endpoints.rehearsal, settings_now, built.tools.store))
    gc.freeze()  # what is loaded by now stays: looking for garbage in it holds everybody up
    return built


@cache
def settings() -> Settings:
    """The settings as they were when somebody last looked: see `settings_now`."""
    return bootstrap.settings()


def settings_now() -> Settings:
    """The settings as the files have them now, for all pages.

    Raises:
        InputError: a file does not hold any more; all pages keep what they had.
    """
    bootstrap.settings()
    settings.cache_clear()
    return settings()


def language() -> Language:
    """The language this person reads; that of the program until they choose."""
    chosen = st.session_state.get("language") or st.query_params.get("lang")
    return chosen if chosen in LANGUAGES else interface_language()


def t(key: str, **params: object) -> str:
    """A sentence of the desk in this person's language."""
    return tin(language(), f"desk.{key}", **params)


def explain(error: DragomanError) -> str:
    """What went wrong, in this person's language."""
    return say(f"error.{error.code}", language(), **error.params)


def me() -> Actor:
    """Whoever sits here: by their login where there is one, else by the name they gave."""
    if getattr(st.user, "is_logged_in", False):
        name = str(st.user.get("name") or st.user.get("email"))
        return Actor(id=f"login:{st.user.get('sub') or name}", name=name, via="desk")
    name = str(st.session_state.get("reviewer") or st.query_params.get("as") or _system_name())
    return Actor(id=f"local:{name}", name=name, via="desk")


def _system_name() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return "local"


def words(prefix: str) -> dict[str, str]:
    """All sentences under a key, by the rest of it, for what is drawn in the browser."""
    return _words(language(), prefix)


@cache
def _words(language: Language, prefix: str) -> dict[str, str]:
    start = f"desk.{prefix}."
    return {
        key.removeprefix(start): text
        for key, text in table("ui.words", language).items()
        if key.startswith(start)
    }


def named(prefix: str, name: str) -> str:
    """What a value is called in this person's language; the value itself where nothing is."""
    return words(prefix).get(name, name)
