"""All stages on one meeting, resumable after each: the only place that knows their order."""

import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

from pipeline.cover import cover
from pipeline.errors import DragomanError, NotReadableError
from pipeline.extract import extract, relate, summarise, thread
from pipeline.ground import ground, ground_spec
from pipeline.ingest import ingest
from pipeline.language.script import language_of
from pipeline.lint import lint
from pipeline.models.base import Language, Model
from pipeline.models.draft import Draft, DraftSpec
from pipeline.models.hashing import digest, item_hash, spec_hash
from pipeline.models.job import Progress, StageKey, StageName, StageRecord
from pipeline.models.meeting import Meeting
from pipeline.models.minutes import ARRAYS, Ask, Minutes
from pipeline.models.project import Project
from pipeline.models.spec import FeatureSpec
from pipeline.models.speech import AudioFacts
from pipeline.models.transcript import Transcript
from pipeline.ports import Blobs, Extractor, Reader, Specifier, Store, Transcriber, Watch
from pipeline.specify import specify
from pipeline.transcribe import transcribe

M = TypeVar("M", bound=Model)


class Tools(NamedTuple):
    """What stands behind the ports in this run."""

    store: Store
    blobs: Blobs
    reader: Reader
    transcriber: Callable[[], Transcriber]
    """Called only when there is something to hear: weights are heavy."""
    probe: Callable[[Path], AudioFacts]
    """What a media file holds, without loading any weights."""
    extractor: Extractor
    specifier: Specifier
    code: str
    """Digest of our own code and word lists: the version of the stages that use no engine."""


class Outcome(NamedTuple):
    """What one run left in the store."""

    meeting: Meeting
    transcript: Transcript
    minutes: Minutes
    specs: tuple[FeatureSpec, ...]


def run(meeting: str, tools: Tools, watch: Watch) -> Outcome:
    """Hear the meeting, then understand it. Finished stages are not done again.

    Raises:
        DragomanError: a stage cannot go on; what was finished before it is kept.
    """
    transcript = hear(meeting, tools, watch)
    return understand(meeting, transcript, tools, watch)


def hear(meeting_uid: str, tools: Tools, watch: Watch) -> Transcript:
    """Recording or source -> the transcript, kept as a version of the meeting's.

    Raises:
        NotReadableError: the file holds no speech or no turns.
    """
    meeting = tools.store.meeting(meeting_uid)
    project = tools.store.project(meeting.project)
    if meeting.recordings:
        transcript = _heard(meeting, project, tools, watch)
    else:
        transcript = _ingested(meeting, project, tools, watch)
    if not transcript.segments:
        raise NotReadableError("no_speech", file=meeting.title)
    return tools.store.save_transcript(meeting.uid, transcript)


def understand(meeting_uid: str, transcript: Transcript, tools: Tools, watch: Watch) -> Outcome:
    """Transcript -> minutes and specs, with people's edits on top of the drafts."""
    meeting = tools.store.meeting(meeting_uid)
    project = _in_language(tools.store.project(meeting.project), meeting, transcript)
    stages = _Stages(meeting.uid, tools, watch)
    draft = _drafted(transcript, project, stages)
    minutes = _grounded(draft, transcript, project, stages)
    tools.store.save_minutes(minutes)
    effective = tools.store.minutes(meeting.uid) or minutes
    specs, missing = _specified(effective, transcript, project, meeting, stages)
    tools.store.save_minutes(_with_specs(minutes, specs, missing, transcript))
    return Outcome(
        meeting,
        transcript,
        tools.store.minutes(meeting.uid) or minutes,
        tools.store.specs(meeting.uid),
    )


