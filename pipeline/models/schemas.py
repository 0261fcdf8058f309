"""JSON Schemas of the machine contract, made from the models themselves."""

from typing import Any, Literal

from pipeline.models.base import Model
from pipeline.models.minutes import Minutes
from pipeline.models.project import Project
from pipeline.models.recording import AnswerManifest, RecordedAnswer
from pipeline.models.spec import FeatureSpec
from pipeline.models.transcript import Transcript

SchemaName = Literal["transcript", "minutes", "spec", "project", "recording", "answer"]
_MODELS: dict[SchemaName, type[Model]] = {
    "transcript": Transcript,
    "minutes": Minutes,
    "spec": FeatureSpec,
    "project": Project,
    "recording": AnswerManifest,
    "answer": RecordedAnswer,
}


def json_schema(name: SchemaName) -> dict[str, Any]:
    """Schema of what we write; of a project, of what people write by hand."""
    mode: Literal["validation", "serialization"] = (
        "validation" if name == "project" else "serialization"
    )
    schema = _MODELS[name].model_json_schema(by_alias=True, mode=mode)
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}
