"""Everything that could be asked about an ask, each with how much it is needed."""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from pipeline.engines.rules.playbook.loader import (
    Probe,
    compiled,
    cue_list,
    cues,
    phrases,
    playbook,
)
from pipeline.engines.rules.specification.doubt import Doubt
from pipeline.engines.rules.specification.exchange import rejects
from pipeline.engines.rules.specification.known import Known
from pipeline.engines.rules.specification.parts import edge_open
from pipeline.engines.rules.specification.refusal import turned_down
from pipeline.engines.rules.specification.statement import Statement
from pipeline.language.homes import MOST_OPTIONS, place_of
from pipeline.language.number_mention import NumberMention
from pipeline.language.numbers import find_numbers
from pipeline.language.support import alikeness
from pipeline.models.item import Scope
from pipeline.models.slots import SlotKey
from pipeline.models.spec import OpenQuestion

_LARGE = 100
_THING = re.compile(r"[A-Za-z]{3,}|[\u4e00-\u9fff]{2,}")
_LETTERS = re.compile(r"[^\W\d_]")
_MOST_HOMELESS = 2
_PROPOSED = 0.6
"""Dice of bigrams from which an option is what we proposed in the call."""
ANY_WAY: frozenset[SlotKey] = frozenset({"exception", "field_rule", "other"})
"""Slots of which one answer never settles everything."""
_SETTLED: frozenset[SlotKey] = frozenset(
    {"notify", "recipients", "format", "frequency", "fields", "permission", "file_name"}
)
"""Slots that one answer settles, whatever the words that call for the question."""


class Candidate(NamedTuple):
    """A question that could be asked."""

    score: float
    question: OpenQuestion
    key: str = ""
    """Name in the playbook: a play and a probe of one name ask the same."""
    raised: bool = False
    """Whether the minutes hold it already, in these words."""
    bare: str = ""
    """The question without the object in front."""


def candidates(known: Known, scope: Scope) -> list[Candidate]:
    """What the call left open, what the data lacks, what its words call for, what the kind needs."""
    found = [*_from_doubts(known), *_from_columns(known), *_from_edge(known)]
    found += [*_from_probes(known), *_from_plays(known)]
    if scope.verdict == "in":  # the contract has it: who pays is settled
        found = [one for one in found if one.question.slot != "contract"]
    return found


def _from_doubts(known: Known) -> Iterable[Candidate]:
    words = phrases(known.language)
    for index, doubt in enumerate(known.doubts):
        score = {"dispute": 100, "put_off": 92, "noted": 88, "vague": 66}[doubt.kind] - index / 10
        if doubt.kind == "vague" and doubt.b == "delay":
            score += 14
        yield Candidate(score, _doubt_question(doubt, words), raised=doubt.raised)


def _doubt_question(doubt: Doubt, words: Mapping[str, str]) -> OpenQuestion:
    name = doubt.b if doubt.kind == "vague" else doubt.kind
    ask = {
        "dispute": lambda: words["question.dispute"].format(a=doubt.a, b=doubt.b),
        "vague": lambda: words[f"question.{name}"].format(term=doubt.a),
        "put_off": lambda: doubt.a,
        "noted": lambda: doubt.a,
    }[doubt.kind]()
    options = _options(doubt, name, words)
    best = words.get(f"question.{name}_best")
    return OpenQuestion(
        id="",
        slot=doubt.slot,
        question=ask,
        why_it_matters=words[f"question.{name}_why"].format(reply=doubt.b),
        options=options,
        recommended=best if best in options else None,
        blocking=doubt.kind in ("dispute", "put_off"),
    )


def _options(doubt: Doubt, name: str, words: Mapping[str, str]) -> tuple[str, ...]:
    """The alternatives that were named, or yes and no; for any other question none."""
    if doubt.options:
        return (*doubt.options, words["question.both"])
    usual = words.get(f"question.{name}_options")
    if usual is None and cues("yesno.exists").search(doubt.a):
        document = doubt.slot == "integration" and cues("yesno.document").search(doubt.a)
        usual = words["question.document_options" if document else "question.exists_options"]
    elif usual is None and cues("yesno.whether").search(doubt.a):
        usual = words["question.is_options"]
    return tuple(usual.split("|")) if usual else ()


def _from_columns(known: Known) -> Iterable[Candidate]:
    words = phrases(known.language)
    for mention in known.found.doubtful[:1]:
        columns = mention.columns[:MOST_OPTIONS]
        choices = tuple(place_of(one, columns, known.language) for one in columns)
        question = OpenQuestion(
            id="",
            slot="fields",
            question=words["question.ambiguous"].format(
                label=mention.said, choices=words["list.comma"].join(choices)
            ),
            why_it_matters=words["question.ambiguous_why"],
            options=choices,
            blocking=True,
        )
        yield Candidate(83, question)
    options = tuple(words["question.homeless_options"].split("|"))
    labels = [one for one in known.found.homeless if _LETTERS.search(one)]
    for rank, label in enumerate(labels[:_MOST_HOMELESS]):
        question = OpenQuestion(
            id="",
            slot="source_data",
            question=words["question.homeless"].format(label=label),
            why_it_matters=words["question.homeless_why"].format(label=label),
            options=options,
            recommended=options[0],
            blocking=True,
        )
        yield Candidate(84 - 12 * rank, question)


