"""The turns of a call as a model sees them: one JSON line each, behind a fence nobody can close.

What people say in a call may sound like orders, or be pasted from anywhere. The fence carries a
digest of what stands inside it, which no text can hold of itself; the same turns have the same
fence, so that kept answers count. Characters that steer a screen or hide text are left out.
"""

import json
import unicodedata
from collections.abc import Container, Iterable, Mapping, Sequence

from pipeline.models.hashing import digest
from pipeline.models.transcript import Segment, Transcript

_HIDDEN = frozenset({"Cc", "Cf", "Co", "Cs", "Cn", "Zl", "Zp"})
"""Unicode categories that show nothing: control, format (zero-width, bidi), private, broken."""


def visible(text: str) -> str:
    """The text without what cannot be seen; line ends, tabs and wide spaces become spaces."""
    if text.isprintable():
        return text
    spaced = (" " if one.isspace() or one in "\x85\u2028\u2029" else one for one in text)
    return "".join(one for one in spaced if unicodedata.category(one) not in _HIDDEN)


class Turns:
    """The turns of one transcript under the short names that a model cites them by."""

    def __init__(self, transcript: Transcript) -> None:
        self.segments = transcript.segments
        self._places = {one.id: place for place, one in enumerate(self.segments)}
        self._lines: dict[str, str] = {}

    def name(self, segment: str) -> str:
        """T0001 for the first turn."""
        return f"T{self._places[segment] + 1:04d}"

    def known(self, names: Iterable[str]) -> tuple[str, ...]:
        """Ids of the turns that a model named, without those that there are not, each once."""
        return tuple(dict.fromkeys(uid for name in names if (uid := self._id(name))))

    def _id(self, name: str) -> str | None:
        digits = name.strip().lstrip("Tt")
        if not digits.isascii() or not digits.isdigit():
            return None
        place = int(digits) - 1
        return self.segments[place].id if 0 <= place < len(self.segments) else None

    def fenced(
        self,
        segments: Sequence[Segment],
        *,
        context: Container[str] = (),
        private: Container[str] = (),
    ) -> str:
        """The turns inside the fence, marked where only read along or not meant for everybody."""
        lines = [
            self.line(one, context=one.id in context, internal=one.id in private)
            for one in segments
        ]
        nonce = digest(lines)[:12]
        return "\n".join((f"<<<CALL-{nonce}", *lines, f"CALL-{nonce}>>>"))

    def line(self, segment: Segment, *, context: bool = False, internal: bool = False) -> str:
        """One turn as one line of JSON."""
        marks = {"context": context, "internal": internal}
        told = "".join(f', "{name}": true' for name, holds in marks.items() if holds)
        return f"{self._plain(segment)}{told}}}"

    def _plain(self, segment: Segment) -> str:
        """A turn without marks, made once, and without the brace that ends it."""
        line = self._lines.get(segment.id)
        if line is None:
            told: Mapping[str, object] = {
                "t": self.name(segment.id),
                "who": visible(segment.speaker or ""),
                "side": segment.side,
                "text": visible(segment.text),
            }
            line = self._lines[segment.id] = json.dumps(told, ensure_ascii=False)[:-1]
        return line
