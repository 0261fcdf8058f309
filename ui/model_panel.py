"""Connecting a model: the form of the settings page, and trying what it says."""

from typing import Any

import streamlit as st

from pipeline import endpoints
from pipeline.addresses import host_of, in_the_open, without_password
from pipeline.doctor import check_endpoint
from pipeline.errors import DragomanError
from pipeline.settings import Settings
from pipeline.settings_files import SETTINGS_FILE, secrets_file
from ui import model_form as form
from ui.amounts import money
from ui.check_line import line
from ui.guard import may_connect
from ui.plain import plain
from ui.presets import OWN, filled_in, preset_of, presets
from ui.session import explain, language, named, settings, settings_now, t, words
from ui.who import login_configured

HIDING = ("nothing", "numbers", "names")
MODES = ("auto", "json_schema", "json_object", "tool", "text")
STEPS = ("whole", "small")
ENGINES = ("rules", "llm")


def panel() -> None:
    """Who reads the calls, the form that changes it, and a try."""
    chosen = settings()
    st.markdown(f"**{t('settings.model')}**")
    _now(chosen)
    if may_connect():
        with st.container(border=True, key="model-form"):
            held = form.fixed()
            _fields(chosen, held)
            _key_and_save(chosen, held)
    else:
        st.info(plain(t("model.refused", file=secrets_file())))
    _trying(chosen)


def _now(chosen: Settings) -> None:
    st.text(named("model.now", chosen.engine))
    if chosen.model_url:
        key = t("settings.key_set" if form.key_is(chosen, "") == "set" else "settings.no_key")
        st.text(f"{chosen.model_name} · {without_password(chosen.model_url)} · {key}")


def _fields(chosen: Settings, held: dict[str, form.Fixed]) -> None:
    for name, value in form.shown(chosen).items():
        st.session_state.setdefault(_key(name), value)
    st.session_state.setdefault(_key("preset"), preset_of(chosen.model_url))
    st.segmented_control(
        t("model.preset"),
        options=list(presets()),
        format_func=lambda one: str(presets()[one].get("called") or t("model.own")),
        key=_key("preset"),
        on_change=_fill,
    )
    if (preset := st.session_state[_key("preset")]) not in (None, OWN):
        st.caption(t(f"model.about.{preset}"))
    left, right = st.columns([3, 2])
    left.text_input(t("model.url"), placeholder="https://…/v1", **_kept("model_url", held))
    right.text_input(t("model.name"), **_kept("model_name", held))
    _warn(chosen)
    _form_of_answers(held)
    with st.expander(t("model.more")):
        _more(held)
    hide, engine = st.columns([2, 3])
    hide.selectbox(
        t("model.hide"),
        options=HIDING,
        format_func=lambda one: t(f"model.hiding.{one}"),
        **_kept("model_hide", held),
    )
    engine.segmented_control(
        t("model.engine"),
        options=list(dict.fromkeys((*ENGINES, chosen.engine))),
        format_func=lambda one: named("model.engines", one),
        required=True,
        **_kept("engine", held),
    )
    st.caption(t("model.leaves"))


def _key(name: str) -> str:
    return f"model-{name}"


def _key_key() -> str:
    """A field for each key: a browser does not always let go of what was typed into one."""
    return _key(f"model_key-{st.session_state.get('model-round', 0)}")


def _kept(name: str, held: dict[str, form.Fixed]) -> dict[str, Any]:
    """What ties a field to its setting; one that is said elsewhere cannot be typed into."""
    by = held.get(name)
    told = words("model.help").get(name)
    if by:
        told = t(f"model.fixed_{by.where}", variable=by.variable, file=SETTINGS_FILE)
    return {"key": _key(name), "disabled": by is not None, "help": told}


def _warn(chosen: Settings) -> None:
    """What would happen to a key, before it does."""
    url = str(st.session_state[_key("model_url")])
    if form.key_is(chosen, url) == "other_host":
        was = host_of(chosen.model_url) or t("model.no_address")
        st.warning(plain(t("model.key_stays", was=was, url=host_of(url))))
    if in_the_open(url):
        st.warning(plain(t("model.in_the_open", url=host_of(url))))


def _key_and_save(chosen: Settings, held: dict[str, form.Fixed]) -> None:
    """In a form of their own: a field for a password forgets what nobody confirmed."""
    state = form.key_is(chosen, str(st.session_state[_key("model_url")]))
    with st.form("model-key", border=False):
        st.text_input(
            t("model.key"),
            type="password",
            autocomplete="off",
            placeholder=t(f"model.key_{state}"),
            **(_kept("model_key", held) | {"key": _key_key()}),
        )
        if state == "set" and "model_key" not in held:
            st.checkbox(t("model.forget"), key=_key("forget"))
        if login_configured():
            st.caption(t("model.everybody"))
        st.form_submit_button(
            t("model.save"), type="primary", key="model-save", on_click=_save, args=(chosen,)
        )
    said = st.session_state.pop("model-said", None)
    if said is not None:
        ok, told = said
        (st.success if ok else st.error)(plain(told))


