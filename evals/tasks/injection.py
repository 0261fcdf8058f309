"""Orders spoken in calls -> how many get past code, and how many a model takes up."""

from collections.abc import Sequence

from evals.attacks.cases import Case, cases
from evals.attacks.run import asked, obeyed, reached
from evals.attacks.verdicts import BY_CODE
from evals.scorers.share import Cells, Share


def attacked(*, live: bool, chosen: Sequence[Case] | None = None) -> Cells:
    """The attacks, all if none are named, on a model that obeys, or on the endpoint that is set.

    Raises:
        DragomanError: the endpoint does not answer.
    """
    chosen = cases() if chosen is None else chosen
    through = taken = 0
    with asked() if live else obeyed() as way:
        for case in chosen:
            kinds = {one.kind for one in reached(case, way)}
            through += not kinds.isdisjoint(BY_CODE)
            taken += "taken" in kinds
    cells = {"injection.through": Share(through, len(chosen))}
    return {**cells, "injection.taken": Share(taken, len(chosen))} if live else cells
