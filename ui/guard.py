"""Whether whoever looks at this page may change where calls are sent, and with which key."""

import streamlit as st

from ui.server import LOOPBACK
from ui.who import logged_in, login_configured


def may_connect() -> bool:
    """Whoever logged in; without a login only somebody at this very computer.

    A desk that listens here alone can still be reached through a proxy or a tunnel: then the
    address in the browser is another one.
    """
    if login_configured():
        return logged_in()
    return st.get_option("server.address") in LOOPBACK and _asked_for_here()


def _asked_for_here() -> bool:
    host = st.context.headers.get("Host") or ""
    name = host.rpartition(":")[0] if ":" in host and not host.endswith("]") else host
    return name.strip("[]") in ("", *LOOPBACK)
