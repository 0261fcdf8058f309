"""Models to the JSON of a row and back."""

from typing import Any, TypedDict, TypeVar

from pydantic import ValidationError

from pipeline.errors import StorageError
from pipeline.models.answer import KeptAnswer
from pipeline.models.base import Model
from pipeline.models.job import Job, StageRecord, Worker
from pipeline.models.meeting import Meeting, Recording, Source
from pipeline.models.minutes import ITEM_TYPES, Minutes
from pipeline.models.model_use import ModelUse
from pipeline.models.project import Project
from pipeline.models.review import Edit
from pipeline.models.spec import FeatureSpec
from pipeline.models.speech import HeardBatch
from pipeline.models.transcript import Transcript
from pipeline.stores.rows import Body

M = TypeVar("M", bound=Model)

SCHEMAS: dict[type[Model], str] = {
    Project: "dragoman/project/v1",
    Meeting: "dragoman/meeting/v1",
    Recording: "dragoman/file/v1",
    Source: "dragoman/file/v1",
    Transcript: "dragoman/transcript/v1",
    Minutes: "dragoman/minutes/v1",
    FeatureSpec: "dragoman/spec/v1",
    StageRecord: "dragoman/stage/v1",
    KeptAnswer: "dragoman/answer/v1",
    ModelUse: "dragoman/use/v1",
    HeardBatch: "dragoman/batch/v1",
    Edit: "dragoman/edit/v1",
    Job: "dragoman/job/v1",
    Worker: "dragoman/worker/v1",
    **dict.fromkeys(ITEM_TYPES.values(), "dragoman/item/v1"),
}
"""What each model's JSON is called. A change that old code cannot read gets another name."""


class Columns(TypedDict):
    """The two columns of a body."""

    schema: str
    body: dict[str, Any]


def columns(model: Model) -> Columns:
    """A model as the two columns of a row."""
    return {"schema": SCHEMAS[type(model)], "body": model.model_dump(mode="json")}


def model(kind: type[M], row: Body) -> M:
    """The model in a row.

    Raises:
        StorageError: a newer program wrote it, or it is damaged.
    """
    if row.schema != SCHEMAS[kind]:
        raise StorageError("newer_schema", path=row.schema, revision=row.schema)
    try:
        return kind.read(row.body)
    except ValidationError as error:
        raise StorageError(
            "row_damaged", schema=row.schema, reason=str(error.errors()[0])
        ) from error
