"""What people call the layouts that transcripts, chats and notes come in, and what came of one."""

from collections.abc import Iterator, Mapping

from pipeline.errors import DragomanError
from pipeline.models.base import Language
from pipeline.models.meeting import MeetingKind
from pipeline.words.loader import say, table
from ui.lengths import clock
from ui.words.loader import tin

KINDS: tuple[MeetingKind, ...] = ("call", "chat", "note")


def called(shape: str, language: Language) -> str:
    """A layout as people know it; by its own name where they have none for it."""
    return table("ui.words", language).get(f"shapes.{shape}", shape)


def in_order(shapes: Mapping[str, MeetingKind], language: Language) -> list[str]:
    """All of them: calls, chats, notes; of each kind by what people call them."""
    return sorted(shapes, key=lambda one: (KINDS.index(shapes[one]), called(one, language)))


def explained(error: DragomanError, language: Language) -> str:
    """What went wrong, with a layout in it called as people know it."""
    params = dict(error.params)
    if "shape" in params:
        params["shape"] = called(str(params["shape"]), language)
    return say(f"error.{error.code}", language, **params)


def facts(
    turns: int, people: int, dropped: int, language: Language, *, length: float | None = None
) -> str:
    """How many turns, people and lines that were not understood there are, in a few words."""

    def told() -> Iterator[str]:
        yield tin(language, "read.turns", count=turns)
        yield tin(language, "read.people" if people else "read.nobody", count=people)
        if length is not None:
            yield tin(language, "read.length", time=clock(length))
        if dropped:
            yield tin(language, "read.dropped", count=dropped)

    return tin(language, "read.comma").join(told())
