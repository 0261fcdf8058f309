"""Whether a plain text of a spec says again what was taken out of its values.

Acceptance, assumptions and questions carry no evidence, yet they are made of the values.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from pipeline.models.alike import bare
from pipeline.models.answering import place_of, value_at
from pipeline.models.slots import Permission, Slot, SpecField
from pipeline.models.spec import Acceptance, FeatureSpec, OpenQuestion

_LEAST = 4
"""Bytes that can be recognised: two Chinese characters, or four letters."""
_SENTENCE = 12
"""Bytes from which on a text is not in a turn by chance."""

_PLAIN = ("acceptance", "open_questions", "assumptions", "out_of_scope", "dependencies")

Proved = Slot | SpecField | Permission


class Retold:
    """What one spec must not say."""

    def __init__(
        self, taken: Iterable[Proved], kept: Mapping[str, Any], our_turns: Iterable[str]
    ) -> None:
        """Know what was taken out; what also stands in a value that passed may be said."""
        self.kept = kept
        told = {bare(_text(one)) for one in _flat(kept.values())}
        words = {bare(_text(one)) for one in taken} - told
        self.words = [one for one in words if len(one.encode()) >= _LEAST]
        self.turns = [bare(one) for one in our_turns]

    def __call__(self, *texts: str | None) -> bool:
        """Whether one of the texts says it."""
        return any(self._says(bare(text)) for text in texts if text)

    def left_of(self, spec: FeatureSpec) -> tuple[dict[str, Any], list[str]]:
        """The texts without evidence that may stay, by field, and the places of the others.

        Where a question is left out, the value that its answer gave is left out as well. Who of
        us answered or noted an answer is not told: for us the house answers.
        """
        kept: dict[str, Any] = {}
        places: list[str] = []
        for name in _PLAIN:
            every = tuple(enumerate(getattr(spec, name)))
            says = {n for n, one in every if self(*_texts(one))}
            kept[name] = tuple(one for n, one in every if n not in says)
            places += (f"{name}[{n}]" for n in sorted(says))
        gone = set(spec.open_questions) - set(kept["open_questions"])
        for place in filter(None, (place_of(one, spec) for one in gone)):
            kept |= self._without(value_at(place, spec), place.part, kept)
        kept["open_questions"] = tuple(_unsigned(one) for one in kept["open_questions"])
        return kept, places

    def _without(self, value: Slot, part: str, kept: Mapping[str, Any]) -> dict[str, Any]:
        values = kept.get(part, self.kept[part])
        if isinstance(values, tuple):
            return {part: tuple(one for one in values if one != value)}
        return {part: Slot() if values == value else values}

    def _says(self, text: str) -> bool:
        if any(words in text for words in self.words):
            return True
        return len(text.encode()) >= _SENTENCE and any(text in turn for turn in self.turns)


def _unsigned(question: OpenQuestion) -> OpenQuestion:
    by = None if question.answered_side == "us" else question.answered_by
    return question.with_(answered_by=by, noted_by=None)


def _flat(values: Iterable[Any]) -> Iterator[Proved]:
    for value in values:
        yield from value if isinstance(value, tuple) else (value,)


def _texts(one: str | Acceptance | OpenQuestion) -> tuple[str | None, ...]:
    if isinstance(one, Acceptance):
        return (one.given, one.when, one.then)
    if isinstance(one, OpenQuestion):
        return (one.question, one.why_it_matters, one.recommended, one.answer, *one.options)
    return (one,)


def _text(one: Proved) -> str:
    if isinstance(one, Slot):
        return one.value if isinstance(one.value, str) else ""
    return one.label if isinstance(one, SpecField) else one.role
