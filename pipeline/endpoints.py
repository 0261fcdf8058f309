"""Settings -> what drafts minutes and specs: rules, a model at an endpoint, or recorded answers."""

import threading
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from pipeline.addresses import can_be_sent
from pipeline.errors import DragomanError, InputError, UnavailableError
from pipeline.models.model_use import Prices
from pipeline.models.recording import AnswerManifest, RecordedCall, RecordTo, words_of
from pipeline.models.transcript import Transcript
from pipeline.ports.engines import Extractor, Specifier
from pipeline.ports.rehearsal import Rehearsal
from pipeline.ports.store import Store
from pipeline.ports.tools import Tools
from pipeline.record import now
from pipeline.settings import Settings
from pipeline.settings_files import secrets_file

if TYPE_CHECKING:
    from pipeline.engines.llm.endpoint import Endpoint
    from pipeline.engines.llm.faults import Fault
    from pipeline.engines.llm.probing import Probed
    from pipeline.engines.recorded.folder import Recorder


class Drafting(NamedTuple):
    """What drafts minutes and specs."""

    extractor: Extractor
    specifier: Specifier


class LongQuestion(NamedTuple):
    """What a question that nearly fills a context costs."""

    tokens: int
    money: float | None
    """In whatever currency the prices have; None where they are not set."""


def engines(chosen: Settings, opened: Store, record: RecordTo | None = None) -> Drafting:
    """What drafts minutes and specs. A model is asked nothing before there is something to ask.

    Args:
        chosen: the settings.
        opened: where answers of models are kept.
        record: where they are written down besides.

    Raises:
        UnavailableError: a model was chosen, and its address or name is not set.
        InputError: recorded answers were chosen, and there is no folder of them, or a broken one;
            or answers are to be written down where no model is asked.
        OutputError: the folder to record into holds something else.
    """
    from pipeline.engines.rules.extract import RulesExtractor
    from pipeline.engines.rules.specify import RulesSpecifier

    if record and chosen.engine != "llm":
        raise InputError("record_needs_llm", engine=chosen.engine)
    if chosen.engine == "rules":
        return Drafting(RulesExtractor(), RulesSpecifier())
    if chosen.engine == "recorded":
        if chosen.model_answers is None:
            raise InputError("answers_not_set")
        return recorded(chosen.model_answers)
    from pipeline.engines.llm import wiring
    from pipeline.engines.rules.private import private_segments

    asked = endpoint(chosen)
    recorder = _recorder(record, asked, opened) if record else None
    return Drafting(*wiring.engines(asked, opened, private_segments, recorder, book=opened))


def recorded(folder: Path) -> Drafting:
    """The engines over a folder of recorded answers: they ask nobody anything.

    Raises:
        InputError: there is no recording, or it is damaged, changed or of a later version.
    """
    from pipeline.engines.llm import replaying
    from pipeline.engines.recorded import folder as recordings
    from pipeline.engines.rules.private import private_segments

    found = recordings.read(folder)
    try:
        return Drafting(
            *replaying.engines(
                found,
                private_segments,
                place=str(folder),
                digest=found.digest,
                origin=found.about.origin,
                questions=found.about.questions,
            )
        )
    except ValueError as error:
        file = folder / recordings.MANIFEST
        raise InputError("recording_broken", file=str(file), reason=str(error)) from error


def recorded_on(folder: Path, transcript: Transcript) -> Drafting | None:
    """The same where the answers were given about exactly these words; None where they were not.

    Nor are they of use where they were given to earlier questions than those asked today.

    Raises:
        InputError: the recording is damaged or changed.
    """
    from pipeline.engines.recorded import folder as recordings
    from prompts.loader import every, prompt

    if not recordings.is_recording(folder):
        return None
    about = recordings.read(folder).about
    today = {prompt(one.site, one.language).label for one in every()}
    fits = about.holds(transcript) and set(about.prompts) <= today
    return recorded(folder) if fits else None


