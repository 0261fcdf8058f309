"""Tokens that open one recording, or its words, for some hours: our own routes do not see who is logged in."""

import os
import secrets
import time
from pathlib import Path
from typing import Literal

from itsdangerous import BadSignature, TimestampSigner, URLSafeTimedSerializer
from starlette.datastructures import URL

from pipeline.errors import StorageError

SECRET = "desk-secret"
LENGTH = 32
VALID = 12 * 3600
"""Seconds for which a token holds."""
STEP = 3600
"""Tokens made within the same hour are the same: a page that is drawn again changes nothing."""


class _Hours(TimestampSigner):
    def get_timestamp(self) -> int:
        return int(time.time()) // STEP * STEP


def sound_url(home: Path, meeting: str) -> str:
    """Where the desk plays the recording of a meeting from.

    Raises:
        StorageError: the data folder cannot be written.
    """
    token = _signer(home, "audio").dumps(meeting)
    return str(URL(f"/api/audio/{meeting}").include_query_params(k=str(token)))


def heard_url(home: Path, meeting: str) -> str:
    """Where the desk reads the words of a meeting from while it is heard.

    Raises:
        StorageError: the data folder cannot be written.
    """
    token = _signer(home, "heard").dumps(meeting)
    return str(URL(f"/api/heard/{meeting}").include_query_params(k=str(token)))


def opens(home: Path, token: str, meeting: str, what: Literal["audio", "heard"] = "audio") -> bool:
    """Whether the token was made for this of this meeting, here and not too long ago."""
    try:
        return bool(_signer(home, what).loads(token, max_age=VALID) == meeting)
    except BadSignature:
        return False


def _signer(home: Path, salt: str) -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(secret(home), salt=salt, signer=_Hours)


def secret(home: Path) -> bytes:
    """The secret of this data folder; made once, whoever asks at the same moment.

    Raises:
        StorageError: the data folder cannot be written.
    """
    at = home / SECRET
    try:
        if not at.exists():
            _make(at)
        return at.read_bytes()
    except OSError as error:
        raise StorageError("home_refused", path=str(home), reason=error.strerror) from error


def _make(at: Path) -> None:
    part = at.with_name(f"{SECRET}.{secrets.token_hex(8)}.part")
    try:
        handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "wb") as file:
            file.write(secrets.token_bytes(LENGTH))
            file.flush()
            os.fsync(file.fileno())
        try:
            at.hardlink_to(part)  # unlike a rename it never takes another's place
        except FileExistsError:
            return
    finally:
        part.unlink(missing_ok=True)
