"""Which of two accounts of one call has the better text, and what speaks for it."""

import re
from collections.abc import Iterable, Sequence
from statistics import mean
from typing import NamedTuple

from pipeline.language.normalise import folded
from pipeline.language.spoken import Token
from pipeline.models.joining import Mark, Preference
from pipeline.models.project import Project
from pipeline.models.transcript import Segment

UNSURE = -0.8
"""Mean log probability below which the recogniser may have misheard."""
_WORTH: dict[Mark, int] = {"names": 2, "terms": 2, "doubt": 1, "words": 1}
_LABEL = re.compile(
    r"(?:speaker|spk|guest|unknown(?: speaker)?|participant|说话人|发言人|讲话人|说话者|发言者"
    r"|参会人|参会者|未知(?:发言人|说话人)?)[\s_:#-]*\w{0,3}",
    re.IGNORECASE,
)


class Account(NamedTuple):
    """One account, as far as it is compared."""

    turns: Sequence[Segment]
    words: Sequence[Token]
    common: range
    """Places of the words of the stretch that both have."""


def is_name(speaker: str | None) -> bool:
    """Whether a speaker is called by a name, and not "Speaker 2" or 说话人 1."""
    return bool(speaker and speaker.strip() and not _LABEL.fullmatch(speaker.strip()))


def preference(ours: Account, theirs: Account, project: Project) -> Preference:
    """The text that more speaks for; ours where nothing decides."""
    known = tuple(_known(project))
    marks: dict[Mark, float] = {
        "names": _more(_named(ours), _named(theirs), 0.2),
        "terms": _more(_terms(ours, known), _terms(theirs, known), 1.5),
        "doubt": _surer(ours, theirs),
        "words": _more(_size(ours), _size(theirs), 0.05 * max(_size(ours), _size(theirs))),
    }
    for_ours = tuple(mark for mark, side in marks.items() if side < 0)
    for_theirs = tuple(mark for mark, side in marks.items() if side > 0)
    theirs_win = sum(_WORTH[one] for one in for_theirs) > sum(_WORTH[one] for one in for_ours)
    return Preference(text="theirs" if theirs_win else "ours", ours=for_ours, theirs=for_theirs)


def _more(ours: float, theirs: float, least: float) -> float:
    """Below 0 where ours has more, above 0 where theirs has; 0 where the difference is small."""
    return theirs - ours if abs(theirs - ours) > least else 0.0


def _named(account: Account) -> float:
    """Share of the words that were said by somebody with a name."""
    total = sum(word.weight for word in account.words) or 1
    turns = [is_name(one.speaker) for one in account.turns]
    return sum(word.weight for word in account.words if turns[word.turn]) / total


def _known(project: Project) -> Iterable[str]:
    yield from (one.name for one in project.participants)
    yield from project.glossary
    for entity in project.data_dictionary:
        yield from (entity.entity, *entity.synonyms)
        yield from (field.label for field in entity.fields)


def _terms(account: Account, known: Iterable[str]) -> int:
    """How often words of the project occur where both accounts speak."""
    turns = {account.words[at].turn for at in account.common}
    whole = folded("\n".join(account.turns[at].text for at in sorted(turns)))
    terms = {term for one in known if len(term := folded(one)) > 1}
    return sum(whole.count(term) for term in terms)


def _surer(ours: Account, theirs: Account) -> float:
    one, other = _doubt(ours), _doubt(theirs)
    if one is None and other is None:
        return 0.0
    if one is not None and other is not None:
        return _more(one, other, 0.1)
    if one is not None:
        return 1.0 if one < UNSURE else 0.0
    return -1.0 if other is not None and other < UNSURE else 0.0


def _doubt(account: Account) -> float | None:
    sure = [one.avg_logprob for one in account.turns if one.avg_logprob is not None]
    return mean(sure) if sure else None


def _size(account: Account) -> int:
    return sum(account.words[at].weight for at in account.common)
