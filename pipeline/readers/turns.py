"""JSON: our own transcript.json, and the {turns: [...]} form of calls with a project inside."""

import json
from typing import Any

from pydantic import ValidationError

from pipeline.errors import NotReadableError
from pipeline.models.project import Project
from pipeline.models.reading import Reading
from pipeline.models.transcript import Dropped, Segment, Transcript


def looks_json(text: str) -> bool:
    """Whether the text opens like a JSON value."""
    return text.lstrip()[:1] in ("{", "[")


def read_json(text: str, *, name: str) -> Reading:
    """Read either form.

    Raises:
        NotReadableError: broken JSON, another shape, or a turn without text.
    """
    try:
        data = json.loads(text)
    except (json.JSONDecodeError, RecursionError) as error:
        line = getattr(error, "lineno", 1)
        raise NotReadableError("broken_json", file=name, line=line) from error
    if isinstance(data, dict) and "segments" in data and "engine" in data:
        return _own(data, name)
    if isinstance(data, dict) and isinstance(data.get("turns"), list):
        return _turns(data, name)
    raise NotReadableError("unknown_shape", file=name)


def _own(data: dict[str, Any], name: str) -> Reading:
    try:
        transcript = Transcript.read(data)
    except ValidationError as error:
        raise _wrong(error, name) from error
    return Reading(
        shape="dragoman",
        segments=transcript.segments,
        dropped=transcript.dropped,
        date=transcript.date,
        languages=transcript.languages,
    )


def _turns(data: dict[str, Any], name: str) -> Reading:
    segments: list[Segment] = []
    dropped: list[Dropped] = []
    try:
        for place, turn in enumerate(data["turns"]):
            words = _text(turn)
            if not words:
                dropped.append(Dropped(line=place + 1, text=str(turn)[:500], reason="no text"))
                continue
            segments.append(_segment(turn, words, len(segments)))
        project = _project(data)
    except ValidationError as error:
        raise _wrong(error, name) from error
    return Reading(
        shape="turns",
        segments=tuple(segments),
        dropped=tuple(dropped),
        project=project,
        title=data.get("title") if isinstance(data.get("title"), str) else None,
        date=data.get("date") if isinstance(data.get("date"), str) else None,
        languages=_languages(data.get("lang")),
    )


def _text(turn: Any) -> str:  # noqa: ANN401 - a value of somebody else's JSON
    text = turn.get("text") if isinstance(turn, dict) else None
    return text.strip() if isinstance(text, str) else ""


def _segment(turn: dict[str, Any], words: str, index: int) -> Segment:
    return Segment(
        id=f"s{index + 1:04d}",
        index=index,
        start=turn.get("start"),
        end=turn.get("end"),
        speaker=turn.get("speaker"),
        text=words,
    )


def _project(data: dict[str, Any]) -> Project | None:
    """The call's own project: participants stand beside it in this form."""
    inside = data.get("project")
    people = data.get("participants")
    if not isinstance(inside, dict) and not isinstance(people, list):
        return None
    fields = dict(inside) if isinstance(inside, dict) else {}
    if isinstance(people, list):
        fields["participants"] = people
    languages = _languages(data.get("lang"))
    if "language" not in fields and languages:
        fields["language"] = languages[0]
    return Project.read(fields)


def _languages(lang: object) -> tuple[str, ...]:
    return {"zh": ("zh",), "en": ("en",), "mixed": ("zh", "en")}.get(str(lang), ())


def _wrong(error: ValidationError, name: str) -> NotReadableError:
    first = error.errors()[0]
    place = ".".join(str(part) for part in first["loc"])
    return NotReadableError("wrong_value", file=name, field=place, reason=first["msg"])
