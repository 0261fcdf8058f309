"""{turns: [...]}: turns with a project beside them, as people and other programs write them."""

from typing import Any

from pydantic import ValidationError

from pipeline.errors import NotReadableError
from pipeline.models.project import Project
from pipeline.models.reading import Reading
from pipeline.models.transcript import Dropped, Segment
from pipeline.readers.project_checks import zone_known
from pipeline.readers.shape import CERTAIN, NONE, Content, Shape
from pipeline.readers.values import date_of, languages_of, segment, words_of, wrong


def _likely(content: Content) -> float:
    data = content.data
    return CERTAIN if isinstance(data, dict) and isinstance(data.get("turns"), list) else NONE


def _read(content: Content) -> Reading:
    data: dict[str, Any] = content.data
    name = content.name
    segments: list[Segment] = []
    dropped: list[Dropped] = []
    for place, turn in enumerate(data["turns"]):
        words = words_of(turn.get("text")) if isinstance(turn, dict) else ""
        if not words:
            dropped.append(Dropped(line=place + 1, text=str(turn)[:500], reason="no text"))
            continue
        told = {key: turn.get(key) for key in ("speaker", "start", "end")}
        at = f"turns[{place}]"
        segments.append(segment(len(segments), words, **told, at=at, name=name))
    return Reading(
        shape=SHAPE.name,
        segments=tuple(segments),
        dropped=tuple(dropped),
        project=_project(data, name),
        title=data.get("title") if isinstance(data.get("title"), str) else None,
        date=date_of(data.get("date"), name),
        languages=languages_of(data.get("lang")),
    )


def _project(data: dict[str, Any], name: str) -> Project | None:
    """The call's own project: participants stand beside it in this form."""
    inside = data.get("project")
    people = data.get("participants")
    if not isinstance(inside, dict) and not isinstance(people, list):
        return None
    fields = dict(inside) if isinstance(inside, dict) else {}
    if isinstance(people, list):
        fields["participants"] = people
    languages = languages_of(data.get("lang"))
    if "language" not in fields and languages:
        fields["language"] = languages[0]
    try:
        project = Project.read(fields)
    except ValidationError as error:
        raise wrong(error, name) from error
    if not zone_known(project.time_zone):
        reason = f"{project.time_zone} ≠ Asia/Shanghai, UTC, …"
        raise NotReadableError("wrong_value", file=name, field="project.time_zone", reason=reason)
    return project


SHAPE = Shape("turns", "call", _likely, _read)
