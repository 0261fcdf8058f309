"""Components of our own: their HTML, CSS and JS lie in `assets` and load nothing from outside."""

from functools import cache
from importlib.resources import files
from typing import Any

import streamlit as st

ASSETS = files("ui.components") / "assets"


@cache
def part(name: str, *shared: str) -> Any:  # noqa: ANN401 - the library's own callable
    """The component `name`, with the JS and the look of `shared` before its own, and the common look.

    Foreign text reaches the page only as `textContent`; a test holds that no asset says
    otherwise.
    """
    js = "\n".join(read(f"{one}.js") for one in (*shared, name))
    return st.components.v2.component(
        f"dragoman.{name}",
        html=read(f"{name}.html"),
        css="".join(read(f"{one}.css") for one in ("base", *shared, name)),
        js=js,
    )


def read(name: str) -> str:
    """An asset as text; empty where there is none."""
    asset = ASSETS / name
    return asset.read_text(encoding="utf-8") + "\n" if asset.is_file() else ""
