"""What `dragoman model set` did: every line that changed, and what follows from it."""

import os
import re
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from pipeline import bootstrap
from pipeline.addresses import in_the_open, without_password
from pipeline.settings import Settings
from pipeline.settings_files import SETTINGS_FILE, in_file, secrets_file, settings_file
from ui.cli.terminal import visible
from ui.presets import OWN, filled_in, preset_of, presets
from ui.sources import where
from ui.words.loader import t

_VERSIONED = re.compile(r"/v\d+\w*(/|$)")


class Standing(NamedTuple):
    """What the user's two files say."""

    secrets: Mapping[str, object]
    own: Mapping[str, object]

    @property
    def all(self) -> dict[str, object]:
        """Both together."""
        return {**self.own, **self.secrets}


def standing() -> Standing:
    """What they say now.

    Raises:
        InputError: one of them cannot be read.
    """
    secrets, own = secrets_file(), settings_file()
    return Standing(in_file(secrets, str(secrets), broken="secrets_broken"), in_file(own, str(own)))


def told(before: Standing, about: Collection[str], *, key_dropped: bool) -> list[str]:
    """The lines for a person.

    Args:
        before: What stood there.
        about: The settings that were to be set or taken out.
        key_dropped: The key went because it was for another address.
    """
    after = standing()
    changed = [
        *_changed(secrets_file(), before.secrets, after.secrets),
        *_changed(settings_file(), before.own, after.own),
    ]
    no_key = set(about) == {"model_key"} and not before.secrets.get("model_key")
    lines = changed or [t("cli.model.no_key" if no_key else "cli.model.unchanged")]
    if key_dropped:
        lines.append(t("cli.model.key_dropped"))
    lines += _stays(before, after, about)
    lines += _wins(about)
    chosen = bootstrap.settings()
    lines += _hints(chosen, about)
    if changed and chosen.model_url:
        lines.append(t("cli.model.next"))
    return lines


def _changed(
    file: Path, before: Mapping[str, object], after: Mapping[str, object]
) -> Iterator[str]:
    for name in sorted(before.keys() | after.keys()):
        if before.get(name) == after.get(name):
            continue
        if name not in after:
            yield t("cli.model.removed", name=name, file=file)
        elif name == "model_key":
            yield t("cli.model.key_written", file=file)
        else:
            yield t("cli.model.written", name=name, value=_shown(after[name]), file=file)


def _shown(value: object) -> str:
    if isinstance(value, float):
        return f"{value:g}"
    return visible(str(value).lower() if isinstance(value, bool) else value)


def _stays(before: Standing, after: Standing, about: Collection[str]) -> Iterator[str]:
    """What an earlier preset had set for its own model and still holds for another one."""
    was = preset_of(str(before.secrets.get("model_url", "")))
    if was in (None, OWN, preset_of(str(after.secrets.get("model_url", "")))):
        return
    stood = after.all
    left = {
        name: value
        for name, value in filled_in(str(was)).items()
        if name not in about and stood.get(name) == value
    }
    if left:
        what = ", ".join(f"{name} = {_shown(value)}" for name, value in left.items())
        yield t("cli.model.stays", preset=presets()[str(was)]["called"], what=what)


def _wins(about: Collection[str]) -> Iterator[str]:
    for name in sorted(about):
        by = where(name, os.environ, Path())
        if by == "environment":
            yield t("cli.model.wins", name=name, by=f"DRAGOMAN_{name.upper()}")
        elif by == "file":
            yield t("cli.model.wins", name=name, by=SETTINGS_FILE)


def _hints(chosen: Settings, about: Collection[str]) -> Iterator[str]:
    """What is allowed and yet probably not meant."""
    url = without_password(chosen.model_url)
    if "model_url" in about and url:
        if not _VERSIONED.search(url):
            yield t("cli.model.no_version", url=visible(url), better=visible(f"{url}/v1"))
        if in_the_open(chosen.model_url):
            yield t("cli.model.in_the_open", url=visible(url))
    priced = chosen.model_price_in or chosen.model_price_out
    if "model_budget" in about and chosen.model_budget and not priced:
        yield t("cli.model.unpriced")
