"""Specs made from labelled calls: of the asks that the engine found, and of the asks as labelled."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Literal, NamedTuple

from evals.datasets.call_file import CallFile
from evals.datasets.wanted import WantedAsk, wanted_asks
from evals.scorers.matching import Cited, matched
from evals.scorers.pairing import turns_of
from evals.tasks.processed import Engine, EngineName, Processed, processed
from pipeline.ground import Grounder, ground_spec
from pipeline.models.evidence import Citation
from pipeline.models.minutes import Ask
from pipeline.models.project import Project
from pipeline.models.spec import FeatureSpec
from pipeline.ports.engines import Specifier
from pipeline.specify import specify

Setting = Literal["gold", "found"]
"""gold: the asks as labelled; found: those that the engine found, matched to the labelled ones."""


class Made(NamedTuple):
    """One labelled ask and the spec made for it, if any."""

    gold: WantedAsk
    spec: FeatureSpec | None
    project: Project


def end_to_end(one: Processed) -> tuple[Made, ...]:
    """A spec, or none, for every wanted ask: of those that were found the one that matches."""
    wanted = wanted_asks(one.call)
    by_ask = {ask: spec for spec in one.view.specs for ask in spec.asks}
    found = [ask for ask in one.minutes.asks if ask.status == "live"]
    mine = [Cited(ask.text, turns_of(ask, one.turn_of)) for ask in found]
    pairs = matched(mine, [Cited(gold.text, gold.turns) for gold in wanted])
    specs = {
        wanted[at].id: by_ask.get(found[place].id) or by_ask.get(found[place].uid)
        for at, place in pairs.items()
    }
    return tuple(Made(gold, specs.get(gold.id), one.view.project) for gold in wanted)


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
