"""Stage records and batch checkpoints: what resume, cache, audit and replay rest on."""

from collections.abc import Mapping

from sqlalchemy import select

from pipeline.models.answer import KeptAnswer
from pipeline.models.hashing import digest
from pipeline.models.job import StageKey, StageRecord
from pipeline.models.speech import HeardBatch
from pipeline.stores.bodies import columns, model
from pipeline.stores.meetings import project_of
from pipeline.stores.rows import AnswerRow, BatchRow, StageRow
from pipeline.stores.session import Part


class Stages(Part):
    """The store's records of work."""

    def record(self, meeting: str, key: StageKey) -> StageRecord | None:
        """The finished stage with exactly this key."""
        with self._sessions.reading() as session:
            row = session.get(StageRow, (meeting, _digest(key)))
            return model(StageRecord, row) if row else None

    def save_record(self, record: StageRecord) -> None:
        """Keep a finished stage; one with the same key is replaced."""
        with self._sessions.writing() as session:
            session.merge(
                StageRow(
                    meeting=record.meeting,
                    key=_digest(record.key),
                    project=project_of(session, record.meeting),
                    stage=record.key.stage,
                    finished_at=record.finished_at,
                    **columns(record),
                )
            )
            session.flush()

    def batches(self, meeting: str, key: StageKey) -> Mapping[str, HeardBatch]:
        """Batches already heard under this key."""
        chosen = select(BatchRow).where(BatchRow.meeting == meeting, BatchRow.key == _digest(key))
        with self._sessions.reading() as session:
            return {row.batch: model(HeardBatch, row) for row in session.scalars(chosen)}

    def save_batch(self, meeting: str, key: StageKey, batch: HeardBatch) -> None:
        """Keep a heard batch at once: a crash costs at most one."""
        with self._sessions.writing() as session:
            session.merge(
                BatchRow(
                    meeting=meeting,
                    key=_digest(key),
                    batch=batch.key,
                    project=project_of(session, meeting),
                    **columns(batch),
                )
            )
            session.flush()

    def answer(self, meeting: str, key: str) -> KeptAnswer | None:
        """What a model answered to exactly this before."""
        with self._sessions.reading() as session:
            row = session.get(AnswerRow, (meeting, key))
            return model(KeptAnswer, row) if row else None

    def save_answer(self, meeting: str, key: str, answer: KeptAnswer) -> None:
        """Keep an answer at once; one to the same question is replaced."""
        with self._sessions.writing() as session:
            session.merge(
                AnswerRow(
                    meeting=meeting,
                    key=key,
                    project=project_of(session, meeting),
                    **columns(answer),
                )
            )
            session.flush()


def _digest(key: StageKey) -> str:
    return digest(key.model_dump(mode="json"))
