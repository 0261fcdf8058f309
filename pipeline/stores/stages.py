"""Stage records and batch checkpoints: what resume, cache, audit and replay rest on."""

from collections.abc import Collection, Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session

from pipeline.models.answer import KeptAnswer
from pipeline.models.hashing import digest
from pipeline.models.job import StageKey, StageRecord
from pipeline.models.model_use import ModelUse, together
from pipeline.models.speech import HeardBatch
from pipeline.stores.bodies import columns, model
from pipeline.stores.meetings import project_of
from pipeline.stores.rows import AnswerRow, BatchRow, StageRow, UseRow
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

        def write(session: Session) -> None:
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

        self._sessions.join(write)

    def batches(
        self, meeting: str, key: StageKey, *, but: Collection[str] = ()
    ) -> Mapping[str, HeardBatch]:
        """Batches already heard under this key; those in `but` are not read."""
        chosen = select(BatchRow).where(BatchRow.meeting == meeting, BatchRow.key == _digest(key))
        chosen = chosen.where(BatchRow.batch.not_in(but)) if but else chosen
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

        def write(session: Session) -> None:
            session.merge(
                AnswerRow(
                    meeting=meeting,
                    key=key,
                    project=project_of(session, meeting),
                    **columns(answer),
                )
            )
            session.flush()

        self._sessions.join(write)

    def add_model_use(self, meeting: str, use: ModelUse) -> None:
        """Count on top of what is there for this site and model, whichever program put it there."""
        key = (meeting, use.site, use.model)

        def write(session: Session) -> None:
            known = session.get(UseRow, key, with_for_update=True, populate_existing=True)
            session.merge(
                UseRow(
                    meeting=meeting,
                    site=use.site,
                    model=use.model,
                    project=project_of(session, meeting),
                    **columns(model(ModelUse, known).plus(use) if known else use),
                )
            )
            session.flush()

        self._sessions.join(write)

    def model_use(self, meeting: str | None = None) -> tuple[ModelUse, ...]:
        """By site and model: of one meeting, or of all together."""
        chosen = select(UseRow).order_by(UseRow.site, UseRow.model)
        if meeting is not None:
            chosen = chosen.where(UseRow.meeting == meeting)
        with self._sessions.reading() as session:
            every = [model(ModelUse, row) for row in session.scalars(chosen)]
        names = dict.fromkeys((one.site, one.model) for one in every)
        return tuple(
            together(
                (one for one in every if (one.site, one.model) == (site, asked)),
                site=site,
                model=asked,
            )
            for site, asked in names
        )


def _digest(key: StageKey) -> str:
    return digest(key.model_dump(mode="json"))