class _Stages:
    """Runs a stage, or takes its output from the record of an earlier run."""

    def __init__(self, meeting: str, tools: Tools, watch: Watch) -> None:
        self.meeting = meeting
        self.tools = tools
        self.watch = watch

    def do(self, key: StageKey, output: type[M], make: Callable[[], M]) -> M:
        """The stage's output, made now only if nothing with this key was made before."""
        earlier = self.tools.store.record(self.meeting, key)
        if earlier is not None:
            self.tell(key.stage, "cached")
            return output.read(earlier.output)
        self.tell(key.stage, "started")
        began = time.perf_counter()
        made = make()
        self.keep(key, made.model_dump(mode="json"), time.perf_counter() - began)
        return made

    def keep(self, key: StageKey, output: object, seconds: float) -> None:
        """Record a finished stage and say so."""
        self.tools.store.save_record(
            StageRecord(
                meeting=self.meeting,
                key=key,
                output=output,
                seconds=round(seconds, 3),
                finished_at=now(),
            )
        )
        self.tell(key.stage, "done", note=f"{seconds:.1f} s")

    def tell(self, stage: StageName, state: Any, note: str | None = None) -> None:  # noqa: ANN401
        """Pass progress on."""
        self.watch(Progress(stage=stage, state=state, note=note))

    def ours(self, stage: StageName, inputs: object, subject: str = "") -> StageKey:
        """Key of a stage that is our own code."""
        return StageKey(
            stage=stage,
            subject=subject,
            input_digest=digest(inputs),
            engine="dragoman",
            prompt=self.tools.code,
        )


def _heard(meeting: Meeting, project: Project, tools: Tools, watch: Watch) -> Transcript:
    recording = meeting.recordings[0]
    transcriber = tools.transcriber()
    stages = _Stages(meeting.uid, tools, watch)
    key = StageKey(
        stage="transcribe",
        input_digest=digest(
            {
                "sha256": recording.sha256,
                "languages": list(meeting.languages),
                "date": meeting.date.isoformat() if meeting.date else None,
                "people": [one.model_dump(mode="json") for one in project.participants],
                "glossary": dict(project.glossary),
            }
        ),
        engine=transcriber.name,
        model=transcriber.model,
        settings_digest=digest(dict(transcriber.settings)),
    )
    return stages.do(
        key,
        Transcript,
        lambda: transcribe(
            tools.blobs.path(recording.sha256),
            transcriber=transcriber,
            meeting=meeting,
            project=project,
            done=tools.store.batches(meeting.uid, key),
            keep=lambda batch: tools.store.save_batch(meeting.uid, key, batch),
            watch=watch,
        ),
    )


def _ingested(meeting: Meeting, project: Project, tools: Tools, watch: Watch) -> Transcript:
    source = meeting.sources[0]
    stages = _Stages(meeting.uid, tools, watch)
    key = stages.ours(
        "ingest",
        {
            "sha256": source.sha256,
            "date": meeting.date.isoformat() if meeting.date else None,
            "people": [one.model_dump(mode="json") for one in project.participants],
        },
    )

    def read() -> Transcript:
        data = tools.blobs.path(source.sha256).read_bytes()
        reading = tools.reader.read(data, name=source.name)
        return ingest(reading, meeting=meeting, project=project)

    return stages.do(key, Transcript, read)


def _drafted(transcript: Transcript, project: Project, stages: _Stages) -> Draft:
    """All items of the call, threaded, related and summed up: one record."""
    extractor = stages.tools.extractor

    def read() -> Draft:
        draft = extract(transcript, project, extractor=extractor)
        draft = thread(draft, transcript, project, extractor=extractor)
        draft = relate(draft, transcript, project, extractor=extractor)
        return summarise(draft, transcript, project, extractor=extractor)

    key = StageKey(
        stage="extract",
        input_digest=digest([_plain(transcript), _plain(project)]),
        engine=extractor.name,
        model=extractor.model,
        prompt=extractor.prompt,
    )
    return stages.do(key, Draft, read)


