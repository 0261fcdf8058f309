"""Names of files that every system takes, made of text that anybody wrote."""

import re

from pipeline.models.spec import Attachment

LONGEST = 80
"""Characters of a name: paths of Windows end at 260."""
FOLDER = "attachments"
"""Where an export keeps the files of specs."""
_SUFFIX = 12
_SHA256 = re.compile(r"[0-9a-f]{64}")
_FORBIDDEN = re.compile(
    r'[<>:"/\\|?*\x00-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ud800-\udfff]+'
)
_RESERVED = re.compile(r"(?i)^(con|prn|aux|nul|com\d|lpt\d)(\.|$)")


def safe_name(text: str) -> str:
    """What of a text every system takes as the name of a file; may be empty."""
    name = " ".join(_FORBIDDEN.sub(" ", text).split())[:LONGEST].strip(" .")
    return f"_{name}" if _RESERVED.match(name) else name


def safe_file_name(text: str) -> str:
    """The same for a whole name: what tells its kind stays at its end, and it is never empty."""
    last = re.split(r"[\\/]", text.rstrip("\\/"))[-1]
    name = " ".join(_FORBIDDEN.sub(" ", last).split()).strip(" .")
    stem, dot, suffix = name.rpartition(".")
    if not dot or not 0 < len(suffix) <= _SUFFIX or not suffix.isalnum():
        return safe_name(name) or "file"
    stem = stem[: LONGEST - len(suffix) - 1].strip(" .")
    return f"{safe_name(stem) or 'file'}.{suffix}"


def place_of(file: Attachment) -> str | None:
    """Where an export keeps a file of a spec, once each; null where its hash is none."""
    if not _SHA256.fullmatch(file.sha256):
        return None
    return f"{FOLDER}/{file.sha256}/{safe_file_name(file.name)}"
