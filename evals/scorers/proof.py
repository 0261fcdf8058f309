"""How well what was found is proved: grades of its quotes, and turned facts that are refused."""

from collections.abc import Callable, Iterator, Mapping, Sequence

from evals.datasets.call_file import ARRAYS, Gold
from evals.scorers.flips import flips
from evals.scorers.share import Cells, Share, count
from pipeline.ground import Grounder
from pipeline.language.normalise import folded
from pipeline.models.evidence import Citation, Evidence
from pipeline.models.minutes import Conflict, Minutes
from pipeline.models.transcript import Transcript


def grades(minutes: Minutes) -> Cells:
    """How the quotes of all items were found: as they are, nearly, doubtfully, or not."""
    found = [one.match for _, item in minutes.items() for one in _proofs(item)]
    return {
        "quotes.exact": count(one in ("exact", "normalised") for one in found),
        "quotes.fuzzy": count(one == "fuzzy" for one in found),
        "quotes.weak": count(one == "weak" for one in found),
        "quotes.missing": count(one == "missing" for one in found),
    }


def guarded(
    transcript: Transcript,
    gold: Gold,
    turns: Mapping[str, int],
    found: Callable[[Citation], bool] | None = None,
) -> Cells:
    """Labelled quotes that are found, and the same with one fact turned around that are refused.

    Whole turns that a label names are quotes too. A turned quote that somebody really said
    elsewhere in the call is no test of anything.

    Args:
        transcript: what was said.
        gold: the labels.
        turns: id of the turn by that of its segment.
        found: whether a quote counts as said; grounding decides where not given.
    """
    found = found or _grounding(transcript)
    said = folded("\n".join(one.text for one in transcript.segments))
    ids = {turn: segment for segment, turn in turns.items()}
    true: list[bool] = []
    refused: dict[str, list[bool]] = {"number": [], "negation": [], "weekday": []}
    for quote, where in (*_quotes(gold), *_turns(transcript, gold, ids)):
        segments = tuple(ids[one] for one in where if one in ids)
        true.append(found(Citation(segments=segments, quote=quote)))
        for flip in flips(quote):
            if folded(flip.text) in said:
                continue
            refused[flip.what].append(not found(Citation(segments=segments, quote=flip.text)))
    cells = {f"flipped.{what}": count(some) for what, some in refused.items()}
    every = Share(sum(one.hit for one in cells.values()), sum(one.of for one in cells.values()))
    return {"quotes.true_found": count(true), "flipped.caught": every, **cells}


def _grounding(transcript: Transcript) -> Callable[[Citation], bool]:
    grounder = Grounder(transcript)
    return lambda citation: grounder.evidence(citation).good


def _proofs(item: object) -> Iterator[Evidence]:
    yield from getattr(item, "evidence", ())
    if isinstance(item, Conflict):
        yield from (*item.a.evidence, *item.b.evidence)


def _turns(
    transcript: Transcript, gold: Gold, ids: Mapping[int, str]
) -> Iterator[tuple[str, Sequence[int]]]:
    """Every turn that a label names, whole."""
    said = {one.id: one.text for one in transcript.segments}
    named = {turn for name in ARRAYS for one in getattr(gold, name) or () for turn in one.evidence}
    for turn in sorted(named & set(ids)):
        yield said[ids[turn]], (turn,)


def _quotes(gold: Gold) -> Iterator[tuple[str, Sequence[int]]]:
    for decision in gold.decisions or ():
        if decision.quote:
            yield decision.quote, decision.evidence
    for ask in gold.asks or ():
        if ask.raw_quote:
            yield ask.raw_quote, ask.evidence
