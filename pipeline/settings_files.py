"""The files that settings come from, and what each of them may not say."""

import os
import tomllib
from collections.abc import Mapping, Set
from pathlib import Path
from typing import Any

import platformdirs
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource

from pipeline.addresses import same_place
from pipeline.errors import InputError

SETTINGS_FILE = "dragoman.toml"
IN_SECRETS = frozenset({"model_url", "model_key", "model_name"})
"""What the secrets file may hold."""
NOT_IN_FILE = frozenset({"database_url", "home", "keep_days", "model_url", "model_key"})
"""Only the environment says where a call's words are kept, for how long, and where they are sent:
a working directory may be anybody's."""

SENT: Mapping[str, Mapping[str, int]] = {
    "engine": {"rules": 0, "recorded": 0, "llm": 1},
    "model_hide": {"names": 0, "numbers": 1, "nothing": 2},
}
"""Settings that decide how much of a call is sent: the more, the higher."""


class TomlFile(PydanticBaseSettingsSource):
    """The values of one file, without what it may not set."""

    def __init__(self, settings_cls: type[BaseSettings], path: Path, shown: str) -> None:
        super().__init__(settings_cls)
        self.path = path
        self.shown = shown

    def get_field_value(self, field: object, field_name: str) -> tuple[Any, str, bool]:
        """Unused: all values come at once."""
        del field
        return None, field_name, False

    def __call__(self) -> dict[str, Any]:
        """What the file says; refuses a name that it may not set."""
        values = in_file(self.path, self.shown)
        self._check_known(values, self.settings_cls.model_fields.keys() - NOT_IN_FILE)
        return values

    def _check_known(self, values: Mapping[str, object], known: Set[str]) -> None:
        for name in sorted(values.keys() - known):
            if name in NOT_IN_FILE and name in self.settings_cls.model_fields:
                variable = f"DRAGOMAN_{name.upper()}"
                raise InputError(
                    "settings_not_in_file", file=self.shown, name=name, variable=variable
                )
            known_names = ", ".join(sorted(known))
            raise InputError("settings_unknown", file=self.shown, name=name, known=known_names)


class FolderFile(TomlFile):
    """The file in the working directory: it may send less than the user's own settings, not more."""

    def __init__(self, settings_cls: type[BaseSettings], own: TomlFile) -> None:
        super().__init__(settings_cls, Path(SETTINGS_FILE), SETTINGS_FILE)
        self.own = own

    def __call__(self) -> dict[str, Any]:
        """The same; refuses what sends more of a call than the user's own settings do."""
        values = super().__call__()
        for name in values.keys() & (SENT.keys() - self.current_state.keys()):
            self._check_sent(name, str(values[name]))
        return values

    def _check_sent(self, name: str, value: str) -> None:
        own = str(self.own().get(name, self.settings_cls.model_fields[name].default))
        if SENT[name].get(value, 0) > SENT[name].get(own, 0):
            raise InputError(
                "settings_folder_sends_more",
                file=self.shown,
                name=name,
                value=value,
                own=own,
                own_file=self.own.shown,
                variable=f"DRAGOMAN_{name.upper()}",
            )


class SecretsFile(TomlFile):
    """The user's own file with the key and the address of their model endpoint."""

    def __call__(self) -> dict[str, Any]:
        """What the file says; without a key that was entered for another host."""
        values = in_file(self.path, self.shown, broken="secrets_broken")
        for name in sorted(values.keys() - IN_SECRETS):
            known = ", ".join(sorted(IN_SECRETS))
            raise InputError("settings_unknown", file=self.shown, name=name, known=known)
        if key_held_back(values):
            values.pop("model_key")
        return values


def in_file(path: Path, shown: str, *, broken: str = "settings_file_broken") -> dict[str, Any]:
    """What a settings file says; nothing where there is none.

    Raises:
        InputError: it cannot be read, or is no TOML.
    """
    if not path.is_file():
        return {}
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise InputError(broken, file=shown, reason=str(error)) from error


def secrets_file() -> Path:
    """Where keys are kept: `DRAGOMAN_SECRETS`, else in the user's own settings folder."""
    return _own("DRAGOMAN_SECRETS", "secrets.toml")


def settings_file() -> Path:
    """The user's own settings: `DRAGOMAN_SETTINGS`, else in their own settings folder."""
    return _own("DRAGOMAN_SETTINGS", "settings.toml")


def _own(variable: str, name: str) -> Path:
    named = os.environ.get(variable)
    folder = Path(platformdirs.user_config_dir("dragoman", appauthor=False))
    return Path(named) if named else folder / name


def meant_for(in_secrets: Mapping[str, object]) -> str:
    """The address that the key of the secrets file is for; empty where nothing says so.

    One without an address in the file is for the one that the environment names, and no other.
    """
    given = {name.upper(): value for name, value in os.environ.items()}
    return str(in_secrets.get("model_url") or given.get("DRAGOMAN_MODEL_URL") or "")


def key_held_back(in_secrets: Mapping[str, object]) -> bool:
    """Whether the key of the secrets file was entered for another host than the one in use.

    The environment may name another address than the file; a key goes only where it was meant to.
    """
    given = {name.upper(): value for name, value in os.environ.items()}
    url, file_url = given.get("DRAGOMAN_MODEL_URL"), in_secrets.get("model_url")
    if not url or not file_url or "DRAGOMAN_MODEL_KEY" in given or not in_secrets.get("model_key"):
        return False
    return not same_place(url, str(file_url))
