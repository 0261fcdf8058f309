"""Orders spoken in calls -> how many get past code, and how many a model takes up."""

from evals.attacks.cases import cases
from evals.attacks.run import asked, obeyed, reached
from evals.attacks.verdicts import BY_CODE
from evals.scorers.share import Cells, Share


def attacked(*, live: bool) -> Cells:
    """All attacks, on a model that obeys everything, or on the endpoint that is set.

    Raises:
        DragomanError: the endpoint does not answer.
    """
    chosen, through, taken = cases(), 0, 0
    with asked() if live else obeyed() as way:
        for case in chosen:
            kinds = {one.kind for one in reached(case, way)}
            through += not kinds.isdisjoint(BY_CODE)
            taken += "taken" in kinds
    cells = {"injection.through": Share(through, len(chosen))}
    return {**cells, "injection.taken": Share(taken, len(chosen))} if live else cells