def _form_of_answers(held: dict[str, form.Fixed]) -> None:
    context, answer, mode, steps = st.columns(4)
    with context:
        _number("model_context", held, low=8_000, step=1_000)
    with answer:
        _number("model_answer_tokens", held, low=256, step=500)
    with mode:
        st.selectbox(
            t("model.mode"),
            options=MODES,
            format_func=lambda one: t(f"model.modes.{one}"),
            **_kept("model_mode", held),
        )
    with steps:
        st.selectbox(
            t("model.steps"),
            options=STEPS,
            format_func=lambda one: t(f"model.by_steps.{one}"),
            **_kept("model_steps", held),
        )


def _more(held: dict[str, form.Fixed]) -> None:
    pace, prices = st.columns(2)
    with pace:
        _number("model_at_once", held, low=1, high=64, step=1)
        _number("model_timeout", held, low=1.0, step=30.0)
        _number("model_requests_per_minute", held, low=0, step=10)
        _number("model_tokens_per_minute", held, low=0, step=10_000)
    with prices:
        _number("model_price_in", held, low=0.0, step=0.1)
        _number("model_price_cached", held, low=0.0, step=0.1)
        _number("model_price_out", held, low=0.0, step=0.1)
        _number("model_budget", held, low=0.0, step=0.5)
    st.checkbox(t("model.bounds"), **_kept("model_keep_bounds", held))


def _number(
    name: str,
    held: dict[str, form.Fixed],
    *,
    low: float,
    step: float,
    high: float | None = None,
) -> None:
    st.number_input(
        t(f"model.field.{name}"),
        min_value=low,
        max_value=high,
        step=step,
        value=None,
        **_kept(name, held),
    )


def _fill() -> None:
    """Fill in what a preset says, but nothing that is said elsewhere.

    The preset of the endpoint that is saved brings back what is saved of it.
    """
    preset = st.session_state[_key("preset")]
    if preset is None:
        return
    held, chosen = form.fixed(), settings()
    wanted = {"model_url": "", "model_name": ""} | filled_in(preset)
    if preset_of(chosen.model_url) == preset:
        saved = form.shown(chosen)
        wanted = {name: saved[name] for name in wanted}
    for name, value in wanted.items():
        if name not in held:
            st.session_state[_key(name)] = value


def _typed() -> dict[str, object]:
    return {name: st.session_state[_key(name)] for name in form.FIELDS}


def _save(chosen: Settings) -> None:
    """Write the form; the key leaves the session with it."""
    key = str(st.session_state.get(_key_key()) or "")

    forget = bool(st.session_state.get(_key("forget")))
    st.session_state.pop("model-found", None)
    try:
        if not may_connect():  # the desk was opened, or the login ended, after the page was drawn
            return
        done = form.save(_typed(), chosen, key=key, forget=forget)
        settings_now()
    except DragomanError as error:
        st.session_state["model-said"] = (False, explain(error))
        return
    for name in (*form.FIELDS, "preset", "forget"):
        st.session_state.pop(_key(name), None)
    st.session_state.pop(_key_key(), None)
    st.session_state["model-round"] = st.session_state.get("model-round", 0) + 1
    told = t("model.saved_keyless" if done.key_dropped else "model.saved")
    st.session_state["model-said"] = (True, told)


def _trying(chosen: Settings) -> None:
    """Ask the model that is set, saying beforehand what that costs."""
    if not chosen.model_url or not chosen.model_name:
        return
    unsaved = may_connect() and _typed() != form.shown(chosen)
    found = st.container(key="model-found")  # above the buttons: there it is in sight
    with st.container(horizontal=True, vertical_alignment="center"):
        short = st.button(t("settings.model_test"), key="model-test", disabled=unsaved)
        long = may_connect() and st.button(
            t("model.test_long"), key="model-test-long", disabled=unsaved
        )
        st.caption(t("model.unsaved") if unsaved else _cost(chosen))
    with found:
        if short or long:
            _try(chosen, long=bool(long))
        for one in st.session_state.get("model-found", ()):
            line(one)


def _cost(chosen: Settings) -> str:
    cost = endpoints.long_question(chosen)
    price = "" if cost.money is None else t("model.money", money=money(cost.money, guessed=True))
    return t("model.cost", tokens=f"{cost.tokens:,}", money=price)


def _try(chosen: Settings, *, long: bool) -> None:
    mine = chosen.model_copy(update={"language": language()})
    with st.status(t("settings.asking"), expanded=True) as status:

        def told(step: str) -> None:
            st.text(t(f"model.step.{step}"))

        st.session_state["model-found"] = check_endpoint(mine, long=long, told=told)
        status.update(label=t("model.asked"), state="complete", expanded=False)