def _from_edge(known: Known) -> Iterable[Candidate]:
    """Whether the limit itself is in, where a rule has one and nobody said it."""
    edge = edge_open(known)
    if edge is not None:
        words = phrases(known.language)
        question = OpenQuestion(
            id="",
            slot="field_rule",
            question=words["question.edge"].format(edge=edge),
            why_it_matters=words["question.edge_why"],
            options=tuple(words["question.edge_options"].split("|")),
        )
        yield Candidate(62.8, question, "edge")


def _from_probes(known: Known) -> Iterable[Candidate]:
    asked, text = f"{known.ask.text}\n{known.ask.raw_quote}", _heard(known, own=True)
    for rank, (key, probe) in enumerate(playbook(known.language).probes.items()):
        match = compiled(probe.when).search(text)
        if probe.slot in known.filled & _SETTLED or _answered(probe, known):
            continue
        if match and not (probe.unless and compiled(probe.unless).search(text)):
            named = match.groupdict()
            term = named.get("term") or named.get("other") or match.group()
            near = 6 if compiled(probe.when).search(asked) else 0
            score = 50 + near + 3 * probe.weight - rank / 100
            yield Candidate(score, _plain(probe, known, term), key)


def _heard(known: Known, *, own: bool = False) -> str:
    """The ask, and what the client said about it without what was turned down."""
    down = {t.at for one in known.said if one.outcome == "rejected" for t in one.reply}
    told = [
        clause.text
        for clause in known.talk.client
        if (clause.at in known.talk.own or not own)
        and not (clause.at in down and rejects(clause.text))
    ]
    held = [one.value for one in known.of("rule", "limit") if one.firm]
    return "\n".join([known.ask.text, known.ask.raw_quote, *told, *held])


def _from_plays(known: Known) -> Iterable[Candidate]:
    text = _heard(known)
    for place, play in enumerate(known.plays):
        for rank, (key, probe) in enumerate(play.ask.items()):
            if _wanted(probe, known, text):
                question = _plain(probe, known, "")
                score = (70 if question.blocking else 63) - 14 * min(place, 1) - rank / 2
                yield Candidate(score, question, key)


def _wanted(probe: Probe, known: Known, text: str) -> bool:
    if probe.slot in known.filled and (probe.slot not in ANY_WAY) and not probe.when:
        return False
    if "{limit}" in probe.when:
        return limit(known) is not None
    if probe.when and not compiled(probe.when).search(text):
        return False
    return not (probe.unless and compiled(probe.unless).search(text)) and not _answered(
        probe, known
    )


def _answered(probe: Probe, known: Known) -> bool:
    """Whether we asked nearly this in the call and the client said it."""
    asked = (one for one in known.said if one.kind == "question" and one.outcome == "answered")
    texts = (clause.text for one in asked for clause in one.turn.clauses if clause.asks)
    return any(alikeness(probe.ask, text) >= _PROPOSED for text in texts)


def limit(known: Known) -> Statement | None:
    """The volume that was said."""
    return next((one for one in known.of("limit") if _volume(one.text)), None)


def _volume(text: str) -> bool:
    """Whether it says how much data there is: so many rows, or a large bare number."""
    return any(is_volume(one) for one in find_numbers(text))


def is_volume(one: NumberMention) -> bool:
    """Whether a number counts rows, or is large and bare."""
    units = cue_list("words.volume_units")
    return not one.ordinal and (one.unit in units or (one.unit is None and one.value >= _LARGE))


def _turned_down(option: str, told: Sequence[str]) -> bool:
    """Whether the client said no to the first thing that an option names."""
    match = _THING.search(option)
    pattern = compiled(re.escape(match.group())) if match else None
    return pattern is not None and any(any(turned_down(pattern, text)) for text in told)


def _plain(probe: Probe, known: Known, term: str) -> OpenQuestion:
    """A question of the playbook; what we proposed and nobody turned down only needs a yes."""
    said = [one.value for one in known.of("rule", "limit") if not one.firm]
    proposed = (o for o in probe.options if any(alikeness(o, s) >= _PROPOSED for s in said))
    ours = next(proposed, None)
    told = [clause.text for clause in known.talk.client]
    open_ones = tuple(one for one in probe.options if not _turned_down(one, told))
    options = open_ones if len(open_ones) > 1 else probe.options
    best = ours or (probe.best if probe.best in open_ones else None)
    return OpenQuestion(
        id="",
        slot=probe.slot,
        question=probe.ask.replace("{term}", term),
        why_it_matters=probe.why,
        options=options,
        recommended=best if best in options else None,
        blocking=probe.blocking and ours is None,
    )
