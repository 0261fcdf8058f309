"""All stages on one meeting, resumable after each: the only place that knows their order."""

from collections.abc import Callable
from functools import cache, partial
from typing import NamedTuple

from pipeline.case import Case, opened, plain
from pipeline.cover import cover
from pipeline.errors import (
    NotFoundError,
    NotReadableError,
)
from pipeline.extract import extract, reconsider, relate, summarise, thread
from pipeline.ground import ground
from pipeline.ingest import ingest
from pipeline.language.characters import on_these_words, writing
from pipeline.language.script import language_of
from pipeline.mend import mend
from pipeline.models.correcting import corrected
from pipeline.models.draft import Draft
from pipeline.models.hashing import digest, sealed
from pipeline.models.job import Progress, StageKey, StageName
from pipeline.models.losses import told, undone, unfinished
from pipeline.models.meeting import Meeting, Recording, Source
from pipeline.models.minutes import Coverage, Minutes
from pipeline.models.project import Project
from pipeline.models.review import Edit
from pipeline.models.spec import FeatureSpec
from pipeline.models.transcript import Segment, Transcript
from pipeline.ports.jobs import Watch
from pipeline.ports.tools import Tools
from pipeline.run_join import joined_again
from pipeline.run_specs import specified
from pipeline.run_voices import told_apart, voices_are_told
from pipeline.transcribe import may_be_spoken, transcribe


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
    hear(meeting, tools, watch)
    return understand(meeting, tools, watch)


def hear(meeting_uid: str, tools: Tools, watch: Watch) -> Transcript:
    """Recording or source -> the transcript, kept as a version of the meeting's.

    What people corrected is corrected in it too, as far as the same words were heard again. What
    the project's list corrects is a version after that which was heard, in the same transaction.

    Raises:
        NotReadableError: the file holds no speech or no turns.
    """
    case = opened(meeting_uid, tools, watch)
    own = case.meeting.own
    heard = isinstance(own, Recording)
    transcript = _heard(case, watch) if heard else _ingested(case)
    if not transcript.segments:
        raise NotReadableError("no_speech", file=own.name)
    stage: StageName = "transcribe" if heard else "ingest"
    edits = tools.store.edits(meeting_uid, entity="segment")
    edits = on_these_words(edits, transcript, writing(case.project)) if heard else edits
    chosen = case.meeting.join
    if chosen:
        again = joined_again(case, chosen, transcript, edits)
    elif heard:  # only an ear may cut a call otherwise than before
        again = corrected(transcript, edits, _as_corrected(case))
    else:
        again = corrected(transcript, edits)
    return case.kept(stage, lambda: _mended(case, again))


def _as_corrected(case: Case) -> Callable[[Edit], Segment | None]:
    """The turn of a correction as it was just before; each version is read once."""
    read = cache(partial(case.tools.store.transcript, case.meeting.uid))

    def was(edit: Edit) -> Segment | None:
        words = read(edit.version) if edit.version else None
        return words.segment(edit.entity_uid) if words else None

    return was


def _mended(case: Case, heard: Transcript) -> Transcript:
    kept = case.tools.store.save_transcript(case.meeting.uid, heard)
    return mend(kept, project=case.project, store=case.tools.store)


def understand(meeting_uid: str, tools: Tools, watch: Watch) -> Outcome:
    """The meeting's latest transcript -> minutes and specs; people's edits stay on top.

    Raises:
        NotFoundError: the meeting was not heard yet.
    """
    case, transcript, draft, minutes = _minuted(meeting_uid, tools, watch)
    effective = tools.store.minutes(meeting_uid) or minutes
    missing = undone(draft, minutes.language) + specified(case, effective, transcript)
    case.kept("specify", lambda: tools.store.save_minutes(told(minutes, missing, transcript)))
    effective = tools.store.minutes(meeting_uid) or minutes
    return Outcome(case.meeting, transcript, effective, tools.store.specs(meeting_uid))


def minute(meeting_uid: str, tools: Tools, watch: Watch) -> Minutes:
    """The meeting's latest transcript -> minutes alone: for whoever needs no specs.

    They say what is missing in themselves; those that are kept say that the specs are too.

    Raises:
        NotFoundError: the meeting was not heard yet.
    """
    _, transcript, draft, minutes = _minuted(meeting_uid, tools, watch)
    return told(minutes, undone(draft, minutes.language), transcript)


class _Minuted(NamedTuple):
    """The minutes, with what the specs are made from."""

    case: Case
    transcript: Transcript
    draft: Draft
    minutes: Minutes


def _minuted(meeting_uid: str, tools: Tools, watch: Watch) -> _Minuted:
    case = opened(meeting_uid, tools, watch)
    transcript = tools.store.transcript(meeting_uid)
    if transcript is None:
        raise NotFoundError("no_transcript", meeting=meeting_uid)
    case = case._replace(project=_in_language(case, transcript))
    read_with = case.project.with_(corrections=())  # they are in the words by now
    case = case._replace(context=digest([plain(transcript), plain(read_with)]))
    draft = _drafted(case, transcript)
    case.kept("extract", lambda: tools.store.save_our_talk(meeting_uid, draft.internal))
    minutes = _grounded(case, draft, transcript)
    case.kept("cover", lambda: tools.store.save_minutes(unfinished(minutes)))
    return _Minuted(case, transcript, draft, minutes)