def _grounded(draft: Draft, transcript: Transcript, project: Project, stages: _Stages) -> Minutes:
    """Draft -> minutes with evidence, coverage and the ids of the project."""
    store = stages.tools.store
    inputs = [_plain(draft), _plain(transcript), _plain(project)]
    minutes = stages.do(
        stages.ours("ground", inputs),
        Minutes,
        lambda: ground(
            draft,
            transcript,
            language=project.language,
            engine=stages.tools.extractor.name,
        ),
    )
    earlier = store.minutes(stages.meeting)
    minutes = store.identify(stages.meeting, minutes)
    states = earlier.coverage if earlier else None
    covered = stages.do(
        stages.ours("cover", [_plain(minutes), _plain(transcript), _plain(project)]),
        Minutes,
        lambda: cover(minutes, transcript, project, earlier=states),
    )
    return sealed(covered)


def _specified(
    minutes: Minutes,
    transcript: Transcript,
    project: Project,
    meeting: Meeting,
    stages: _Stages,
) -> tuple[dict[str, str], tuple[str, ...]]:
    """A spec for every live ask: ids of specs by id of ask, and what could not be done."""
    specs: dict[str, str] = {}
    missing: list[str] = []
    for ask in minutes.asks:
        if ask.status != "live" or ask.review == "rejected":
            continue
        try:
            specs[ask.id] = _one_spec(ask, minutes, transcript, project, stages).id
        except DragomanError as error:
            stages.tell("specify", "failed", note=str(error))
            missing.append(f"spec of {ask.id}: {error}")
    return specs, tuple(missing)


def _one_spec(
    ask: Ask, minutes: Minutes, transcript: Transcript, project: Project, stages: _Stages
) -> FeatureSpec:
    specifier = stages.tools.specifier
    store = stages.tools.store
    key = StageKey(
        stage="specify",
        subject=ask.uid,
        input_digest=digest([_plain(ask), _plain(minutes), _plain(transcript), _plain(project)]),
        engine=specifier.name,
        model=specifier.model,
        prompt=specifier.prompt,
    )
    draft = stages.do(
        key,
        DraftSpec,
        lambda: specify(ask, minutes, transcript, project, specifier=specifier),
    )
    spec = stages.do(
        stages.ours("ground", [_plain(draft), _plain(transcript), _plain(project)], ask.uid),
        FeatureSpec,
        lambda: ground_spec(draft, ask, transcript, project),
    )
    spec = store.identify_spec(stages.meeting, ask, spec)
    findings = lint(spec)
    blocked = any(question.blocking for question in spec.open_questions)
    spec = spec.with_(findings=findings, status="needs_answers" if blocked else "draft")
    spec = spec.with_(content_hash=spec_hash(spec))
    store.save_spec(stages.meeting, spec)
    return spec


def sealed(minutes: Minutes) -> Minutes:
    """The same minutes with the content hash of every item set."""
    arrays = {
        name: tuple(item.with_(content_hash=item_hash(item)) for item in getattr(minutes, name))
        for name in ARRAYS.values()
    }
    return minutes.with_(**arrays)


def _with_specs(
    minutes: Minutes, specs: dict[str, str], missing: tuple[str, ...], transcript: Transcript
) -> Minutes:
    asks = tuple(ask.with_(spec=specs.get(ask.id)) for ask in minutes.asks)
    broken = tuple(
        f"audio from {drop.start or 0:.0f} s: {drop.reason}"
        for drop in transcript.dropped
        if drop.reason == "breaks off"
    )
    lost = broken + missing + tuple(f"turn {one}" for one in minutes.coverage.unprocessed)
    return sealed(minutes.with_(asks=asks, status="partial" if lost else "complete", missing=lost))


def _in_language(project: Project, meeting: Meeting, transcript: Transcript) -> Project:
    """The project with the language its texts are to be written in for this meeting."""
    spoken: Language = language_of("\n".join(one.text for one in transcript.segments))
    return project.with_(language=meeting.text_language or spoken)


def _plain(model: Model) -> object:
    return model.model_dump(mode="json")


def now() -> str:
    """This instant, UTC with Z."""
    return datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
