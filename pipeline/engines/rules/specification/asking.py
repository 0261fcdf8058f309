"""Which questions go to the client: what the call left open first, then what the play still needs."""

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from pipeline.engines.rules.playbook.loader import (
    Probe,
    compiled,
    cue_list,
    phrases,
    playbook,
)
from pipeline.engines.rules.specification.doubt import Doubt
from pipeline.engines.rules.specification.exchange import rejects
from pipeline.engines.rules.specification.known import Known
from pipeline.engines.rules.specification.statement import Statement
from pipeline.language.numbers import find_numbers
from pipeline.language.support import alikeness
from pipeline.models.slots import SlotKey
from pipeline.models.spec import OpenQuestion

MOST_QUESTIONS = 6
_LARGE = 100
_MOST_PER_SLOT = 2
_ALIKE = 0.55
_OF_THE_CALL = 80
"""Score from which a question comes from the call itself and speaks for its slot."""
_MOST_HOMELESS = 2
_ANY_WAY: frozenset[SlotKey] = frozenset({"exception", "field_rule", "other"})
"""Slots of which one answer never settles everything."""
_SETTLED: frozenset[SlotKey] = frozenset(
    {"notify", "recipients", "format", "frequency", "fields", "permission", "file_name"}
)
"""Slots that one answer settles, whatever the words that call for the question."""


class _Candidate(NamedTuple):
    score: float
    question: OpenQuestion
    key: str = ""
    """Name in the playbook: a play and a probe of one name ask the same."""


def questions(known: Known, about: Mapping[str, str]) -> tuple[OpenQuestion, ...]:
    """A handful, the blocking ones first; `about` fills the placeholders."""
    found = [*_from_doubts(known), *_from_columns(known), *_from_probes(known), *_from_plays(known)]
    chosen: list[_Candidate] = []
    for one in sorted(found, key=lambda one: -one.score):
        if len(chosen) < MOST_QUESTIONS and _new(one, chosen):
            chosen.append(one)
    chosen.sort(key=lambda one: (not one.question.blocking, -one.score))
    return tuple(
        _named(one.question, f"q{number}", known, about) for number, one in enumerate(chosen, 1)
    )


def _new(one: _Candidate, chosen: Sequence[_Candidate]) -> bool:
    """Whether it asks what none of the chosen ones asks."""
    if any(_alike(one, other) for other in chosen):
        return False
    slot = one.question.slot
    same = [other for other in chosen if other.question.slot == slot]
    if one.score >= _OF_THE_CALL:
        return True
    settled = slot not in _ANY_WAY and any(other.score >= _OF_THE_CALL for other in same)
    return not settled and len(same) < _MOST_PER_SLOT


def _alike(one: _Candidate, other: _Candidate) -> bool:
    if one.key and one.key == other.key:
        return True
    return alikeness(one.question.question, other.question.question) > _ALIKE


def _named(
    question: OpenQuestion, number: str, known: Known, about: Mapping[str, str]
) -> OpenQuestion:
    ask = _fill(question.question, about)
    prefix = phrases(known.language)["question.prefix"]
    return question.with_(
        id=number,
        question=prefix.format(object=about["object"], ask=ask),
        why_it_matters=_fill(question.why_it_matters, about),
        options=tuple(_fill(one, about) for one in question.options),
        recommended=_fill(question.recommended, about) if question.recommended else None,
    )


def _fill(text: str, about: Mapping[str, str]) -> str:
    for name, value in about.items():
        text = text.replace(f"{{{name}}}", value)
    return text


def _from_doubts(known: Known) -> Iterable[_Candidate]:
    words = phrases(known.language)
    for index, doubt in enumerate(known.doubts):
        score = {"dispute": 100, "put_off": 92, "noted": 88, "vague": 66}[doubt.kind] - index / 10
        if doubt.kind == "vague" and doubt.b == "delay":
            score += 14
        yield _Candidate(score, _doubt_question(doubt, words))


