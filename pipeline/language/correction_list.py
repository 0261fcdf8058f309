"""What a list of corrections may not say."""

from collections.abc import Iterator, Sequence
from typing import Literal, NamedTuple

from pipeline.language.mending import heard_form, stands_in
from pipeline.models.correction import LONGEST, Correction

Fault = Literal["empty", "long", "sign", "same", "apart", "twice"]


class Refused(NamedTuple):
    """A correction that does not hold, and why."""

    code: Fault
    value: str
    where: tuple[int, str]
    """Which of them, and its field."""


def refused(corrections: Sequence[Correction]) -> Refused | None:
    """The first correction that says nothing, too much, or other than one before it."""
    known: dict[str, Correction] = {}
    for place, one in enumerate(corrections):
        for field, value, code in _faults(one):
            return Refused(code, value, (place, field))
        same = known.setdefault(heard_form(one.heard), one)
        if same.meant != one.meant:
            return Refused("twice", one.heard, (place, "heard"))
    return None


def _faults(one: Correction) -> Iterator[tuple[str, str, Fault]]:
    """What is wrong with one of them: the field, what it says, and the code."""
    for field in ("heard", "meant"):
        text = getattr(one, field)
        if not text.strip() or not heard_form(text):
            yield field, text, "empty"
        if len(text) > LONGEST:
            yield field, text, "long"
        if not text.isprintable() or text != text.strip():
            yield field, text, "sign"
    if one.heard == one.meant:
        yield "meant", one.meant, "same"
    for word in one.not_in:
        if len(word) > LONGEST:
            yield "not_in", word, "long"
        if not stands_in(one.heard, word):
            yield "not_in", word, "apart"