def _heard(case: Case, watch: Watch) -> Transcript:
    """The transcript of a recording.

    What was heard depends on the sound alone: new names or terms in the project, and the
    characters it is written in, change who is called what and how it is spelled, and nothing is
    heard again for them.
    """
    recording = case.meeting.own
    transcriber, store = case.tools.transcriber(), case.tools.store
    spoken = may_be_spoken(case.meeting, case.project)
    sound = {"sha256": recording.sha256, "languages": list(spoken)}
    heard = StageKey(
        stage="transcribe",
        input_digest=digest(sound),
        engine=transcriber.name,
        model=transcriber.model,
        settings_digest=digest(dict(transcriber.settings)),
    )
    characters, names = writing(case.project)
    spelled = {"characters": characters, "names": list(names)}
    told = {**_who_and_when(case), **sound, **spelled}
    told_by = case.tools.diarizer
    settings = digest([dict(transcriber.settings), dict(told_by.settings)]) if told_by else None
    return case.records.do(
        heard.with_(
            input_digest=digest(told),
            prompt=case.tools.code,
            settings_digest=settings or heard.settings_digest,
        ),
        Transcript,
        lambda: transcribe(
            case.tools.blobs.path(recording.sha256),
            transcriber=transcriber,
            meeting=case.meeting,
            project=case.project,
            done=store.batches(case.meeting.uid, heard),
            keep=lambda batch: store.save_batch(case.meeting.uid, heard, batch),
            watch=_telling(heard, watch),
            voices=told_apart(case, recording.sha256),
        ),
        whole=voices_are_told,
    )


def _telling(key: StageKey, watch: Watch) -> Watch:
    """Told what the pieces are kept under: whoever reads them while they come needs it."""

    def told(progress: Progress) -> None:
        hearing = progress.hearing and progress.hearing.with_(key=key)
        watch(progress.with_(hearing=hearing))

    return told


def _ingested(case: Case) -> Transcript:
    source = case.meeting.own

    asked = source.shape if isinstance(source, Source) else None
    known = asked if asked in case.tools.reader.shapes() else None

    def read() -> Transcript:
        data = case.tools.blobs.path(source.sha256).read_bytes()
        reading = case.tools.reader.read(data, name=source.name, shape=known)
        return ingest(reading, meeting=case.meeting, project=case.project)

    read_from = {"sha256": source.sha256, "shape": asked}
    key = case.records.ours("ingest", {**read_from, **_who_and_when(case)})
    return case.records.do(key, Transcript, read)


def _who_and_when(case: Case) -> dict[str, object]:
    """What of the meeting and the project goes into a transcript."""
    return {
        "date": case.meeting.begun,
        "time_zone": case.meeting.time_zone,
        "languages": list(case.meeting.languages),
        "people": [plain(person) for person in case.project.participants],
    }


def _drafted(case: Case, transcript: Transcript) -> Draft:
    """All items of the call, threaded, related and summed up: one record."""
    extractor, project = case.tools.extractor, case.project

    def read() -> Draft:
        draft = extract(transcript, project, extractor=extractor)
        draft = thread(draft, transcript, project, extractor=extractor)
        draft = _looked_again(draft, case, transcript) if extractor.looks_twice else draft
        draft = relate(draft, transcript, project, extractor=extractor)
        return summarise(draft, transcript, project, extractor=extractor)

    key = StageKey(
        stage="extract",
        input_digest=case.context,
        engine=extractor.name,
        model=extractor.model,
        prompt=extractor.prompt,
        settings_digest=case.settings(extractor.model, extractor.settings),
    )
    return case.records.do(key, Draft, read, whole=_whole)


def _whole(draft: Draft) -> bool:
    """Whether there was an answer to everything; what lacks one is asked for by the next run."""
    return not (draft.unprocessed or draft.undone)


def _looked_again(draft: Draft, case: Case, transcript: Transcript) -> Draft:
    """The draft with what the client turns held that sound like something and are cited by nothing."""
    extractor, project = case.tools.extractor, case.project
    minutes = ground(draft, transcript, language=project.language, engine=extractor.name)
    uncited = cover(minutes, transcript, project).coverage.uncited
    turns = [one.segment for one in uncited]
    if not turns:
        return draft
    return draft.plus(reconsider(draft, turns, transcript, project, extractor=extractor))


def _grounded(case: Case, draft: Draft, transcript: Transcript) -> Minutes:
    """Draft -> minutes with evidence, the ids of the project, and coverage."""
    store, project = case.tools.store, case.project
    minutes = case.records.do(
        case.records.ours("ground", [plain(draft), case.context]),
        Minutes,
        lambda: ground(
            draft, transcript, language=project.language, engine=case.tools.extractor.name
        ),
    )
    answered = _answered(store.minutes(case.meeting.uid))
    minutes = store.identify(case.meeting.uid, minutes)
    covered = case.records.do(
        case.records.ours(
            "cover", [plain(minutes), plain(answered), list(draft.suspected), case.context]
        ),
        Minutes,
        lambda: cover(minutes, transcript, project, earlier=answered, suspected=draft.suspected),
    )
    return sealed(covered)


def _answered(earlier: Minutes | None) -> Coverage:
    """What people already said of uncited turns: it holds after another run."""
    uncited = earlier.coverage.uncited if earlier else ()
    return Coverage(uncited=tuple(one for one in uncited if one.state != "open"))


def _in_language(case: Case, transcript: Transcript) -> Project:
    """The project with the language its texts are to be written in for this meeting."""
    spoken = language_of("\n".join(one.text for one in transcript.segments))
    return case.project.with_(language=case.meeting.text_language or spoken)
