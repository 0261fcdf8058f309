"""The sentences of a page in the words for a call, a chat or notes."""

from collections.abc import Mapping

from pipeline.models.meeting import MeetingKind


def of_kind(words: Mapping[str, str], kind: MeetingKind) -> dict[str, str]:
    """The sentences, each in its form for the kind where there is one: `find_chat` for `find`."""
    return {key: words.get(f"{key}_{kind}", text) for key, text in words.items()}
