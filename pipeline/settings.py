"""One frozen Settings: from the environment, the files, then what is built in."""

from collections.abc import Mapping
from pathlib import Path
from typing import Literal

import platformdirs
from pydantic import Field, SecretStr, ValidationError
from pydantic_settings import (
    BaseSettings,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
)

from pipeline.errors import InputError
from pipeline.settings_files import (
    IN_SECRETS,
    FolderFile,
    SecretsFile,
    TomlFile,
    secrets_file,
    settings_file,
)
from pipeline.words.loader import Language, interface_language


def _home() -> Path:
    return Path(platformdirs.user_data_dir("dragoman", appauthor=False))


class Settings(BaseSettings):
    """All that can be set. `DRAGOMAN_<NAME>` in the environment wins over every file.

    Keys and addresses of model endpoints are not here: they come only from the environment or
    the secrets file, so that a file in a working directory cannot redirect a call's words.
    """

    model_config = SettingsConfigDict(frozen=True, extra="ignore", env_prefix="DRAGOMAN_")

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
    speech_word_times: bool = False
    """Whether every word gets its times; hearing takes longer."""
    our_channel: Literal[0, 1] = 0
    """Which channel of a two-line recording is ours."""
    voices_segmentation: str = ""
    """File or folder of the model that finds where a voice changes; empty: nobody is told apart."""
    voices_embedding: str = ""
    """File or folder of the model that tells what a voice sounds like."""
    voices_threshold: float = Field(default=0.5, gt=0, lt=2)
    """Cosine distance of two voices from which on they are two people."""
    voices_count: int = Field(default=0, ge=0, le=100)
    """How many people speak on one line; 0 where that is not known."""
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
    model_context: int = Field(default=32_000, ge=8_000)
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
        """Arguments, environment, secrets, dragoman.toml, the user's own; never a .env file."""
        secrets = SecretsFile(settings_cls, secrets_file(), str(secrets_file()))
        own = TomlFile(settings_cls, settings_file(), str(settings_file()))
        return init_settings, env_settings, secrets, FolderFile(settings_cls, own), own


_REFUSALS: Mapping[str, tuple[str, Mapping[str, str]]] = {
    "greater_than_equal": ("small", {"least": "ge"}),
    "greater_than": ("not_more", {"least": "gt"}),
    "less_than_equal": ("large", {"most": "le"}),
    "float_parsing": ("number", {}),
    "float_type": ("number", {}),
    "finite_number": ("number", {}),
    "int_parsing": ("whole", {}),
    "int_type": ("whole", {}),
    "int_from_float": ("whole", {}),
    "bool_parsing": ("yes_no", {}),
    "bool_type": ("yes_no", {}),
    "literal_error": ("choice", {"known": "expected"}),
}
"""What is wrong with a value, by the validator's name of it: our message and what it is about."""


def refused(error: ValidationError) -> InputError:
    """What is wrong with the first setting that does not fit; no value of a secret in it."""
    first = error.errors()[0]
    name = ".".join(str(part) for part in first["loc"])
    value = "…" if name in IN_SECRETS else str(first["input"])
    code, wanted = _REFUSALS.get(first["type"], ("", {}))
    if not code:
        return InputError("settings_invalid", name=name, value=value, reason=first["msg"])
    about = first.get("ctx", {})
    told = {ours: _plain(about[theirs]) for ours, theirs in wanted.items()}
    return InputError(f"settings_invalid_{code}", name=name, value=value, **told)


def _plain(limit: object) -> str:
    """A limit, or the values to choose from, as a person writes them."""
    if isinstance(limit, float):
        return f"{limit:g}"
    return str(limit).replace("'", "").replace(" or ", ", ")
