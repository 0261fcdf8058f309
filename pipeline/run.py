"""All stages on one meeting, resumable after each: the only place that knows their order."""

from collections.abc import Callable
from functools import partial
from typing import NamedTuple, TypeVar

from pipeline.cover import cover
from pipeline.errors import (
    DragomanError,
    NotFoundError,
    NotReadableError,
    StoppedError,
    StorageError,
)
from pipeline.extract import extract, relate, summarise, thread
from pipeline.ground import ground, ground_spec
from pipeline.ingest import ingest
from pipeline.language.script import language_of
from pipeline.lint import lint
from pipeline.models.base import Model
from pipeline.models.correcting import corrected
from pipeline.models.draft import Draft, DraftSpec
from pipeline.models.hashing import digest, item_hash, sealed, spec_hash
from pipeline.models.job import Progress, StageKey, StageName
from pipeline.models.losses import told, unfinished
from pipeline.models.meeting import Meeting
from pipeline.models.minutes import Ask, Coverage, Minutes
from pipeline.models.project import Project
from pipeline.models.spec import FeatureSpec
from pipeline.models.transcript import Transcript
from pipeline.ports.jobs import Watch
from pipeline.ports.tools import Tools
from pipeline.record import Records
from pipeline.specify import specify
from pipeline.transcribe import transcribe
from pipeline.words.loader import say

S = TypeVar("S")


class Outcome(NamedTuple):
    """What one run left in the store."""

    meeting: Meeting
    transcript: Transcript
    minutes: Minutes
    specs: tuple[FeatureSpec, ...]


class _Case(NamedTuple):
    """One meeting under work."""

    meeting: Meeting
    project: Project
    tools: Tools
    records: Records
    context: str = ""
    """Digest of the transcript and the project: what every later stage rests on."""


def run(meeting: str, tools: Tools, watch: Watch) -> Outcome:
    """Hear the meeting, then understand it. Finished stages are not done again.

    Raises:
        DragomanError: a stage cannot go on; what was finished before it is kept.
    """
    hear(meeting, tools, watch)
    return understand(meeting, tools, watch)


def hear(meeting_uid: str, tools: Tools, watch: Watch) -> Transcript:
    """Recording or source -> the transcript, kept as a version of the meeting's.

    What people corrected is corrected in it too, as far as the same words were heard again.

    Raises:
        NotReadableError: the file holds no speech or no turns.
    """
    case = _open(meeting_uid, tools, watch)
    transcript = _heard(case, watch) if case.meeting.recordings else _ingested(case)
    if not transcript.segments:
        names = [one.name for one in (case.meeting.recordings or case.meeting.sources)]
        raise NotReadableError("no_speech", file=names[0])
    stage: StageName = "transcribe" if case.meeting.recordings else "ingest"
    edits = tools.store.edits(meeting_uid, entity="segment")
    mended = corrected(transcript, edits)
    return _kept(case, stage, lambda: tools.store.save_transcript(meeting_uid, mended))


def understand(meeting_uid: str, tools: Tools, watch: Watch) -> Outcome:
    """The meeting's latest transcript -> minutes and specs; people's edits stay on top.

    Raises:
        NotFoundError: the meeting was not heard yet.
    """
    case = _open(meeting_uid, tools, watch)
    transcript = tools.store.transcript(meeting_uid)
    if transcript is None:
        raise NotFoundError("no_transcript", meeting=meeting_uid)
    case = case._replace(project=_in_language(case, transcript))
    case = case._replace(context=digest([_plain(transcript), _plain(case.project)]))
    draft = _drafted(case, transcript)
    _kept(case, "extract", lambda: tools.store.save_our_talk(meeting_uid, draft.internal))
    minutes = _grounded(case, draft, transcript)
    _kept(case, "cover", lambda: tools.store.save_minutes(unfinished(minutes)))
    effective = tools.store.minutes(meeting_uid) or minutes
    missing = _specified(case, effective, transcript)
    _kept(case, "specify", lambda: tools.store.save_minutes(told(minutes, missing, transcript)))
    effective = tools.store.minutes(meeting_uid) or minutes
    return Outcome(case.meeting, transcript, effective, tools.store.specs(meeting_uid))


def _kept(case: _Case, stage: StageName, save: Callable[[], S]) -> S:
    """Save what decides how the meeting stands, if this run may still do so.

    Both in one transaction: a run that slept while another one took over finds out before it
    writes an older state over a newer one.
    """
    with case.tools.store.transaction():
        case.records.tell(stage, "saving")
        return save()


def _open(meeting_uid: str, tools: Tools, watch: Watch) -> _Case:
    meeting = tools.store.meeting(meeting_uid)
    project = tools.store.project(meeting.project)
    return _Case(meeting, project, tools, Records(meeting.uid, tools.store, tools.code, watch))


def _heard(case: _Case, watch: Watch) -> Transcript:
    """The transcript of a recording.

    What was heard depends on the sound alone: new names or terms in the project change who is
    called what, and nothing is heard again for them.
    """
    recording = case.meeting.recordings[0]
    transcriber, store = case.tools.transcriber(), case.tools.store
    sound = {"sha256": recording.sha256, "languages": list(case.meeting.languages)}
    heard = StageKey(
        stage="transcribe",
        input_digest=digest(sound),
        engine=transcriber.name,
        model=transcriber.model,
        settings_digest=digest(dict(transcriber.settings)),
    )
    return case.records.do(
        heard.with_(input_digest=digest({**sound, **_who_and_when(case)}), prompt=case.tools.code),
        Transcript,
        lambda: transcribe(
            case.tools.blobs.path(recording.sha256),
            transcriber=transcriber,
            meeting=case.meeting,
            project=case.project,
            done=store.batches(case.meeting.uid, heard),
            keep=lambda batch: store.save_batch(case.meeting.uid, heard, batch),
            watch=watch,
        ),
    )


