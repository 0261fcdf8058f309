"""Whether whoever looks at this page may change where calls are sent, and with which key."""

from collections.abc import Mapping

import streamlit as st

from ui.server import LOOPBACK
from ui.who import logged_in, login_configured

FORWARDED = ("forwarded", "via", "x-real-ip", "x-client-ip", "true-client-ip", "cf-connecting-ip")
"""Headers that a proxy or a tunnel adds, besides those that begin with `x-forwarded`."""


def may_connect() -> bool:
    """Whoever logged in; without a login only somebody at this very computer.

    A desk that listens here alone can still be reached through a proxy or a tunnel. Some keep
    the address of the browser, and some do not, but then say for whom they ask.
    """
    if login_configured():
        return logged_in()
    return st.get_option("server.address") in LOOPBACK and _asked_for_here(st.context.headers)


def _asked_for_here(headers: Mapping[str, str]) -> bool:
    told = {name.lower(): value for name, value in headers.items()}
    if any(name in FORWARDED or name.startswith("x-forwarded") for name in told):
        return False
    origin = told.get("origin")
    if origin is not None and _name(origin.partition("://")[2]) not in LOOPBACK:
        return False
    return _name(told.get("host", "")) in ("", *LOOPBACK)


def _name(host: str) -> str:
    """A host without its port."""
    name = host.rpartition(":")[0] if ":" in host and not host.endswith("]") else host
    return name.strip("[]")
