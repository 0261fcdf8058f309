"""What to ask the client back, in the order it should go out."""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from pipeline.models.minutes import Question
from pipeline.models.spec import FeatureSpec, OpenQuestion

FIRST = 8
"""Nobody answers forty questions: at most this many go out at once, the rest are parked."""
_COLON = re.compile("[:：]")


class Asked(NamedTuple):
    """A question still open: raised in the call, or needed by a spec."""

    question: Question | OpenQuestion
    spec: FeatureSpec | None

    @property
    def blocking(self) -> bool:
        """Whether work cannot begin before it is answered."""
        return isinstance(self.question, OpenQuestion) and self.question.blocking

    @property
    def text(self) -> str:
        """The question itself."""
        asked = self.question
        return asked.question if isinstance(asked, OpenQuestion) else asked.text


def asking_back(raised: Iterable[Question], specs: Sequence[FeatureSpec]) -> tuple[Asked, ...]:
    """Blocking ones first, then what was left open in the call, then the rest.

    A question raised in the call that a spec asks in the same words is asked once, by the spec.
    What a person rejected is not asked.
    """
    needed = [
        Asked(question, spec)
        for spec in specs
        if spec.review != "rejected" and spec.status not in ("superseded", "dropped")
        for question in spec.open_questions
        if not question.answer
    ]
    needed = list(_once(needed))
    taken = {words for one in needed for words in _wordings(one.text)}
    left = [
        Asked(one, None)
        for one in raised
        if one.review != "rejected" and bare(one.text) not in taken
    ]
    blocking = [one for one in needed if one.blocking]
    others = [one for one in needed if not one.blocking]
    return (*_in_turn(blocking), *left, *_in_turn(others))


def _once(questions: Iterable[Asked]) -> Iterator[Asked]:
    """Two specs may need the same answer; one question is enough."""
    seen: set[str] = set()
    for one in questions:
        if bare(one.text) not in seen:
            seen.add(bare(one.text))
            yield one


def _wordings(text: str) -> Iterator[str]:
    """The question, and what follows a name before it, as in "Stock: who counts it?"."""
    yield bare(text)
    for colon in _COLON.finditer(text):
        yield bare(text[colon.end() :])


def bare(text: str) -> str:
    """Letters and digits alone: whether two texts say the same in the same words."""
    return "".join(char for char in text.casefold() if char.isalnum())


def _in_turn(questions: Iterable[Asked]) -> Iterator[Asked]:
    """One of each spec, then the second of each: no spec has all the room for itself."""
    rounds: dict[str, int] = {}
    turns = []
    for one in questions:
        spec = one.spec.id if one.spec else ""
        rounds[spec] = rounds.get(spec, 0) + 1
        turns.append((rounds[spec], one))
    yield from (one for _, one in sorted(turns, key=lambda turn: turn[0]))
