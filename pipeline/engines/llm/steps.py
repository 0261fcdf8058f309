"""How much one question asks for: a strong model takes a call whole, a small one in small steps."""

from typing import Literal, NamedTuple

from pipeline.engines.llm.sites import items
from pipeline.engines.llm.wire import Wire

How = Literal["whole", "small"]


class Steps(NamedTuple):
    """Sizes of the questions; what comes of them is the same."""

    room: int | None
    """Tokens that the turns of one question may have; None: what the context leaves."""
    rest: tuple[type[Wire], ...]
    """The kinds of items besides asks, those that one question asks for together."""
    asks_at_once: int
    """Asks that one question threads."""
    turns_at_once: int
    """Turns that one second look is about."""
    spec_in_two: bool
    """Whether what was said about an ask and what has to be asked are two questions."""


WHOLE = Steps(None, (items.Rest,), 12, 12, spec_in_two=False)
SMALL = Steps(2_500, (items.Settled, items.Open, items.Uneasy), 4, 4, spec_in_two=True)


def steps(how: How) -> Steps:
    """The sizes that go by a name."""
    return SMALL if how == "small" else WHOLE
