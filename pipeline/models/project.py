"""Project: the client, their system and its own vocabulary."""

from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field

from pipeline.models.base import Language, Model
from pipeline.models.correction import Correction

DEFAULT_CLIENT = "default"
"""Client name of the project that meetings without a project file belong to."""


Characters = Literal["auto", "simplified", "traditional", "taiwan", "hongkong", "as_heard"]
"""In which characters the Chinese of calls is written; "auto": as the project itself is."""


class Participant(Model):
    """A person who speaks in the calls of a project."""

    name: str
    label: str | None = None
    """What the recorder calls this person, such as "Speaker 2"."""
    title: str | None = None
    org: str | None = None
    side: Literal["us", "client"]
    role: str | None = None
    site: str | None = None


class DictionaryField(Model):
    """A column of the deployed system."""

    name: str
    label: str
    type: str = ""
    synonyms: tuple[str, ...] = ()
    """What people also call it: 单号 for 订单号, "order no"."""


class Entity(Model):
    """A table of the deployed system, with the columns worth naming."""

    entity: str
    table: str
    fields: tuple[DictionaryField, ...] = ()
    synonyms: tuple[str, ...] = ()
    """What people also call a row of it."""


class PlainWord(Model):
    """A word of our trade, and what those say instead who are not of it."""

    term: str
    say: str
    """What anybody understands."""
    to: dict[str, str] = Field(default_factory=dict)
    """For a role, a part of a title or a name ("财务", "warehouse"): what they would say."""


def _listed(written: Any) -> Any:  # noqa: ANN401 - whatever stands in a file
    """A mapping of what is heard to what is meant, as the list that it stands for."""
    if not isinstance(written, dict):
        return written
    return [{"heard": heard, "meant": meant} for heard, meant in written.items()]


class Project(Model):
    """One client and one system; identified by the two together."""

    uid: str = ""
    client: str = DEFAULT_CLIENT
    system: str = ""
    industry: str = ""
    language: Language = "en"
    spoken: tuple[str, ...] = ()
    """Languages of its calls, by the codes of Whisper ("zh", "en", "yue"); empty: found out."""
    characters: Characters = "auto"
    time_zone: str = "UTC"
    participants: tuple[Participant, ...] = ()
    data_dictionary: tuple[Entity, ...] = ()
    capabilities: tuple[str, ...] = ()
    """What the deployed product already does, a line each."""
    scope: tuple[str, ...] = ()
    """The lines of the contract, as written there."""
    glossary: dict[str, str] = Field(default_factory=dict)
    """Words of the client's trade, with what they mean."""
    plain_words: tuple[PlainWord, ...] = ()
    """Words of our trade, with what the client hears instead."""
    corrections: Annotated[
        tuple[Correction, ...],
        BeforeValidator(_listed, json_schema_input_type=tuple[Correction, ...] | dict[str, str]),
    ] = ()
    """Known mishearings, which are put right in every call."""

    def side_of(self, speaker: str | None) -> Literal["us", "client", "unknown"]:
        """Which side a speaker is on, by name or by recorder label."""
        person = self.participant(speaker)
        return person.side if person else "unknown"

    def participant(self, speaker: str | None) -> Participant | None:
        """The participant whose name or label this is."""
        for person in self.participants:
            if speaker and speaker in (person.name, person.label):
                return person
        return None
