"""Specs made from labelled calls: of the asks that the engine found, and of the asks as labelled."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Literal, NamedTuple

from evals.datasets.calls import Call, GoldAsk
from evals.scorers.matching import Cited, matched
from pipeline import bootstrap
from pipeline.ground import Grounder, ground_spec
from pipeline.models.actor import Actor
from pipeline.models.evidence import Citation
from pipeline.models.minutes import Ask, Minutes
from pipeline.models.project import Project
from pipeline.models.spec import FeatureSpec
from pipeline.models.transcript import Transcript
from pipeline.service import meetings
from pipeline.service.house import House
from pipeline.service.meetings import Intake, MeetingView
from pipeline.specify import specify

ME = Actor(id="local:evals", name="Evals", via="test")
Setting = Literal["gold", "found"]
"""gold: the asks as labelled; found: those that the engine found, matched to the labelled ones."""


class Made(NamedTuple):
    """One labelled ask and the spec made for it, if any."""

    gold: GoldAsk
    spec: FeatureSpec | None
    project: Project


class Read(NamedTuple):
    """One call, processed."""

    call: Call
    view: MeetingView
    house: House

    @property
    def transcript(self) -> Transcript:
        """What was said."""
        assert self.view.transcript is not None
        return self.view.transcript

    @property
    def minutes(self) -> Minutes:
        """What was found."""
        assert self.view.minutes is not None
        return self.view.minutes


def read(call: Call, home: Path, engine: str) -> Read:
    """Process a call in a data folder of its own."""
    house = bootstrap.house(bootstrap.settings(home=home, database_url="", engine=engine))
    uid = meetings.add(ME, house, call.path, Intake(project=call.project, title=call.id)).uid
    meetings.process(ME, house, uid, lambda progress: None)
    return Read(call, meetings.view(ME, house, uid), house)


def made(one: Read, setting: Setting) -> tuple[Made, ...]:
    """A spec, or none, for every live ask of the gold."""
    specs = on_gold(one) if setting == "gold" else end_to_end(one)
    return tuple(Made(ask, specs.get(ask.id), one.view.project) for ask in one.call.asks)


def end_to_end(one: Read) -> Mapping[str, FeatureSpec]:
    """Specs of the asks that were found, by the id of the labelled ask that they match."""
    places = {segment.id: segment.index for segment in one.transcript.segments}
    by_ask = {ask: spec for spec in one.view.specs for ask in spec.asks}
    found = [ask for ask in one.minutes.asks if ask.status == "live"]
    mine = [Cited(ask.text, _turns(ask, places)) for ask in found]
    theirs = [Cited(gold.text, gold.turns) for gold in one.call.asks]
    pairs = matched(mine, theirs)
    specs = {
        at: by_ask.get(found[place].id) or by_ask.get(found[place].uid)
        for at, place in pairs.items()
    }
    return {one.call.asks[at].id: spec for at, spec in specs.items() if spec is not None}


def on_gold(one: Read) -> Mapping[str, FeatureSpec]:
    """Specs of the labelled asks; everything else in the minutes is what the engine found."""
    transcript, project = one.transcript, one.view.project
    grounder = Grounder(transcript)
    project = project.with_(language=one.minutes.language)
    asks = tuple(_as_ask(gold, transcript, grounder) for gold in one.call.asks)
    minutes = one.minutes.with_(asks=asks)
    specifier = one.house.tools.specifier
    return {
        ask.id: ground_spec(
            specify(ask, minutes, transcript, project, specifier=specifier),
            ask,
            transcript,
            project,
            grounder,
        )
        for ask in asks
    }


def _as_ask(gold: GoldAsk, transcript: Transcript, grounder: Grounder) -> Ask:
    by_index = {segment.index: segment for segment in transcript.segments}
    turns = [by_index[index] for index in sorted(gold.turns)]
    return Ask(
        uid=gold.id,
        id=gold.id,
        text=gold.text,
        raw_quote=gold.raw_quote,
        speaker=gold.speaker,
        kind=gold.kind,
        pain=gold.pain,
        evidence=grounder.every([Citation(segments=(one.id,)) for one in turns]),
        origin_engine="gold",
    )


def _turns(ask: Ask, places: Mapping[str, int]) -> frozenset[int]:
    return frozenset(places[one] for proof in ask.evidence for one in proof.segments)


def all_made(calls: Sequence[Call], home: Path, engine: str) -> Iterator[tuple[Setting, Made]]:
    """Both settings over some calls."""
    for call in calls:
        one = read(call, home / call.id, engine)
        for setting in ("gold", "found"):
            yield from ((setting, each) for each in made(one, setting))
