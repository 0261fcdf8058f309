"""The published schemas change only on purpose, and hold what we write."""

import json
import os
from pathlib import Path

import jsonschema
import pytest

from pipeline.models.minutes import Minutes
from pipeline.models.project import Project
from pipeline.models.recording import AnswerManifest, RecordedAnswer, RecordedCall
from pipeline.models.schemas import json_schema
from pipeline.models.spec import FeatureSpec
from pipeline.models.transcript import EngineName, Segment, Transcript

GOLDEN = Path(__file__).parent
NAMES = ("transcript", "minutes", "spec", "project", "recording", "answer")
SPEC = FeatureSpec(
    uid="u", id="S1", project="p", meetings=("m",), asks=("A1",), origin_engine="rules", title="x"
)
EXAMPLES = {
    "transcript": Transcript(
        engine=EngineName(name="import"), segments=(Segment(id="s0001", index=0, text="好"),)
    ),
    "minutes": Minutes(meeting="m", transcript_version=1, language="zh"),
    "spec": SPEC,
    "project": Project(client="澄江茶饮"),
    "recording": AnswerManifest(
        model="qwen3:32b",
        answered_by="a model",
        recorded_at="2026-03-18T09:00:00.000Z",
        questions={"context": 32_000},
        calls=(RecordedCall(title="订单", words="a" * 64),),
        answers={"b" * 64: "c" * 64},
    ),
    "answer": RecordedAnswer(
        question="b" * 64, site="asks", prompt="asks@1.zh+abc", form="d" * 64, text="{}"
    ),
}


@pytest.mark.parametrize("name", NAMES)
def test_a_schema_is_what_was_published(name):
    """Run with GOLDEN=write to publish a change; it belongs in the changelog."""
    path = GOLDEN / f"{name}.schema.json"
    text = json.dumps(json_schema(name), ensure_ascii=False, indent=2) + "\n"
    if os.environ.get("GOLDEN") == "write":
        path.write_text(text, encoding="utf-8")
    assert path.read_text(encoding="utf-8") == text


@pytest.mark.parametrize("name", NAMES)
def test_what_we_write_fits_its_schema(name):
    schema = json_schema(name)
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.validate(EXAMPLES[name].model_dump(mode="json"), schema)


@pytest.mark.parametrize("name", ["transcript", "minutes", "spec", "recording", "answer"])
def test_all_keys_are_always_present_and_unknown_ones_refused(name):
    schema = json_schema(name)
    assert set(schema["required"]) == set(schema["properties"])
    assert schema["additionalProperties"] is False
    dump = EXAMPLES[name].model_dump(mode="json")
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate({**dump, "surprise": 1}, schema)
    dump.popitem()
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(dump, schema)


def test_unknown_keys_are_ignored_when_read():
    dump = {**SPEC.model_dump(mode="json"), "from_a_later_version": True}
    assert FeatureSpec.read(dump) == SPEC
