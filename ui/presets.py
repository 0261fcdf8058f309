"""Endpoints that many people use, as data: what the form fills in for each."""

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from types import MappingProxyType

from pipeline.addresses import host_of

OWN = "own"
"""The preset of an address that is in no list."""


@cache
def presets() -> Mapping[str, Mapping[str, object]]:
    """Values of settings by preset, in the order in which they are offered."""
    text = (files("ui") / "presets.toml").read_text(encoding="utf-8")
    return MappingProxyType(tomllib.loads(text))


def filled_in(name: str) -> dict[str, object]:
    """What a preset says about settings."""
    return {key: value for key, value in presets()[name].items() if key != "called"}


def preset_of(url: str) -> str | None:
    """The preset whose address this is; None where there is no address yet."""
    if not url:
        return None
    same = (
        name
        for name, one in presets().items()
        if host_of(str(one.get("model_url"))) == host_of(url)
    )
    return next(same, OWN)
