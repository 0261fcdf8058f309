"""What a person sets: checked, and written to the file where it belongs.

Address, name and key of a model go into the secrets file, everything else into the user's own
settings. Comments and lines about other things stay as they are.
"""

import contextlib
import os
import tempfile
import threading
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit

import tomlkit
from tomlkit.exceptions import TOMLKitError

from pipeline import bootstrap
from pipeline.addresses import can_be_sent, host_of
from pipeline.errors import InputError, StorageError
from pipeline.settings import (
    IN_SECRETS,
    NOT_IN_FILE,
    Settings,
    in_file,
    secrets_file,
    settings_file,
)

_ONE_AT_A_TIME = threading.Lock()
_ENDS = ("/chat/completions", "/completions", "/models")
"""What people copy along with an address."""


class Written(NamedTuple):
    """What became of it."""

    key_dropped: bool
    """The key was for another host than the address names now, and no other was given."""


def write(values: Mapping[str, object], *, key: str | None = None) -> Written:
    """Set some settings for this user.

    Args:
        values: By name; None and a value as it is built in take the line out.
        key: The key of the model; None keeps it, as long as the host stays; "" takes it out.

    Raises:
        InputError: a value does not fit, or may not stand in a file; nothing was written.
        StorageError: the system refuses a file.
    """
    wanted = dict(values)
    for name in wanted.keys() & (NOT_IN_FILE - IN_SECRETS):
        raise InputError(
            "settings_not_in_file",
            file=str(settings_file()),
            name=name,
            variable=f"DRAGOMAN_{name.upper()}",
        )
    if wanted.get("model_url"):
        wanted["model_url"] = address(str(wanted["model_url"]))
    key = key_as_given(key) if key else key
    with _ONE_AT_A_TIME:
        chosen = bootstrap.settings(**wanted)
        _check_engine(chosen)
        secrets, dropped = _secrets(wanted, chosen, key)
        own = {name: value for name, value in wanted.items() if name not in IN_SECRETS}
        _write(secrets_file(), secrets)
        _write(settings_file(), _told(own))
    return Written(dropped)


def address(url: str) -> str:
    """An address of an endpoint as it is kept: whole, and without what only a request adds.

    Raises:
        InputError: it is none, or it holds a password.
    """
    cleaned = url.strip().rstrip("/")
    for end in _ENDS:
        cleaned = cleaned.removesuffix(end)
    try:
        parts = urlsplit(cleaned)
    except ValueError as error:
        raise InputError("model_url_broken") from error
    if parts.scheme not in ("http", "https") or not host_of(cleaned) or " " in cleaned:
        raise InputError("model_url_broken")
    if parts.username or parts.password or parts.query or parts.fragment:
        raise InputError("model_url_secret")
    return cleaned


def key_as_given(key: str) -> str:
    """A key without what was copied along with it.

    Raises:
        InputError: it cannot be one; the message does not repeat it.
    """
    cleaned = key.strip()
    if not cleaned or not can_be_sent(cleaned):
        raise InputError("model_key_broken")
    return cleaned


def _check_engine(chosen: Settings) -> None:
    if chosen.engine == "llm" and not (chosen.model_url and chosen.model_name):
        raise InputError("model_incomplete")


def _secrets(
    wanted: Mapping[str, object], chosen: Settings, key: str | None
) -> tuple[dict[str, object], bool]:
    """What the secrets file shall say, and whether its key goes because its host did."""
    before = in_file(secrets_file(), str(secrets_file()), broken="secrets_broken")
    lines = {name: value or None for name, value in wanted.items() if name in IN_SECRETS}
    moved = host_of(chosen.model_url) != host_of(str(before.get("model_url") or chosen.model_url))
    dropped = key is None and moved and bool(before.get("model_key"))
    if key or dropped:
        lines["model_url"] = chosen.model_url  # a key stands with the address it was given for
    if key is not None or dropped:
        lines["model_key"] = key or None
    return lines, dropped


def _told(values: Mapping[str, object]) -> dict[str, object]:
    """What has to stand in a file: nothing that is built in."""
    fields = Settings.model_fields
    return {
        name: None if value == fields[name].get_default() else value
        for name, value in values.items()
    }


def _write(path: Path, values: Mapping[str, object]) -> None:
    path = path.resolve()  # a link stays a link
    try:
        before = path.read_text(encoding="utf-8") if path.is_file() else ""
        document = tomlkit.parse(before)
        for name, value in values.items():
            if value is None:
                document.pop(name, None)
            else:
                document[name] = value
        after = tomlkit.dumps(document)
        if after != before:
            _replace(path, after)
    except TOMLKitError as error:
        raise InputError("settings_file_broken", file=str(path), reason=str(error)) from None
    except OSError as error:
        reason = error.strerror or str(error)
        raise StorageError("settings_not_written", file=str(path), reason=reason) from error


def _replace(path: Path, text: str) -> None:
    """Put a file in place as a whole, readable to its owner alone."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    handle, part = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as out:
            out.write(text)
            out.flush()
            os.fsync(out.fileno())
        Path(part).replace(path)
    except BaseException:
        with contextlib.suppress(OSError):
            Path(part).unlink()
        raise
