"""In the listener's words: what goes to the client says nothing in the words of our trade.

Quotes stay as they were said, and names in the client's own system as they stand there.
"""

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache, cached_property
from importlib.resources import files
from typing import Any, Literal, NamedTuple

from pipeline.models.alike import bare
from pipeline.models.base import Language
from pipeline.models.project import Participant, PlainWord, Project
from pipeline.models.spec import FeatureSpec, OpenQuestion

Role = Literal["finance", "warehouse", "boss"]
ROLES: tuple[tuple[Role, "re.Pattern[str]"], ...] = (
    (
        "finance",
        re.compile(
            r"财务|会计|出纳|财会|核算|审计|\b(?:finance|controller|account\w*|cfo|cashier|audit\w*)\b",
            re.IGNORECASE,
        ),
    ),
    (
        "warehouse",
        re.compile(
            r"仓|库管|保管|理货|\b(?:warehouse|stock ?keeper|storeman|stores)\b", re.IGNORECASE
        ),
    ),
    (
        "boss",
        re.compile(
            r"总(?!账|务|装|台|机|成)|老板|经理|厂长|董事|院长|\b(?:boss|director|ceo|coo|owner|president|general manager)\b",
            re.IGNORECASE,
        ),
    ),
)
"""What somebody does, by words of a title; the first that fits: a finance manager is of finance."""

_QUOTES = '“[^”]*”|「[^」]*」|『[^』]*』|‘[^’]*’|"[^"]*"'
_BEFORE, _AFTER = r"(?<![^\W\u3400-\u9fff])", r"(?![^\W\u3400-\u9fff])"
"""No letter or digit but a Chinese one: a word inside another Latin word is another word."""
_ARTICLE = r"(?P<article>\b[Aa]n?\s+)?"
_VOWELS = "aeiou"


def role_of(title: str) -> Role | None:
    """What somebody does, by a title or whatever says it; null where that tells nothing."""
    return next((role for role, words in ROLES if words.search(title)), None)


class PlainSpeech:
    """How something is said to some listeners."""

    def __init__(
        self,
        said: Mapping[str, str],
        kept: Iterable[str] = (),
        answers: Mapping[str, str] | None = None,
    ) -> None:
        """Know what is said for which term, what stays as it is, and how whole answers are put."""
        self._answers = answers or {}
        self._said = {term.casefold(): text for term, text in said.items() if term.strip()}
        terms = re.compile("|".join(map(re.escape, self._said)) or "(?!)", re.IGNORECASE)
        self._kept = {
            one.casefold()
            for one in (*kept, *self._said.values())
            if len(one) > 1 and terms.search(one)
        }

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        """Quotes and what stays first, then the longest term first."""
        words = sorted({*self._said, *self._kept}, key=lambda one: (-len(one), one))
        each = "|".join(map(_bounded, words)) or "(?!)"
        return re.compile(f"(?P<quote>{_QUOTES})|{_ARTICLE}(?P<word>{each})", re.IGNORECASE)

    def __call__(self, text: str) -> str:
        """The text as these listeners would say it; each word is looked at once."""
        return self._pattern.sub(self._spoken, text)

    def answer(self, text: str) -> str:
        """An answer to choose, as these listeners would give it: "you", where we say "the client"."""
        return self(self._answers.get(bare(text), text))

    def _spoken(self, found: re.Match[str]) -> str:
        word = found["word"]
        said = self._said.get(word.casefold()) if word else None
        if said is None or word.casefold() in self._kept:
            return found[0]  # a dotted capital I matches an i, yet is not one
        article = found["article"] or ""
        if article and said[0].isascii():
            an = "an" if said[0].lower() in _VOWELS else "a"
            return (an.capitalize() if article[0].isupper() else an) + " " + said
        begins = not article and word[:1].isupper() and not word.isupper()
        return article + (said[:1].upper() + said[1:] if begins else said)


NOTHING_PLAIN = PlainSpeech({})
"""Says everything as it is written."""


