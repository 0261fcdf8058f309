"""What the stages need from engines and readers."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Protocol

from pipeline.models.draft import Draft, DraftSpec
from pipeline.models.meeting import MeetingKind
from pipeline.models.minutes import Ask, Minutes
from pipeline.models.project import Project
from pipeline.models.reading import Reading
from pipeline.models.speech import AudioFacts, HeardBatch
from pipeline.models.transcript import Transcript
from pipeline.models.voices import VoiceTurn, VoiceWindow


class Transcriber(Protocol):
    """Speech to text, window by window."""

    @property
    def name(self) -> str:
        """Engine name for the stage record."""

    @property
    def model(self) -> str:
        """Model name for the stage record."""

    @property
    def settings(self) -> Mapping[str, Any]:
        """The settings that decide the output; they enter the stage key."""

    @property
    def our_channel(self) -> int:
        """Which line of a two-line recording is ours: 0 or 1."""

    def probe(self, path: Path) -> AudioFacts:
        """What the file holds.

        Raises:
            NotReadableError: it is no media file, or has no sound.
        """

    def hear(
        self,
        path: Path,
        *,
        languages: Sequence[str],
        hotwords: Sequence[str],
        done: Mapping[str, HeardBatch],
    ) -> Iterator[HeardBatch]:
        """Every batch in order; those in `done` (by key) come back without being heard again.

        Memory does not grow with the length of the file. A file that breaks off, or in which
        nobody speaks, is no error: the last batch says so in `dropped` ("breaks off", "nobody
        speaks"), and nothing heard before is lost. It also says where talk may have been drowned
        ("loud without a voice").

        Raises:
            NotReadableError: it is no media file, or has no sound.
            ModelUnavailableError: the model cannot be had.
        """


class Diarizer(Protocol):
    """Tells apart who speaks on one line, by the voices alone."""

    @property
    def name(self) -> str:
        """Engine name for the stage record."""

    @property
    def model(self) -> str:
        """Names of its models for the stage record."""

    @property
    def window_settings(self) -> Mapping[str, Any]:
        """The settings that decide what is heard in a window."""

    @property
    def settings(self) -> Mapping[str, Any]:
        """The settings that decide the output; they enter the stage key."""

    def check(self) -> None:
        """Whether it can be used, without loading anything.

        Raises:
            ModelUnavailableError: a model or the library is not there.
        """

    def tell_apart(
        self,
        path: Path,
        *,
        kept: Callable[[int], VoiceWindow | None],
        keep: Callable[[VoiceWindow], None],
    ) -> tuple[VoiceTurn, ...]:
        """Who speaks when, in order of time; voices are numbered in the order of their first words.

        Where it cannot be told, there is no turn. Memory does not grow with the length of the file.

        Args:
            path: The recording; its channels are taken together.
            kept: The window with an index, if it was heard before; it is not heard again.
            keep: Called with every newly heard window before the next one is begun.

        Raises:
            ModelUnavailableError: a model or the library is not there, or does not work here.
        """


class Reader(Protocol):
    """Reads transcripts, chats and notes that somebody else made."""

    def shapes(self) -> Mapping[str, MeetingKind]:
        """Names of all shapes that are known, each with what it is of."""

    def read(self, data: bytes, *, name: str, shape: str | None = None) -> Reading:
        """Recognise the shape by content, unless one is asked for, and read all of it.

        Raises:
            InputError: there is no shape of that name.
            NotReadableError: no turn parses, or the container or the encoding cannot be told.
        """


class Extractor(Protocol):
    """Finds items in a transcript. `run` orders the calls."""

    @property
    def name(self) -> str:
        """Engine name for the stage record: rules, llm or recorded."""

    @property
    def model(self) -> str | None:
        """Model name for the stage record."""

    @property
    def prompt(self) -> str | None:
        """name@version+digest of the prompts; for rules, the version of the rules."""

    @property
    def settings(self) -> Mapping[str, Any]:
        """The settings that decide the output, secrets excluded; they enter the stage key."""

    @property
    def looks_twice(self) -> bool:
        """Whether turns that led to nothing are worth a second look by `reconsider`."""

    def extract(self, transcript: Transcript, project: Project) -> Draft:
        """Every item, each citing the turns it was found in."""

    def thread(self, draft: Draft, transcript: Transcript, project: Project) -> Draft:
        """Far turns that add to an item join its citations."""

    def relate(self, draft: Draft, transcript: Transcript, project: Project) -> Draft:
        """Later beats earlier: withdrawn, superseded, duplicate, in conflict."""

    def reconsider(
        self, draft: Draft, segments: Sequence[str], transcript: Transcript, project: Project
    ) -> Draft:
        """What a second look at turns that led to no item finds besides the draft."""

    def summarise(self, draft: Draft, transcript: Transcript, project: Project) -> Draft:
        """Summary and topics."""


class Specifier(Protocol):
    """Turns one ask into a buildable draft."""

    @property
    def name(self) -> str:
        """Engine name for the stage record."""

    @property
    def model(self) -> str | None:
        """Model name for the stage record."""

    @property
    def prompt(self) -> str | None:
        """name@version+digest of the prompt; for rules, the version of the playbook."""

    @property
    def settings(self) -> Mapping[str, Any]:
        """The settings that decide the output, secrets excluded; they enter the stage key."""

    @property
    def at_once(self) -> int:
        """How many asks it works on at a time, from as many threads."""

    def specify(
        self, ask: Ask, minutes: Minutes, transcript: Transcript, project: Project
    ) -> DraftSpec:
        """Slots from the call, the dictionary, capabilities and scope; the rest as questions."""
