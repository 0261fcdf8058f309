"""The specs of a call end to end: of the asks that were found, against what theirs should hold."""

from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple

from evals.datasets.wanted import WantedAsk, wanted_asks
from evals.scorers.matching import Cited, matched
from evals.scorers.pairing import turns_of
from evals.scorers.share import Cells, Share, total
from evals.scorers.specs import Scores, missed_questions, scores, texts
from evals.scorers.words import held
from evals.tasks.processed import Processed
from pipeline.models.project import Project
from pipeline.models.spec import FeatureSpec

FIGURES: Mapping[str, Callable[[Scores], Share]] = {
    "spec.made": lambda one: one.made,
    "spec.fields": lambda one: one.fields,
    "spec.fields_right": lambda one: one.fields_right,
    "spec.origin": lambda one: one.origins,
    "spec.details": lambda one: one.details,
    "spec.facts": lambda one: one.facts,
    "spec.must_ask": lambda one: one.by_slot,
    "spec.must_ask_one_to_one": lambda one: one.by_slot_one_to_one,
    "spec.must_ask_words": lambda one: one.by_words,
    "spec.fit": lambda one: one.fit,
    "spec.invented": lambda one: one.invented,
    "spec.unproved": lambda one: one.unproved,
    "spec.questions": lambda one: Share(one.questions, one.made.hit),
}


class Made(NamedTuple):
    """One wanted ask and the spec made for it, if any."""

    gold: WantedAsk
    spec: FeatureSpec | None
    project: Project


class SpecLine(NamedTuple):
    """What a spec should hold, and whether it does."""

    ask: str
    title: str | None
    """None: there is no spec."""
    asked: tuple[tuple[str, bool], ...]
    """What has to be asked."""
    facts: tuple[tuple[str, bool], ...]
    questions: tuple[str, ...] = ()
    """What the spec asks."""


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


def specified(one: Processed) -> Cells:
    """Every figure of the specs of a call; none where it has no labelled spec."""
    found = [scores(each.gold, each.spec, each.project) for each in end_to_end(one)]
    if not found:
        return {}
    return {name: total(map(take, found)) for name, take in FIGURES.items()}


def spec_lines(one: Processed) -> Iterator[SpecLine]:
    """What each spec should hold beside whether it does, to be read."""
    for each in end_to_end(one):
        whole = "\n".join(texts(each.spec)) if each.spec else ""
        missed = missed_questions(each.gold, each.spec)
        yield SpecLine(
            f"{each.gold.id} {each.gold.text}",
            each.spec.title if each.spec else None,
            tuple((wanted, wanted not in missed) for wanted in each.gold.must_ask),
            tuple((fact, held(fact, whole)) for fact in each.gold.facts),
            tuple(one.question for one in each.spec.open_questions) if each.spec else (),
        )