def _recorder(record: RecordTo, asked: "Endpoint", opened: Store) -> "Recorder":
    from pipeline.engines.recorded.folder import Recorder

    about = AnswerManifest(
        model=asked.model,
        answered_by=record.answered_by,
        recorded_at=now(),
        questions=asked.decisive,
    )

    def call(meeting: str) -> RecordedCall | None:
        transcript = opened.transcript(meeting)
        title = opened.meeting(meeting).title
        return RecordedCall(title=title, words=words_of(transcript)) if transcript else None

    return Recorder(record.folder, about, call=call)


def rehearsal(read: Callable[[], Settings], opened: Store) -> Rehearsal | None:
    """What notes what the model that is set now would be sent; None where no model reads the calls.

    Raises:
        UnavailableError: a model was chosen, and its address or name is not set.
    """
    chosen = read()
    if chosen.engine != "llm":
        return None
    from pipeline.engines.llm.rehearsing import LlmRehearsal
    from pipeline.engines.rules.private import private_segments

    return LlmRehearsal(endpoint(chosen), opened, private_segments, book=opened)


def probed(
    chosen: Settings, *, long: bool = False, told: Callable[[str], None] = lambda step: None
) -> "Probed":
    """What the endpoint that is set really does; asks it, with nothing of any call.

    Raises:
        UnavailableError: its address or the name of the model is missing.
    """
    from pipeline.engines.llm.chat import CompatChat
    from pipeline.engines.llm.probing import probe

    one = endpoint(chosen)
    return probe(CompatChat(endpoint=one), one, long=long, told=told)


def long_question(chosen: Settings) -> LongQuestion:
    """What the long question of a probe costs, before it is asked.

    Raises:
        UnavailableError: the address or the name of the model is missing.
    """
    from pipeline.engines.llm.probing import long_tokens

    tokens = long_tokens(endpoint(chosen))
    price = chosen.model_price_in
    return LongQuestion(tokens, tokens * price / 1e6 if price else None)


def told(fault: "Fault", chosen: Settings) -> DragomanError:
    """A fault of the endpoint that is set, as an error for a person."""
    from pipeline.engines.llm.stopping import raised

    return raised(fault, endpoint(chosen))


class Current:
    """The tools with the engines of the settings as they are now.

    Whoever connects another model need not start anything again: the next meeting is read by it,
    and what is under way keeps what it began with.
    """

    def __init__(self, built: Tools, chosen: Settings, read: Callable[[], Settings]) -> None:
        self._tools = built
        self._chosen = chosen
        self._read = read
        self._lock = threading.Lock()

    def tools(self) -> Tools:
        """What the stages work with from now on.

        Raises:
            InputError: a file of the settings does not hold.
            UnavailableError: a model was chosen, and its address or name is not set.
        """
        chosen = self._read()
        with self._lock:
            if chosen != self._chosen:
                extractor, specifier = engines(chosen, self._tools.store)
                self._tools = self._tools._replace(extractor=extractor, specifier=specifier)
                self._chosen = chosen
            return self._tools


def endpoint(chosen: Settings) -> "Endpoint":
    """The model endpoint as it is set.

    Raises:
        InputError: the key holds what no key has.
        UnavailableError: its address or the name of the model is missing.
    """
    from pipeline.engines.llm.endpoint import Endpoint

    if not chosen.model_url or not chosen.model_name:
        raise UnavailableError("model_not_set", file=str(secrets_file()))
    if not can_be_sent(chosen.model_key.get_secret_value()):
        raise InputError("model_key_broken")
    priced = chosen.model_price_in or chosen.model_price_out
    return Endpoint(
        base_url=chosen.model_url,
        key=chosen.model_key,
        model=chosen.model_name,
        mode=chosen.model_mode,
        at_once=chosen.model_at_once,
        requests_per_minute=chosen.model_requests_per_minute,
        tokens_per_minute=chosen.model_tokens_per_minute,
        timeout=chosen.model_timeout,
        context=chosen.model_context,
        # A question has to fit as well: an answer gets a third of the context at most.
        answer_tokens=min(chosen.model_answer_tokens, chosen.model_context // 3),
        steps=chosen.model_steps,
        hide=chosen.model_hide,
        keep_bounds=chosen.model_keep_bounds,
        prices=Prices(
            tokens_in=chosen.model_price_in,
            tokens_cached=chosen.model_price_cached,
            tokens_out=chosen.model_price_out,
        )
        if priced
        else None,
        budget=chosen.model_budget,
    )
