"""The desk's server: Streamlit with our own routes and headers beside it."""

from importlib.resources import files
from pathlib import Path
from typing import Any

import streamlit as st
from starlette.middleware import Middleware
from starlette.routing import BaseRoute

from ui.routes import upload
from ui.routes.audio import audio_route
from ui.routes.headers import SecurityHeaders
from ui.routes.heard import heard_route
from ui.routes.hung_up import HungUp
from ui.session import house
from ui.session import settings as chosen
from ui.theme import THEME

SCRIPT = Path(str(files("ui"))) / "app.py"
LOOPBACK = ("127.0.0.1", "localhost", "::1")


def application() -> st.App:
    """The desk as an ASGI application."""
    around = [Middleware(SecurityHeaders), Middleware(HungUp)]
    return st.App(SCRIPT, routes=routes(), middleware=around)


def routes() -> list[BaseRoute]:
    """What the desk answers besides its pages."""
    return [
        audio_route(house, lambda: chosen().home),
        heard_route(house, lambda: chosen().home),
        *upload.routes(),
    ]


def run(host: str, port: int) -> None:
    """Serve the desk until stopped."""
    application().run(config=settings(host, port))


def settings(host: str, port: int) -> dict[str, Any]:
    """What Streamlit is told; nothing of it is read from the working directory."""
    return {
        "server.address": host,
        "server.port": port,
        "server.headless": True,
        "server.fileWatcherType": "none",
        "server.maxUploadSize": 50,
        "browser.gatherUsageStats": False,
        "browser.serverAddress": "127.0.0.1" if host in LOOPBACK else host,
        "client.toolbarMode": "minimal",
        "client.showErrorDetails": "none",
        "runner.magicEnabled": False,
        "logger.level": "warning",
        "logger.hideWelcomeMessage": True,
        **THEME,
    }
