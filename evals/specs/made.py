"""Specs made from labelled calls: of the asks that the engine found, and of the asks as labelled."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Literal

from evals.datasets.call_file import CallFile
from evals.datasets.wanted import WantedAsk, wanted_asks
from evals.tasks.processed import Engine, EngineName, Processed, processed
from evals.tasks.specify import Made, end_to_end
from pipeline.ground import Grounder, ground_spec
from pipeline.models.evidence import Citation
from pipeline.models.minutes import Ask
from pipeline.models.spec import FeatureSpec
from pipeline.ports.engines import Specifier
from pipeline.specify import specify

Setting = Literal["gold", "found"]
"""gold: the asks as labelled; found: those that the engine found, matched to the labelled ones."""


def on_gold(one: Processed, specifier: Specifier) -> tuple[Made, ...]:
    """Specs of the labelled asks; everything else in the minutes is what the engine found."""
    transcript = one.transcript
    grounder = Grounder(transcript)
    project = one.view.project.with_(language=one.minutes.language)
    segments = {turn: segment for segment, turn in one.turn_of.items()}
    wanted = wanted_asks(one.call)
    asks = [_as_ask(gold, segments, grounder) for gold in wanted]
    minutes = one.minutes.with_(asks=tuple(asks))

    def made(ask: Ask) -> FeatureSpec:
        draft = specify(ask, minutes, transcript, project, specifier=specifier)
        return ground_spec(draft, ask, transcript, project, grounder)

    return tuple(
        Made(gold, made(ask), one.view.project) for gold, ask in zip(wanted, asks, strict=True)
    )


def all_made(
    calls: Sequence[CallFile], home: Path, engine: EngineName
) -> Iterator[tuple[Setting, Made]]:
    """Both settings over some calls."""
    for call in calls:
        with processed(call, home / call.id, Engine(engine), specs=True) as (one, house):
            yield from (("gold", each) for each in on_gold(one, house.tools.specifier))
            yield from (("found", each) for each in end_to_end(one))


def _as_ask(gold: WantedAsk, segments: Mapping[int, str], grounder: Grounder) -> Ask:
    turns = [segments[turn] for turn in sorted(gold.turns) if turn in segments]
    return Ask(
        uid=gold.id,
        id=gold.id,
        text=gold.text,
        raw_quote=gold.raw_quote,
        speaker=gold.speaker,
        kind=gold.kind,
        pain=gold.pain,
        evidence=grounder.every([Citation(segments=(one,)) for one in turns]),
        origin_engine="gold",
    )