def speech_for(project: Project, readers: Sequence[str] = (), *, language: Language) -> PlainSpeech:
    """How things are said to some people of the client, by name; to anybody where nobody is named.

    Where the readers would each say it in another way, it is said as anybody understands it.
    """
    people = [one for one in map(project.participant, readers) if one is not None]
    words = (*trade_words(language), *project.plain_words)
    said = {one.term.casefold(): _for(one, people) for one in words if one.say.strip()}
    labels = (field.label for one in project.data_dictionary for field in one.fields)
    entities = (one.entity for one in project.data_dictionary)
    return PlainSpeech(said, (*labels, *entities), _to_them(language))


def plain_spec(spec: FeatureSpec, speech: PlainSpeech) -> FeatureSpec:
    """The spec with its open questions in plain words; what is answered stays as it was asked."""
    asked = tuple(one if one.answer else plain_question(one, speech) for one in spec.open_questions)
    return spec if asked == spec.open_questions else spec.with_(open_questions=asked)


def plain_question(question: OpenQuestion, speech: PlainSpeech) -> OpenQuestion:
    """The question, why it matters and its options in plain words.

    Options that would read the same afterwards stay as they were: the answer tells them apart.
    """
    spoken = dict(_options(question, speech))
    return question.with_(
        question=speech(question.question),
        why_it_matters=speech(question.why_it_matters),
        options=tuple(spoken[one] for one in question.options),
        recommended=question.recommended
        and spoken.get(question.recommended, speech.answer(question.recommended)),
    )


def as_option(answer: str, question: OpenQuestion, project: Project, language: Language) -> str:
    """The option that an answer in plain words means; any other answer as it was given."""
    meant = {one for one in question.options if bare(one) == bare(answer)}
    for speech in _speeches(project, language) if not meant else ():
        spoken = _options(question, speech)
        meant |= {one for one, said in spoken if bare(said) == bare(answer)}
    return meant.pop() if len(meant) == 1 else answer


class _Spoken(NamedTuple):
    option: str
    said: str


def _options(question: OpenQuestion, speech: PlainSpeech) -> list[_Spoken]:
    spoken = [_Spoken(one, speech.answer(one)) for one in question.options]
    if len({bare(one.said) or one.said for one in spoken}) < len(spoken):
        return [_Spoken(one, one) for one in question.options]
    return spoken


def _speeches(project: Project, language: Language) -> Iterator[PlainSpeech]:
    """Every way that something may have been said to somebody of this client."""
    yield speech_for(project, language=language)
    for one in project.participants:
        if one.side == "client":
            yield speech_for(project, [one.name], language=language)


def _for(word: PlainWord, people: Sequence[Participant]) -> str:
    said = {_to(word, one) for one in people}
    return said.pop() if len(said) == 1 else word.say


def _to(word: PlainWord, person: Participant) -> str:
    title = " ".join(filter(None, (person.title, person.role, person.name))).casefold()
    for who, said in word.to.items():
        if who.strip() and who.casefold() in title:
            return said
    role = role_of(" ".join(filter(None, (person.title, person.role))) or person.name)
    for who, said in word.to.items():
        if role is not None and role in (who, role_of(who)):
            return said
    return word.say


def _bounded(word: str) -> str:
    before = "" if _chinese(word[0]) else _BEFORE
    return before + re.escape(word) + ("" if _chinese(word[-1]) else _AFTER)


def _chinese(char: str) -> bool:
    return "\u3400" <= char <= "\u9fff"


@cache
def trade_words(language: Language) -> tuple[PlainWord, ...]:
    """Words of our trade, with what is said instead: those that come with the program."""
    return tuple(PlainWord.model_validate(one) for one in _table(language)["word"])


@cache
def _to_them(language: Language) -> Mapping[str, str]:
    """Answers that name the client, by their letters, as the client is asked."""
    return {bare(ours): theirs for ours, theirs in _table(language)["answers"].items()}


@cache
def _table(language: Language) -> dict[str, Any]:
    text = files("pipeline.words.trade").joinpath(f"{language}.toml").read_text("utf-8")
    return tomllib.loads(text)
