"""One frozen Settings: from the environment, then dragoman.toml, then what is built in."""

from pathlib import Path
from typing import Any, Literal

import platformdirs
from pydantic import Field
from pydantic_settings import (
    BaseSettings,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    TomlConfigSettingsSource,
)

from pipeline.errors import InputError
from pipeline.words.loader import Language, interface_language

SETTINGS_FILE = "dragoman.toml"


NOT_IN_FILE = frozenset({"database_url", "home", "keep_days"})
"""Only the environment says where and for how long a call's words are kept: a working directory
may be anybody's."""


class _SettingsFile(TomlConfigSettingsSource):
    """dragoman.toml in the working directory, without what it may not set."""

    def __call__(self) -> dict[str, Any]:
        values = super().__call__()
        unknown = sorted(values.keys() - self.settings_cls.model_fields.keys())
        if unknown:
            known = ", ".join(sorted(self.settings_cls.model_fields.keys() - NOT_IN_FILE))
            raise InputError("settings_unknown", file=SETTINGS_FILE, name=unknown[0], known=known)
        refused = sorted(NOT_IN_FILE & values.keys())
        if refused:
            raise InputError(
                "settings_not_in_file",
                file=SETTINGS_FILE,
                name=refused[0],
                variable=f"DRAGOMAN_{refused[0].upper()}",
            )
        return values


def _home() -> Path:
    return Path(platformdirs.user_data_dir("dragoman", appauthor=False))


class Settings(BaseSettings):
    """All that can be set. `DRAGOMAN_<NAME>` in the environment wins over dragoman.toml.

    Keys and addresses of model endpoints are not here: they come only from the environment or
    the secrets file, so that a file in a working directory cannot redirect a call's words.
    """

    model_config = SettingsConfigDict(
        frozen=True, extra="ignore", env_prefix="DRAGOMAN_", toml_file=SETTINGS_FILE
    )

    home: Path = Field(default_factory=_home)
    """Folder of the database and the recordings."""
    database_url: str = ""
    """Empty means an SQLite file in `home`."""
    language: Language = Field(default_factory=interface_language)
    """Language of messages and pages; the text of minutes follows the call."""
    engine: Literal["rules"] = "rules"
    speech_model: str = "small"
    """Name, folder, or "demo" for the bundled one."""
    speech_device: Literal["auto", "cpu", "cuda"] = "auto"
    speech_compute: str = "auto"
    """CTranslate2 compute type; "auto" takes int8 on a CPU."""
    speech_threads: int = Field(default=0, ge=0)
    """0 means one a core."""
    speech_batch: int = Field(default=8, ge=1, le=64)
    our_channel: Literal[0, 1] = 0
    """Which channel of a two-line recording is ours."""
    keep_days: int = Field(default=0, ge=0, le=36500)
    """Days for which a meeting is kept after its last change; 0 means for ever."""

    worker_heartbeat: float = Field(default=10.0, ge=0.1, le=3600)
    """Seconds between two signs of life of a worker; three missed ones, and it is taken for dead."""
    speech_at_once: int = Field(default=1, ge=1, le=16)
    """Recordings heard at a time by the workers of a machine."""
    words_at_once: int = Field(default=2, ge=1, le=64)
    """Meetings understood at a time by one worker."""

    @property
    def database(self) -> str:
        """URL of the database."""
        return self.database_url or f"sqlite:///{(self.home / 'dragoman.db').as_posix()}"

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Arguments, environment, dragoman.toml; never a .env file."""
        return init_settings, env_settings, _SettingsFile(settings_cls)
