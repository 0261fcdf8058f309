"""The weights of a published model -> the hub's cache, going on where a download broke off.

The hub's own client begins again from nothing in a new process, with up to three gigabytes. So
the one large file is fetched here, to the place where that client looks for it; it does the rest.
"""

import hashlib
import re
from collections.abc import Callable
from pathlib import Path

from filelock import FileLock
from huggingface_hub import (
    constants,
    get_hf_file_metadata,
    get_session,
    hf_hub_url,
)
from huggingface_hub.errors import EntryNotFoundError
from huggingface_hub.file_download import HfFileMetadata, repo_folder_name
from huggingface_hub.utils._headers import build_hf_headers

WEIGHTS = "model.bin"
CHUNK = 1 << 20
PART = ".dragoman.part"
SHA256 = re.compile(r"[0-9a-f]{64}")
Told = Callable[[int, int], None]


def fetch_weights(repository: str, told: Told) -> None:
    """Fetch the weights of a repository, or the rest of them.

    Args:
        repository: `owner/name` on the hub.
        told: Called with the bytes that are here and the bytes there are.

    Raises:
        OSError: what came is not what the hub announced.
        Exception: the hub, or the way to it, refuses: its client has a tree of errors of its own.
    """
    url = hf_hub_url(repository, WEIGHTS)
    try:
        facts = get_hf_file_metadata(url)
    except EntryNotFoundError:  # another kind of model: whoever looks at the folder says so
        return
    if not facts.etag or not facts.size:
        return
    folder = repo_folder_name(repo_id=repository, repo_type="model")
    blob = Path(constants.HF_HUB_CACHE) / folder / "blobs" / facts.etag
    blob.parent.mkdir(parents=True, exist_ok=True)
    part = blob.with_name(blob.name + PART)
    with FileLock(f"{part}.lock"):
        if not blob.exists():
            _complete(part, url, facts.size, told)
            _check(part, facts)
            part.rename(blob)


def _complete(part: Path, url: str, size: int, told: Told) -> None:
    """Fetch on, again and again as long as each time brings something."""
    while (here := _size(part)) < size:
        try:
            _continue(part, url, here, size, told)
        except Exception:
            if _size(part) <= here:
                raise
        else:
            if _size(part) <= here:
                raise OSError(f"{WEIGHTS}: {here} / {size}")


def _continue(part: Path, url: str, here: int, size: int, told: Told) -> None:
    headers = build_hf_headers() | {"Range": f"bytes={here}-", "Accept-Encoding": "identity"}
    waiting = constants.HF_HUB_DOWNLOAD_TIMEOUT
    with get_session().stream(
        "GET", url, headers=headers, follow_redirects=True, timeout=waiting
    ) as answer:
        answer.raise_for_status()
        goes_on = answer.status_code == 206  # one that knows no ranges sends all of it
        with part.open("ab" if goes_on else "wb") as file:
            for data in answer.iter_raw():
                file.write(data)
                told(file.tell(), size)


def _check(part: Path, facts: HfFileMetadata) -> None:
    """That the file is the announced one; one that is not is thrown away.

    Raises:
        OSError: it is another.
    """
    found = hashlib.sha256()
    with part.open("rb") as file:
        while data := file.read(CHUNK):
            found.update(data)
    etag = facts.etag or ""
    same = not SHA256.fullmatch(etag) or found.hexdigest() == etag
    if part.stat().st_size != facts.size or not same:
        part.unlink()
        raise OSError(f"{WEIGHTS}: SHA-256 {found.hexdigest()[:16]}, not {etag[:16]}")


def _size(path: Path) -> int:
    return path.stat().st_size if path.exists() else 0
