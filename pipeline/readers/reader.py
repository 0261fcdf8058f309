"""The Reader adapter: which shape a file has is told from its content, not its name."""

import importlib
import pkgutil
from functools import cache

from pipeline.errors import InputError, NotReadableError
from pipeline.models.meeting import MeetingKind
from pipeline.models.reading import Reading
from pipeline.models.transcript import Dropped
from pipeline.readers import shapes
from pipeline.readers.content import opened
from pipeline.readers.openings import OUTSIDE
from pipeline.readers.shape import NONE, Content, Shape

WRITTEN = ("dragoman", "srt", "txt", "vtt")
"""Shapes that transcripts are written in."""


@cache
def known() -> dict[str, Shape]:
    """All shapes by name: each module of `shapes` has one."""
    modules = sorted(one.name for one in pkgutil.iter_modules(shapes.__path__))
    found = [importlib.import_module(f"{shapes.__name__}.{name}").SHAPE for name in modules]
    return {shape.name: shape for shape in found}


class TranscriptReader:
    """Reads transcripts, chats and notes in every shape that has a file in `shapes`."""

    def shapes(self) -> dict[str, MeetingKind]:
        """Names of all shapes, each with what it is of."""
        return {name: shape.kind for name, shape in known().items()}

    def read(self, data: bytes, *, name: str, shape: str | None = None) -> Reading:
        """Recognise the shape, unless one is asked for, and read all of it.

        Raises:
            InputError: there is no shape of the name that was asked for.
            NotReadableError: empty, no known container, encoding or shape, or no turn in it.
        """
        if shape is not None and shape not in known():
            raise InputError("shape_unknown", shape=shape, known=", ".join(sorted(known())))
        content = opened(data, name=name)
        chosen = known()[shape] if shape else _likeliest(content)
        reading = _read(chosen, content)
        if not reading.segments:
            raise NotReadableError("no_turns", file=name)
        kind = chosen.kind if reading.kind == "call" else reading.kind
        beside = tuple(Dropped(text=line, reason=OUTSIDE) for line in content.beside)
        return reading.with_(shape=chosen.name, kind=kind, dropped=(*reading.dropped, *beside))


def _likeliest(content: Content) -> Shape:
    """The likeliest; of several that are as likely one that we write, whatever was said in it."""
    likely = {one: one.likely(content) for one in known().values()}
    best = max(likely, key=lambda one: (likely[one], one.name in WRITTEN))
    if likely[best] == NONE:
        raise NotReadableError("unknown_shape", file=content.name)
    return best


def _read(shape: Shape, content: Content) -> Reading:
    """Read as one shape; where the content cannot even be looked at so, it is not of that shape."""
    try:
        return shape.read(content)
    except (AttributeError, KeyError, TypeError, IndexError) as error:
        raise NotReadableError("not_of_shape", file=content.name, shape=shape.name) from error
