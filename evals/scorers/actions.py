"""Actions against labels: owners and dates that are right, and those that nobody named."""

import re
from collections.abc import Mapping, Sequence
from itertools import pairwise

from evals.datasets.call_file import CallFile, Gold, GoldAction, Turn
from evals.scorers.pairing import pairing, turns_of
from evals.scorers.share import Cells, count
from pipeline.language.normalise import folded
from pipeline.models.minutes import Action, Minutes
from pipeline.models.project import Participant

_LATIN = re.compile(r"[A-Za-z]{2,}")
_CALLED = "总工姐哥叔经理主任老师博士科长部长处长院长厂长店长会计医生教授董同学先生女士"
"""What a Chinese surname is followed by when a person is called by it; letters of such titles."""


def actions(minutes: Minutes, call: CallFile, gold: Gold, turns: Mapping[str, int]) -> Cells:
    """Owners and dates of the matched actions, and owners and dates that nobody gave."""
    one = pairing("action", minutes, gold, turns)
    if one is None:
        return {}
    pairs = [
        (found, wanted)
        for found, wanted in one.matched()
        if isinstance(found, Action) and isinstance(wanted, GoldAction)
    ]
    people = call.participants
    owned = [(found, wanted) for found, wanted in pairs if wanted.owner]
    dated = [(found, wanted) for found, wanted in pairs if wanted.due_date]
    unowned = {found.id for found, wanted in pairs if _labelled_none(wanted, "owner")}
    named = [found for found in minutes.actions if found.owner]
    return {
        "action.owner": count(same_person(f.owner, w.owner, people) for f, w in owned),
        "action.owner_invented": count(
            found.id in unowned
            or not person_near(str(found.owner), turns_of(found, turns), call.turns, people)
            for found in named
        ),
        "action.due": count(found.due_date == wanted.due_date for found, wanted in dated),
        "action.due_invented": count(
            found.due_date is not None
            for found, wanted in pairs
            if _labelled_none(wanted, "due_date")
        ),
    }


def _labelled_none(wanted: GoldAction, field: str) -> bool:
    """Whether a label says that there is none; one that is left out says nothing."""
    return field in wanted.model_fields_set and not getattr(wanted, field)


def same_person(one: str | None, other: str | None, people: Sequence[Participant]) -> bool:
    """Whether two names, or a name and the label of a recorder, mean one person."""
    return bool(one and other) and _known(str(one), people) == _known(str(other), people)


def person_near(
    owner: str, cited: frozenset[int], turns: Sequence[Turn], people: Sequence[Participant]
) -> bool:
    """Whether the owner speaks or is named in the cited turns or right beside them."""
    near = set(cited)
    for before, after in pairwise(turns):
        if before.id in cited:
            near.add(after.id)
        if after.id in cited:
            near.add(before.id)
    beside = [turn for turn in turns if turn.id in near]
    speakers = {_known(turn.speaker, people) for turn in beside}
    return _known(owner, people) in speakers or any(called(owner, turn.text) for turn in beside)


def called(owner: str, text: str) -> bool:
    """Whether a text names a person: whole, by a name of theirs, or by surname and title."""
    if folded(owner) in folded(text):
        return True
    if words := _LATIN.findall(owner):
        return any(re.search(rf"(?i)\b{re.escape(one)}\b", text) for one in words)
    given = owner[1:] if len(owner) > 2 else ""
    surname = re.escape(owner[:1])
    pattern = rf"[老小]{surname}|{surname}[{_CALLED}]"
    return bool(owner) and (bool(given and given in text) or bool(re.search(pattern, text)))


def _known(name: str, people: Sequence[Participant]) -> str:
    for person in people:
        if name in (person.name, person.label):
            return folded(person.name)
    return folded(name)
