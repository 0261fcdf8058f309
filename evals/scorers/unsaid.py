"""What was said and not minuted: asks that neither became an item nor stand on that list."""

from collections.abc import Mapping

from evals.datasets.call_file import CallFile, Gold
from evals.scorers.pairing import pairing
from evals.scorers.share import Cells, Share, count
from pipeline.models.minutes import Minutes


def unsaid(minutes: Minutes, call: CallFile, gold: Gold, turns: Mapping[str, int]) -> Cells:
    """Asks that are found or listed, and how many of the client's turns the list takes."""
    listed = {turns[one.segment] for one in minutes.coverage.uncited if one.segment in turns}
    ours = {name for one in call.participants if one.side == "us" for name in (one.name, one.label)}
    client = {turn.id for turn in call.turns if turn.speaker not in ours}
    cells = {"unsaid.turns": Share(len(listed & client), len(client))}
    one = pairing("ask", minutes, gold, turns)
    if one is not None:
        cells["unsaid.asks_kept"] = count(
            at in one.pairs or not listed.isdisjoint(wanted.evidence)
            for at, wanted in enumerate(one.wanted)
        )
    return cells
