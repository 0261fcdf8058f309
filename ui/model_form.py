"""The form that connects a model: what stands in its fields, and what becomes of them."""

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Literal, NamedTuple

from pipeline import setting_up
from pipeline.addresses import host_of, same_place, without_password
from pipeline.settings import Settings
from ui.sources import where

FIELDS = (
    "engine",
    "model_url",
    "model_name",
    "model_hide",
    "model_context",
    "model_answer_tokens",
    "model_mode",
    "model_steps",
    "model_at_once",
    "model_requests_per_minute",
    "model_tokens_per_minute",
    "model_timeout",
    "model_keep_bounds",
    "model_price_in",
    "model_price_cached",
    "model_price_out",
    "model_budget",
)
"""All settings of the form but the key."""

KeyIs = Literal["set", "none", "other_host"]


class Fixed(NamedTuple):
    """What says a value that the form therefore cannot change."""

    where: Literal["environment", "file"]
    variable: str


def fixed(
    environment: Mapping[str, str] = os.environ, folder: Path | None = None
) -> dict[str, Fixed]:
    """Settings whose value comes from the environment or the working directory's file."""
    found = {}
    for name in (*FIELDS, "model_key"):
        by = where(name, environment, folder or Path())
        if by in ("environment", "file"):
            found[name] = Fixed(by, f"DRAGOMAN_{name.upper()}")
    return found


def shown(chosen: Settings) -> dict[str, object]:
    """What stands in the fields: no key, and no password in an address."""
    values = {name: getattr(chosen, name) for name in FIELDS}
    return values | {"model_url": without_password(chosen.model_url)}


def key_is(chosen: Settings, url: str) -> KeyIs:
    """Whether a key is set, and whether it may go to this address."""
    if not chosen.model_key.get_secret_value():
        return "none"
    same = not host_of(url) or same_place(url, chosen.model_url)
    return "set" if same else "other_host"


def save(
    typed: Mapping[str, object], chosen: Settings, *, key: str, forget: bool
) -> setting_up.Written:
    """Write what was changed in the form; what nobody touched stays to the letter.

    Args:
        typed: What stands in the fields.
        chosen: The settings that they showed.
        key: What was typed as a key; empty keeps the one that is set.
        forget: Take the key out.

    Raises:
        InputError: a value does not fit; nothing was written.
        StorageError: a file refuses.
    """
    before, held = shown(chosen), fixed()
    changed = {
        name: value for name, value in typed.items() if name not in held and value != before[name]
    }
    new = None if "model_key" in held else (key.strip() or ("" if forget else None))
    return setting_up.write(changed, key=new)
