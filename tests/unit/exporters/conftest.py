"""The two bundled calls as minutes and specs, written by hand on top of their scripts."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from pipeline.models.evidence import Evidence
from pipeline.models.hashing import sealed, spec_hash
from pipeline.models.meeting import Meeting
from pipeline.models.minutes import ARRAYS, Minutes
from pipeline.models.project import Project
from pipeline.models.spec import FeatureSpec
from pipeline.models.transcript import EngineName, Segment, Transcript
from pipeline.models.view import InternalView

CALLS = Path(__file__).parents[3] / "tests" / "unit" / "exporters" / "calls"
DEMO = Path(__file__).parents[3] / "pipeline" / "demo"
LETTERS = dict(zip(ARRAYS, "DATRQCE", strict=True))
SECONDS = 5.5
"""Each turn of the script takes this long here."""


class Call:
    """A bundled call and what was made of it."""

    def __init__(self, language: str) -> None:
        self.language = language
        self.script = _yaml(DEMO / language / "script.yaml")
        self.project = Project.model_validate(_yaml(DEMO / language / "project.yaml"))
        self.notes = _yaml(CALLS / f"{language}.yaml")
        self.transcript = Transcript(
            meeting="m1",
            engine=EngineName(name="test"),
            segments=tuple(
                Segment(
                    id=f"s{n}",
                    index=n - 1,
                    start=SECONDS * n,
                    end=SECONDS * n + 5,
                    speaker=turn["speaker"],
                    side=self.script["speakers"][turn["speaker"]]["side"],
                    text=turn["text"],
                )
                for n, turn in enumerate(self.script["turns"], 1)
            ),
        )

    def view(self) -> InternalView:
        return InternalView(
            minutes=self.minutes(),
            specs=tuple(self._spec(n, one) for n, one in enumerate(self.notes["specs"], 1)),
            meeting=Meeting(
                uid="m1",
                project="p1",
                title=self.script["title"],
                date=self.script["date"],
                time_zone=self.project.time_zone,
                participants=tuple(self.script["speakers"]),
            ),
            project=self.project,
            transcript=self.transcript,
        )

    def evidence(self, turns: list[int]) -> tuple[Evidence, ...]:
        found = (self.transcript.segments[n - 1] for n in turns)
        return tuple(
            Evidence(
                meeting="m1",
                transcript_version=1,
                segments=(one.id,),
                start=one.start,
                end=one.end,
                speaker=one.speaker,
                side=one.side,
                quote=one.text,
                match="exact",
            )
            for one in found
        )

    def minutes(self) -> Minutes:
        arrays = {
            name: [self._item(LETTERS[kind], n, one) for n, one in enumerate(self.notes[name], 1)]
            for kind, name in ARRAYS.items()
        }
        uncited = [
            {"segment": f"s{one['turn']}"} | {k: v for k, v in one.items() if k != "turn"}
            for one in self.notes["uncited"]
        ]
        minutes = Minutes.model_validate(
            {
                "meeting": "m1",
                "transcript_version": 1,
                "language": self.language,
                "summary": self.notes["summary"],
                "topics": [self._topic(one) for one in self.notes["topics"]],
                "coverage": {"uncited": uncited},
                **arrays,
            }
        )
        return sealed(minutes)

    def _topic(self, one: dict[str, Any]) -> dict[str, Any]:
        first, last = one["turns"]
        rest = {k: v for k, v in one.items() if k != "turns"}
        return rest | {"start": SECONDS * first, "end": SECONDS * last + 5}

    def _item(self, letter: str, number: int, one: dict[str, Any]) -> dict[str, Any]:
        given = {k: v for k, v in one.items() if k not in ("turns", "a", "b")}
        for side in ("a", "b"):
            if side in one:
                text, turns = one[side]
                given[side] = {"text": text, "evidence": self.evidence(turns)}
        return given | {
            "uid": f"u{letter}{number}",
            "id": f"{letter}{number}",
            "evidence": self.evidence(one["turns"]),
            "origin_engine": "test",
        }

    def _spec(self, number: int, one: dict[str, Any]) -> FeatureSpec:
        values: dict[str, Any] = dict(one)
        for name in ("goal", "pain", "trigger", "format"):
            if name in one:
                values[name] = self._slot(one[name])
        for name in ("actors", "rules", "limits", "behaviours", "errors"):
            values[name] = [self._slot(each) for each in one.get(name, ())]
        for name in ("data_fields", "permissions"):
            values[name] = [self._row(each) for each in one.get(name, ())]
        values["open_questions"] = [
            {"id": f"S{number}.{n}"} | each for n, each in enumerate(one["open_questions"], 1)
        ]
        blocking = any(each.get("blocking") for each in one["open_questions"])
        spec = FeatureSpec.model_validate(
            values
            | {
                "uid": f"uS{number}",
                "id": f"S{number}",
                "project": "p1",
                "meetings": ["m1"],
                "language": self.language,
                "origin_engine": "test",
                "status": "needs_answers" if blocking else "draft",
            }
        )
        return spec.with_(content_hash=spec_hash(spec))

    def _slot(self, triple: list[Any]) -> dict[str, Any]:
        value, origin, turns = triple
        return {"value": value, "origin": origin, "evidence": self.evidence(turns)}

    def _row(self, row: dict[str, Any]) -> dict[str, Any]:
        values = {k: v for k, v in row.items() if k != "turns"}
        for name in ("required", "example"):
            if name in row:
                values[name] = self._slot(row[name])
        return values | {"evidence": self.evidence(row.get("turns", []))}


def _yaml(path: Path) -> Any:
    return yaml.safe_load(path.read_text(encoding="utf-8"))


@pytest.fixture(params=["zh", "en"])
def call(request: pytest.FixtureRequest) -> Call:
    return Call(request.param)


@pytest.fixture
def view(call: Call) -> InternalView:
    return call.view()
