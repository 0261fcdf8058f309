"""One frozen Settings: from the environment, then dragoman.toml, then what is built in."""

import os
import tomllib
from pathlib import Path
from typing import Any, Literal

import platformdirs
from pydantic import Field, SecretStr
from pydantic_settings import (
    BaseSettings,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    TomlConfigSettingsSource,
)

from pipeline.errors import InputError
from pipeline.words.loader import Language, interface_language

SETTINGS_FILE = "dragoman.toml"


IN_SECRETS = frozenset({"model_url", "model_key", "model_name"})
"""What the secrets file may hold."""
NOT_IN_FILE = frozenset({"database_url", "home", "keep_days", "model_url", "model_key"})
"""Only the environment says where a call's words are kept, for how long, and where they are sent:
a working directory may be anybody's."""


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


class _SecretsFile(PydanticBaseSettingsSource):
    """The user's own file with the key and the address of their model endpoint."""

    def get_field_value(self, field: object, field_name: str) -> tuple[Any, str, bool]:
        """Unused: all values come at once."""
        del field
        return None, field_name, False

    def __call__(self) -> dict[str, Any]:
        path = secrets_file()
        if not path.is_file():
            return {}
        try:
            values = tomllib.loads(path.read_text(encoding="utf-8"))
        except (OSError, ValueError) as error:
            raise InputError("secrets_broken", file=str(path), reason=str(error)) from error
        unknown = sorted(values.keys() - IN_SECRETS)
        if unknown:
            known = ", ".join(sorted(IN_SECRETS))
            raise InputError("settings_unknown", file=str(path), name=unknown[0], known=known)
        return values


def secrets_file() -> Path:
    """Where keys are kept: `DRAGOMAN_SECRETS`, else in the user's own settings folder."""
    named = os.environ.get("DRAGOMAN_SECRETS")
    folder = Path(platformdirs.user_config_dir("dragoman", appauthor=False))
    return Path(named) if named else folder / "secrets.toml"


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
    engine: Literal["rules", "llm", "recorded"] = "rules"
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

    model_answers: Path | None = None
    """Folder of recorded answers, for the engine "recorded"."""
    model_url: str = ""
    """Address of an OpenAI-compatible endpoint, up to and with /v1."""
    model_key: SecretStr = SecretStr("")
    model_name: str = ""
    """Name of the model at that endpoint."""
    model_mode: Literal["auto", "json_schema", "json_object", "tool", "text"] = "auto"
    """How the model is held to a form; "auto" finds out."""
    model_at_once: int = Field(default=4, ge=1, le=64)
    """Questions under way at a time."""
    model_requests_per_minute: int = Field(default=0, ge=0)
    """0 means no limit."""
    model_tokens_per_minute: int = Field(default=0, ge=0)
    """0 means no limit."""
    model_timeout: float = Field(default=180.0, gt=0)
    """Seconds that one answer may take."""
    model_context: int = Field(default=32_000, ge=2_000)
    """Tokens that a question and its answer may have together."""
    model_answer_tokens: int = Field(default=8_000, ge=256)
    """Tokens that an answer may have."""
    model_steps: Literal["whole", "small"] = "whole"
    """How much one question asks for; "small" for models that lose sight of much."""
    model_hide: Literal["nothing", "numbers", "names"] = "numbers"
    """What is hidden from the endpoint: phone, card and similar numbers, or names as well."""
    model_keep_bounds: bool = False
    """Whether lengths and ranges are sent with the form; llama.cpp needs them."""
    model_price_in: float = Field(default=0.0, ge=0)
    """Money for a million tokens of questions; 0 means not known."""
    model_price_cached: float | None = Field(default=None, ge=0)
    """The same for what the endpoint had kept; without it the price of any."""
    model_price_out: float = Field(default=0.0, ge=0)
    """Money for a million tokens of answers."""
    model_budget: float | None = Field(default=None, gt=0)
    """Money that one call may cost; needs the prices."""

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
        in_file = _SettingsFile(settings_cls)
        return init_settings, env_settings, _SecretsFile(settings_cls), in_file
