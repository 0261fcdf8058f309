"""Which questions go to the client: what the call left open first, then what the play still needs."""

from collections.abc import Collection, Mapping, Sequence

from pipeline.engines.rules.playbook.loader import phrases
from pipeline.engines.rules.specification.candidates import ANY_WAY, Candidate, candidates
from pipeline.engines.rules.specification.known import Known
from pipeline.language.normalise import folded
from pipeline.language.support import alikeness
from pipeline.models.item import Scope

MOST_QUESTIONS = 8
_FEW = 3
_LEAST = 58
"""Score below which a question waits, once a few others are asked."""
_MOST_PER_SLOT = 2
_ALIKE = 0.55
_TOLD = (("recipients", "recipients"), ("channel", "notify"))
"""What an ask says of itself, and the slot that this fills."""
_OF_THE_CALL = 80
"""Score from which a question comes from the call itself and speaks for its slot."""


def questions(
    known: Known, about: Mapping[str, str], *, scope: Scope, asked: Collection[str] = ()
) -> tuple[Candidate, ...]:
    """A handful, the blocking ones first; `about` fills the placeholders.

    Questions in `asked` go to the client with another spec of the call already.
    """
    named = [_named(one, known, about) for one in candidates(known, scope)]
    told = {slot for name, slot in _TOLD if name in about}
    found = [one for one in named if one.question.slot not in told and not _asked(one, asked)]
    chosen: list[Candidate] = []
    for one in sorted(found, key=lambda one: -one.score):
        needed = one.score >= _LEAST or len(chosen) < _FEW
        if needed and len(chosen) < MOST_QUESTIONS and _new(one, chosen):
            chosen.append(one)
    chosen.sort(key=lambda one: (not one.question.blocking, -one.score))
    return tuple(
        one._replace(question=one.question.with_(id=f"q{number}"))
        for number, one in enumerate(chosen, 1)
    )


def _asked(one: Candidate, asked: Collection[str]) -> bool:
    return folded(one.question.question) in {folded(other) for other in asked}


def _new(one: Candidate, chosen: Sequence[Candidate]) -> bool:
    """Whether it asks what none of the chosen ones asks."""
    if any(_alike(one, other) for other in chosen):
        return False
    slot = one.question.slot
    same = [other for other in chosen if other.question.slot == slot]
    if one.score >= _OF_THE_CALL:
        return True
    settled = slot not in ANY_WAY and any(other.score >= _OF_THE_CALL for other in same)
    return not settled and len(same) < _MOST_PER_SLOT


def _alike(one: Candidate, other: Candidate) -> bool:
    if one.key and one.key == other.key:
        return True
    return alikeness(one.bare, other.bare) > _ALIKE


def _named(one: Candidate, known: Known, about: Mapping[str, str]) -> Candidate:
    """With its values, and with the object in front unless the minutes ask it in these words."""
    question = one.question
    ask = _fill(question.question, about)
    prefix = phrases(known.language)["question.prefix"]
    put = ask if one.raised else prefix.format(object=about["object"], ask=ask)
    filled = question.with_(
        question=put,
        why_it_matters=_fill(question.why_it_matters, about),
        options=tuple(_fill(option, about) for option in question.options),
        recommended=_fill(question.recommended, about) if question.recommended else None,
    )
    return one._replace(question=filled, bare=ask)


def _fill(text: str, about: Mapping[str, str]) -> str:
    for name, value in about.items():
        text = text.replace(f"{{{name}}}", value)
    return text
