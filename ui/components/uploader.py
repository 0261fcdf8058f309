"""Files from the browser: dropped or chosen, sent in pieces, each with its own line."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from pipeline.models.base import Model
from pipeline.service.upload_chunk import Upload
from ui.components.parts import part


class Told(Model):
    """Why a file that came whole could not be taken."""

    id: str
    name: str
    text: str


def uploader(
    waiting: Sequence[Upload],
    told: Sequence[Told],
    gone: Sequence[str],
    words: Mapping[str, str],
    token: str,
    *,
    at: float,
    key: str,
    on_active: Callable[[], None],
    on_close: Callable[[], None],
) -> None:
    """Draw the drop area and a line for each file.

    Args:
        waiting: what the person sent before and did not hand over.
        told: why some of it could not be taken.
        gone: ids of files that were handed over.
        words: the sentences of it.
        token: proves who sends.
        at: when `waiting` was asked for, by the server's clock: what it answered since is newer.
        key: `st.session_state[key].active` names, after a number, what is under way; the
            person closed the line `.close`.
        on_active: called when that changes.
        on_close: called when a line is closed.
    """
    part("uploader", "shared", "sending")(
        key=key,
        data={
            "waiting": [one.model_dump() for one in waiting],
            "told": [one.model_dump() for one in told],
            "gone": list(gone),
            "words": dict(words),
            "token": token,
            "at": at,
        },
        on_active_change=on_active,
        on_close_change=on_close,
        on_renew_change=lambda: None,
    )


def active(state: Any) -> tuple[str, ...]:  # noqa: ANN401 - whatever the browser sent
    """What is under way, as the browser last said."""
    said = getattr(state, "active", None)
    return tuple(str(one) for one in said[1:]) if isinstance(said, list) else ()


def is_id(one: str) -> bool:
    """Whether what is under way was heard of here already; before that it has only its name."""
    return len(one) == 32 and all(sign in "0123456789abcdef" for sign in one)
