"""One line of a call -> the voices on it; whatever fails here, the words stay."""

from collections.abc import Callable
from pathlib import Path

from pipeline.case import Case
from pipeline.errors import UnavailableError
from pipeline.models.hashing import digest
from pipeline.models.job import StageKey, StageRecord
from pipeline.models.transcript import ONE_VOICE, Transcript
from pipeline.models.voices import Voices, VoiceWindow
from pipeline.ports.engines import Diarizer
from pipeline.record import now
from pipeline.words.loader import say


def told_apart(case: Case, sha256: str) -> Callable[[Path, Callable[[], None]], Voices] | None:
    """What tells the voices of a recording apart; None where nothing is set that could.

    Each window is kept as soon as it was heard: another run, or another number of people, does not
    hear it again.
    """
    diarizer = case.tools.diarizer
    if diarizer is None:
        return None

    def tell(recording: Path, going: Callable[[], None]) -> Voices:
        def keep(window: VoiceWindow) -> None:
            _keep(case, _key(diarizer, sha256, window.index), window)
            going()

        try:
            turns = diarizer.tell_apart(
                recording,
                kept=lambda at: _kept(case, _key(diarizer, sha256, at)),
                keep=keep,
            )
        except UnavailableError as error:
            language = case.meeting.text_language or case.project.language
            return Voices(fault=say(f"error.{error.code}", language, **error.params))
        return Voices(turns=turns)

    return tell


def voices_are_told(transcript: Transcript) -> bool:
    """Whether nothing went wrong with them; what did is tried again by the next run."""
    return all(one.reason != ONE_VOICE for one in transcript.dropped)


def _key(diarizer: Diarizer, sha256: str, at: int) -> StageKey:
    return StageKey(
        stage="transcribe",
        subject=f"voices {at}",
        input_digest=sha256,
        engine=diarizer.name,
        model=diarizer.model,
        settings_digest=digest(dict(diarizer.window_settings)),
    )


def _kept(case: Case, key: StageKey) -> VoiceWindow | None:
    record = case.tools.store.record(case.meeting.uid, key)
    return VoiceWindow.read(record.output) if record else None


def _keep(case: Case, key: StageKey, window: VoiceWindow) -> None:
    case.tools.store.save_record(
        StageRecord(
            meeting=case.meeting.uid,
            key=key,
            output=window.model_dump(mode="json"),
            seconds=0.0,
            finished_at=now(),
        )
    )