def _doubt_question(doubt: Doubt, words: Mapping[str, str]) -> OpenQuestion:
    name = doubt.b if doubt.kind == "vague" else doubt.kind
    ask = {
        "dispute": lambda: words["question.dispute"].format(a=doubt.a, b=doubt.b),
        "vague": lambda: words[f"question.{name}"].format(term=doubt.a),
        "put_off": lambda: words["question.put_off"].format(question=doubt.a),
        "noted": lambda: doubt.a,
    }[doubt.kind]()
    why = words[f"question.{name}_why"].format(reply=doubt.b)
    usual = words.get(f"question.{name}_options", words["question.put_off_options"]).split("|")
    options = (*doubt.options, words["question.both"]) if doubt.options else tuple(usual)
    best = words.get(f"question.{name}_best") or words["question.put_off_best"]
    return OpenQuestion(
        id="",
        slot=doubt.slot,
        question=ask,
        why_it_matters=why,
        options=options,
        recommended=best if best in options else None,
        blocking=doubt.kind in ("dispute", "put_off"),
    )


def _from_columns(known: Known) -> Iterable[_Candidate]:
    words = phrases(known.language)
    for mention in known.found.doubtful[:1]:
        choices = tuple(f"{column.label} {column.path}" for column in mention.columns)
        yield _Candidate(
            83,
            OpenQuestion(
                id="",
                slot="fields",
                question=words["question.ambiguous"].format(
                    label=mention.said, choices=words["list.comma"].join(choices)
                ),
                why_it_matters=words["question.ambiguous_why"],
                options=choices,
                recommended=choices[0] if choices else None,
                blocking=True,
            ),
        )
    for rank, label in enumerate(known.found.homeless[:_MOST_HOMELESS]):
        options = tuple(words["question.homeless_options"].split("|"))
        yield _Candidate(
            84 - 12 * rank,
            OpenQuestion(
                id="",
                slot="source_data",
                question=words["question.homeless"].format(label=label),
                why_it_matters=words["question.homeless_why"].format(label=label),
                options=options,
                recommended=options[0],
                blocking=True,
            ),
        )


def _from_probes(known: Known) -> Iterable[_Candidate]:
    asked, text = f"{known.ask.text}\n{known.ask.raw_quote}", _heard(known)
    for rank, (key, probe) in enumerate(playbook(known.language).probes.items()):
        match = compiled(probe.when).search(text)
        if probe.slot in known.filled & _SETTLED:
            continue
        if match and not (probe.unless and compiled(probe.unless).search(text)):
            named = match.groupdict()
            term = named.get("term") or named.get("other") or match.group()
            near = 6 if compiled(probe.when).search(asked) else 0
            score = 50 + near + 3 * probe.weight - rank / 100
            yield _Candidate(score, _plain(probe, term), key)


def _heard(known: Known) -> str:
    """The ask, and what the client said in its own turns without what was turned down."""
    down = {t.at for one in known.said if one.outcome == "rejected" for t in one.reply}
    told = [
        clause.text
        for clause in known.talk.client
        if clause.at in known.talk.own and not (clause.at in down and rejects(clause.text))
    ]
    return "\n".join([known.ask.text, known.ask.raw_quote, *told])


def _from_plays(known: Known) -> Iterable[_Candidate]:
    for place, play in enumerate(known.plays):
        for rank, (key, probe) in enumerate(play.ask.items()):
            if _wanted(probe, known):
                score = (70 if probe.blocking else 63) - 14 * min(place, 1) - rank / 2
                yield _Candidate(score, _plain(probe, ""), key)


def _wanted(probe: Probe, known: Known) -> bool:
    if probe.slot in known.filled and (probe.slot not in _ANY_WAY) and not probe.when:
        return False
    text = f"{known.ask.text}\n{known.ask.raw_quote}\n{known.talk.text}"
    if "{limit}" in probe.when:
        return limit(known) is not None
    if probe.when and not compiled(probe.when).search(text):
        return False
    return not (probe.unless and compiled(probe.unless).search(text))


def limit(known: Known) -> Statement | None:
    """The volume that was said."""
    return next((one for one in known.of("limit") if _volume(one.text)), None)


def _volume(text: str) -> bool:
    """Whether it says how much data there is: so many rows, or a large bare number."""
    units = cue_list("words.volume_units")
    return any(
        not one.ordinal and (one.unit in units or (one.unit is None and one.value >= _LARGE))
        for one in find_numbers(text)
    )


def _plain(probe: Probe, term: str) -> OpenQuestion:
    return OpenQuestion(
        id="",
        slot=probe.slot,
        question=probe.ask.replace("{term}", term),
        why_it_matters=probe.why,
        options=probe.options,
        recommended=probe.best,
        blocking=probe.blocking,
    )
