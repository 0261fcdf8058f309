"""Questions that can be answered by pointing: why each matters, two to five options, one advised.

Whatever engine drafted them; nothing here knows which.
"""

import re
import tomllib
from collections.abc import Iterable, Sequence
from functools import cache
from importlib.resources import files
from typing import Any, NamedTuple, TypeVar

from pipeline.models.alike import bare
from pipeline.models.base import Language
from pipeline.models.minutes import Minutes
from pipeline.models.spec import OpenQuestion, SpecPlain
from pipeline.models.transcript import Transcript

S = TypeVar("S", bound=SpecPlain)
FEWEST, MOST = 2, 5
"""Options of a question."""
_ALTERNATIVES = re.compile(r"还是|或者?|、|\bor\b|\bversus\b", re.IGNORECASE)
_ASKS_WHAT = re.compile(
    "什么|哪|谁|怎么|怎样|如何|多少|几|多久|多大"
    r"|\b(?:who|whom|whose|what|which|when|where|how|why)\b",
    re.IGNORECASE,
)
_WHETHER = re.compile(
    "是否|是不是|要不要|有没有|能不能|可不可以|需不需要|够不够|会不会|该不该|[吗么][？?。]?$"
    r"|^(?:is|are|was|were|do|does|did|can|could|should|shall|will|would|may|must|has|have)\b",
    re.IGNORECASE,
)
_NO = r"(?:不|别|无需|勿|\bno\b|\bnot\b|\bnever\b|\bwithout\b|n't\b|n’t\b)"
_NEAR = 6
"""Characters between a refusal and what it refuses."""
_CLAUSE = re.compile("[，,；;。.！!？?\n]")
_ENOUGH = re.compile(
    r"就行|就好|就可以|即可|改用|\binstead\b|\benough\b|\bwill do\b", re.IGNORECASE
)
_LEAST = 4
"""Bytes of words that can be told from others: two Chinese characters, or four letters."""


class Refusals(NamedTuple):
    """What somebody in the call said no to."""

    refused: tuple[str, ...] = ()
    """Clauses of decisions against something, and of requests that were taken back."""
    said: tuple[str, ...] = ()
    """Everything that was said or settled: a no in it counts for the words right behind it."""

    def __call__(self, option: str) -> bool:
        """Whether an option was refused."""
        words = option.strip().rstrip("。.")
        if len(words.encode()) < _LEAST:
            return False
        if any(bare(words) in bare(clause) for clause in self.refused):
            return True
        no = re.compile(f"{_NO}[^，,；;。.！!？?\n]{{0,{_NEAR}}}{re.escape(words)}", re.IGNORECASE)
        return any(no.search(text) for text in self.said)


def refusals(minutes: Minutes, transcript: Transcript) -> Refusals:
    """What was refused in a call."""
    against = [one.text for one in minutes.decisions if one.state == "rejected"]
    against += [one.text for one in minutes.asks if one.status == "withdrawn"]
    clauses = (part for text in against for part in _CLAUSE.split(text) if part.strip())
    settled = [item.text for _, item in minutes.items()]
    return Refusals(
        tuple(one for one in clauses if not _ENOUGH.search(one)),
        (*settled, *(one.text for one in transcript.segments)),
    )


def answerable(spec: S, refused: Refusals) -> S:
    """The spec with every open question made one that can be answered by pointing."""
    questions: dict[str, OpenQuestion] = {}
    for one in spec.open_questions:
        first = questions.get(bare(one.question))
        if first is None or one.answer:
            mended = one if one.answer else mended_question(one, spec.language, refused)
            questions[bare(one.question)] = mended
        elif one.blocking and not first.blocking:
            questions[bare(one.question)] = first.with_(blocking=True)
    return spec.with_(open_questions=tuple(questions.values()))


def mended_question(question: OpenQuestion, language: Language, refused: Refusals) -> OpenQuestion:
    """The question with two to five options, why it matters, and an advice that holds.

    The advice is always one of the options; what was refused in the call is never advised, nor
    what only the client can know. Where options come from the table, so does the advice, and only
    where the table has a ground for it.
    """
    usual = _usual(language)[question.slot]
    options, advised = _once(question.options), question.recommended
    if advised and not _among(advised, options):
        options = (advised, *options)
    if len(options) < FEWEST:
        whether = is_whether(question.question)
        more = _usual(language)["whether"] if whether else usual
        options = _once((*options, *more["options"]))
        advised = advised or more.get("best")
    if advised and (usual.get("fact") or refused(advised)):
        advised = None
    advised = _among(advised, options) if advised else None
    return question.with_(
        options=_cut(options, advised),
        recommended=advised,
        why_it_matters=question.why_it_matters.strip() or usual["why"],
    )


def is_whether(text: str) -> bool:
    """Whether yes or no answers it."""
    asked = re.split("[:：]", text)[-1].strip()
    if _ALTERNATIVES.search(asked) or not _WHETHER.search(asked):
        return False
    return not _ASKS_WHAT.search(_WHETHER.sub("", asked))


def _once(options: Iterable[str]) -> tuple[str, ...]:
    found: dict[str, str] = {}
    for one in options:
        text = " ".join(one.split())
        if text:
            found.setdefault(bare(text) or text, text)
    return tuple(found.values())


def _among(option: str, options: Sequence[str]) -> str | None:
    return next((one for one in options if (bare(one) or one) == (bare(option) or option)), None)


def _cut(options: tuple[str, ...], advised: str | None) -> tuple[str, ...]:
    """The first few, and among them the advised one."""
    if advised is None or advised in options[:MOST]:
        return options[:MOST]
    return (*options[: MOST - 1], advised)


@cache
def _usual(language: Language) -> dict[str, Any]:
    text = files("pipeline.words.asking").joinpath(f"{language}.toml").read_text("utf-8")
    return tomllib.loads(text)
