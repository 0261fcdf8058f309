"""A call and its project in simplified characters, to be read by word lists that know only those.

What is found is told in the words as they stand: a quote is the transcript's, a name the project's.
"""

from collections.abc import Callable, Iterator
from typing import TypeVar

from pydantic import BaseModel

from pipeline.language.characters import Writing, in_traditional, writing
from pipeline.language.han import is_traditional, simplified
from pipeline.language.script import has_cjk
from pipeline.models.project import Project
from pipeline.models.transcript import Transcript

M = TypeVar("M", bound=BaseModel)
T = TypeVar("T")


def in_simplified(model: M) -> M:
    """The same with every text in simplified characters; itself where all are so already."""
    return _mapped(model, simplified)


class Twin:
    """The call and its project as they are read."""

    def __init__(self, transcript: Transcript, project: Project) -> None:
        """Most calls are their own twins."""
        self.transcript, self.project = in_simplified(transcript), in_simplified(project)
        self._alone = self.transcript is transcript and self.project is project
        self._read = "\n".join(one.text for one in self.transcript.segments)
        self._said = "\n".join(one.text for one in transcript.segments)
        names = {simplified(one): one for one in _texts(project) if has_cjk(one)}
        self._names = {twin: one for twin, one in names.items() if twin != one}
        characters = writing(project).characters
        if characters in ("simplified", "as_heard") and is_traditional(self._said):
            characters = in_traditional(project)
        self._writing = Writing(
            characters,
            tuple(sorted((one for one in self._names.values() if len(one) > 1), key=len)),
        )

    def into(self, model: M) -> M:
        """Something that was told in the words as they stand, as if told of the twin."""
        return model if self._alone else in_simplified(model)

    def back(self, model: M) -> M:
        """What was found in the twin, told in the words as they stand."""
        return model if self._alone else _mapped(model, self.as_it_stands)

    def as_it_stands(self, text: str) -> str:
        """A name as the project has it, words as they were said, and what is said of them alike."""
        if not has_cjk(text):
            return text
        if text in self._names:
            return self._names[text]
        at = self._read.find(text)
        if at >= 0:
            return self._said[at : at + len(text)]
        return self._writing.rewritten(text)


def _mapped(value: T, change: Callable[[str], str]) -> T:
    """A value with every text in it changed; itself where nothing changes."""
    made = _changed(value, change)
    return value if made == value else made


def _changed(value: T, change: Callable[[str], str]) -> T:
    made: object = value
    if isinstance(value, str):
        made = change(value)
    elif isinstance(value, tuple):
        made = tuple(_mapped(one, change) for one in value)
    elif isinstance(value, dict):
        made = {change(key): _mapped(one, change) for key, one in value.items()}
    elif isinstance(value, BaseModel):
        fields = {name: getattr(value, name) for name in type(value).model_fields}
        changed = {name: _mapped(one, change) for name, one in fields.items()}
        made = value.model_copy(
            update={name: one for name, one in changed.items() if one is not fields[name]}
        )
    return made  # type: ignore[return-value]  # of the same type as the value


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, one in value.items():
            yield from (str(key), *_texts(one))
    elif isinstance(value, tuple):
        for one in value:
            yield from _texts(one)
    elif isinstance(value, BaseModel):
        for name in type(value).model_fields:
            yield from _texts(getattr(value, name))