def _ingested(case: _Case) -> Transcript:
    source = case.meeting.sources[0]

    def read() -> Transcript:
        data = case.tools.blobs.path(source.sha256).read_bytes()
        reading = case.tools.reader.read(data, name=source.name)
        return ingest(reading, meeting=case.meeting, project=case.project)

    key = case.records.ours("ingest", {"sha256": source.sha256, **_who_and_when(case)})
    return case.records.do(key, Transcript, read)


def _who_and_when(case: _Case) -> dict[str, object]:
    """What of the meeting and the project goes into a transcript."""
    return {
        "date": case.meeting.date.isoformat() if case.meeting.date else None,
        "time_zone": case.meeting.time_zone,
        "languages": list(case.meeting.languages),
        "people": [_plain(person) for person in case.project.participants],
    }


def _drafted(case: _Case, transcript: Transcript) -> Draft:
    """All items of the call, threaded, related and summed up: one record."""
    extractor, project = case.tools.extractor, case.project

    def read() -> Draft:
        draft = extract(transcript, project, extractor=extractor)
        draft = thread(draft, transcript, project, extractor=extractor)
        draft = relate(draft, transcript, project, extractor=extractor)
        return summarise(draft, transcript, project, extractor=extractor)

    key = StageKey(
        stage="extract",
        input_digest=case.context,
        engine=extractor.name,
        model=extractor.model,
        prompt=extractor.prompt,
        settings_digest=_code(case, extractor.model),
    )
    return case.records.do(key, Draft, read)


def _grounded(case: _Case, draft: Draft, transcript: Transcript) -> Minutes:
    """Draft -> minutes with evidence, the ids of the project, and coverage."""
    store, project = case.tools.store, case.project
    minutes = case.records.do(
        case.records.ours("ground", [_plain(draft), case.context]),
        Minutes,
        lambda: ground(
            draft, transcript, language=project.language, engine=case.tools.extractor.name
        ),
    )
    answered = _answered(store.minutes(case.meeting.uid))
    minutes = store.identify(case.meeting.uid, minutes)
    covered = case.records.do(
        case.records.ours("cover", [_plain(minutes), _plain(answered), case.context]),
        Minutes,
        lambda: cover(minutes, transcript, project, earlier=answered),
    )
    return sealed(covered)


def _answered(earlier: Minutes | None) -> Coverage:
    """What people already said of uncited turns: it holds after another run."""
    uncited = earlier.coverage.uncited if earlier else ()
    return Coverage(uncited=tuple(one for one in uncited if one.state != "open"))


def _specified(case: _Case, minutes: Minutes, transcript: Transcript) -> tuple[str, ...]:
    """A spec for every live ask; what could not be done, in words."""
    live = [ask for ask in minutes.asks if ask.status == "live" and ask.review != "rejected"]
    states: list[str] = []
    quiet = Records(
        case.meeting.uid, case.tools.store, case.tools.code, lambda one: states.append(one.state)
    )
    missing: list[str] = []
    others = _content(minutes)
    for count, ask in enumerate(live, 1):
        try:
            spec = _one_spec(case._replace(records=quiet), ask, minutes, transcript, others)
            _kept(case, "specify", partial(case.tools.store.save_spec, case.meeting.uid, spec))
        except (StorageError, StoppedError):
            raise  # nothing more can or may be kept: no fault of this one spec
        except DragomanError as error:
            reason = say(f"error.{error.code}", case.project.language, **error.params)
            missing.append(say("stage.no_spec", case.project.language, ask=ask.id, reason=reason))
        case.records.watch(Progress(stage="specify", state="going", done=count, total=len(live)))
    case.records.tell("specify", "done" if {"done"} & set(states) or missing else "cached")
    return tuple(missing)


def _one_spec(
    case: _Case, ask: Ask, minutes: Minutes, transcript: Transcript, others: str
) -> FeatureSpec:
    specifier, store, project = case.tools.specifier, case.tools.store, case.project
    asked = item_hash(ask)
    key = StageKey(
        stage="specify",
        subject=ask.uid,
        input_digest=digest([asked, others, case.context]),
        engine=specifier.name,
        model=specifier.model,
        prompt=specifier.prompt,
        settings_digest=_code(case, specifier.model),
    )
    draft = case.records.do(
        key,
        DraftSpec,
        lambda: specify(ask, minutes, transcript, project, specifier=specifier),
    )
    spec = case.records.do(
        case.records.ours("ground", [_plain(draft), asked, case.context], ask.uid),
        FeatureSpec,
        lambda: ground_spec(draft, ask, transcript, project),
    )
    spec = store.identify_spec(case.meeting.uid, ask, spec)
    blocked = any(question.blocking for question in spec.open_questions)
    spec = spec.with_(findings=lint(spec), status="needs_answers" if blocked else "draft")
    return spec.with_(content_hash=spec_hash(spec))


def _code(case: _Case, model: str | None) -> str:
    """An engine without a model is our own code: its output changes when that does."""
    return "" if model else case.tools.code


def _content(minutes: Minutes) -> str:
    """Digest of what the items say, whoever approved them: what a spec may depend on."""
    return digest([item_hash(item) for _, item in minutes.items() if item.review != "rejected"])


def _in_language(case: _Case, transcript: Transcript) -> Project:
    """The project with the language its texts are to be written in for this meeting."""
    spoken = language_of("\n".join(one.text for one in transcript.segments))
    return case.project.with_(language=case.meeting.text_language or spoken)


def _plain(model: Model) -> object:
    return model.model_dump(mode="json")
