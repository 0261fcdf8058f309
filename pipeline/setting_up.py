"""What a person sets: checked, and written to the file where it belongs.

Address, name and key of a model go into the secrets file, everything else into the user's own
settings. Comments and lines about other things stay as they are.
"""

import contextlib
import os
import tempfile
import threading
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit

import tomlkit
from tomlkit.exceptions import TOMLKitError

from pipeline import bootstrap
from pipeline.addresses import can_be_sent, host_of, same_place
from pipeline.errors import InputError, StorageError
from pipeline.settings import Settings
from pipeline.settings_files import (
    IN_SECRETS,
    NOT_IN_FILE,
    in_file,
    meant_for,
    secrets_file,
    settings_file,
)

_ONE_AT_A_TIME = threading.Lock()
_ENDS = ("/chat/completions", "/completions", "/models")
"""What people copy along with an address."""


class Written(NamedTuple):
    """What became of it."""

    key_dropped: bool
    """The key was not for the address that is set now, and no other was given."""


def write(values: Mapping[str, object], *, key: str | None = None) -> Written:
    """Set some settings for this user.

    Args:
        values: By name; None and a value as it is built in take the line out.
        key: The key of the model; None keeps it, unless an address is given that it was not
            entered for; "" takes it out.

    Raises:
        InputError: a value does not fit, or may not stand in a file; nothing was written.
        StorageError: the system refuses a file; none was changed.
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
        _write({settings_file(): _told(own), secrets_file(): secrets})
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
    """What the secrets file shall say, and whether its key goes because its address did."""
    before = in_file(secrets_file(), str(secrets_file()), broken="secrets_broken")
    lines = {name: value or None for name, value in wanted.items() if name in IN_SECRETS}
    url = str(wanted.get("model_url") or "")
    stayed = "model_url" not in wanted or same_place(url, meant_for(before))
    dropped = key is None and not stayed and bool(before.get("model_key"))
    if key:
        lines["model_url"] = chosen.model_url or None  # it stands with what it was given for
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


class _Ready(NamedTuple):
    """A file that only has to be put in its place."""

    path: Path
    before: bytes | None
    """What stands there now; None where nothing does."""
    part: Path


def _write(files: Mapping[Path, Mapping[str, object]]) -> None:
    """Change all of some files or none of them."""
    ready: list[_Ready] = []
    placed: list[_Ready] = []
    path = Path()
    try:
        for named, values in files.items():
            path = named
            ready += _ready(named.resolve(), values)  # a link stays a link
        for one in ready:
            path = one.path
            one.part.replace(one.path)
            placed.append(one)
    except TOMLKitError as error:
        raise InputError("settings_file_broken", file=str(path), reason=str(error)) from None
    except OSError as error:
        _put_back(placed)
        reason = error.strerror or str(error)
        raise StorageError("settings_not_written", file=str(path), reason=reason) from error
    finally:
        for one in ready:
            with contextlib.suppress(OSError):
                one.part.unlink(missing_ok=True)


def _ready(path: Path, values: Mapping[str, object]) -> list[_Ready]:
    """The file with other values, beside the one that it shall replace; none where it is the same."""
    before = path.read_bytes() if path.exists() else None
    text = (before or b"").decode("utf-8")
    document = tomlkit.parse(text)
    for name, value in values.items():
        if value is None:
            document.pop(name, None)
        else:
            document[name] = value
    after = tomlkit.dumps(document)
    return [] if after == text else [_Ready(path, before, _part(path, after.encode("utf-8")))]


def _part(path: Path, content: bytes) -> Path:
    """A whole file beside another, readable to its owner alone."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    handle, part = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "wb") as out:
            out.write(content)
            out.flush()
            os.fsync(out.fileno())
    except BaseException:
        with contextlib.suppress(OSError):
            Path(part).unlink()
        raise
    return Path(part)


def _put_back(placed: Iterable[_Ready]) -> None:
    for one in placed:
        with contextlib.suppress(OSError):
            if one.before is None:
                one.path.unlink()
            else:
                _part(one.path, one.before).replace(one.path)
