"""Two stored runs over the same calls -> their paired differences, with the part of chance."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from evals.chance import Difference, difference
from evals.errors import EvalsError
from evals.runs import Run
from evals.scorers.figures import names
from evals.scorers.share import Share


class Comparison(NamedTuple):
    """What the second run has more than the first."""

    calls: int
    left_out: tuple[str, ...]
    """Calls that only one of them has, or with other labels."""
    differences: tuple[Difference, ...]


def compared(first: Run, second: Run, language: str | None = None) -> Comparison:
    """The difference of every figure that both have, over the calls that both have.

    Raises:
        EvalsError: they have no call or no figure in common.
    """
    one, other = _by_call(first, language), _by_call(second, language)
    both = sorted(one.keys() & other.keys())
    left_out = tuple(sorted({call for call, _ in one.keys() ^ other.keys()}))
    if not both:
        raise EvalsError("other_runs", calls=", ".join(left_out) or "-")
    before, after = [one[call] for call in both], [other[call] for call in both]
    found = _differences(before, after)
    if not found:
        raise EvalsError("nothing_to_compare")
    return Comparison(len(both), left_out, tuple(found))


def _differences(
    before: Sequence[Mapping[str, Share]], after: Sequence[Mapping[str, Share]]
) -> Sequence[Difference]:
    known = names(after)
    made = (difference(name, before, after) for name in names(before) if name in known)
    return [one for one in made if one is not None]


def _by_call(run: Run, language: str | None) -> Mapping[tuple[str, str], Mapping[str, Share]]:
    return {
        (call.id, call.digest): call.shares
        for call in run.calls
        if language in (None, call.language)
    }
