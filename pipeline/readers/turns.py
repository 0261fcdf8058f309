"""JSON: our own transcript.json, and the {turns: [...]} form of calls with a project inside."""

import datetime as dt
import json
import re
from typing import Any

from pydantic import ValidationError

from pipeline.errors import NotReadableError
from pipeline.language.normalise import visible
from pipeline.models.project import Project
from pipeline.models.reading import Reading
from pipeline.models.transcript import Dropped, Segment, Transcript
from pipeline.readers.project_checks import zone_known

_OPENING = re.compile(r"\s*(?:\{|\[\s*(?:[\[{\"\]]|-?\d+(?:\.\d+)?\s*[,\]]|true|false|null|\Z))")
"""How JSON begins; "[00:00:01] Name: text" is none."""
_SURROGATE = re.compile(r"(?i)\\ud[89a-f]")
_LONGEST = 3_600_000
"""Seconds (a thousand hours) that no call lasts: a larger time is none."""
_MOST_DIGITS = 15
"""Digits of an integer beyond which it is only compared, never counted with."""


def looks_json(text: str) -> bool:
    """Whether the text opens like a JSON value."""
    return _OPENING.match(text) is not None


def read_json(text: str, *, name: str) -> Reading:
    """Read either form.

    Raises:
        NotReadableError: broken JSON, another shape, or a turn without text.
    """
    try:
        data = _loaded(text)
    except (json.JSONDecodeError, RecursionError) as error:
        line = getattr(error, "lineno", 1)
        raise NotReadableError("broken_json", file=name, line=line) from error
    if isinstance(data, dict) and "segments" in data and "engine" in data:
        return _own(data, name)
    if isinstance(data, dict) and isinstance(data.get("turns"), list):
        return _turns(data, name)
    raise NotReadableError("unknown_shape", file=name)


def _loaded(text: str) -> Any:  # noqa: ANN401 - somebody else's JSON
    """The value, in which no half of a character is left: nothing could store it."""
    data = json.loads(text, parse_int=_integer)
    if _SURROGATE.search(text):
        whole = json.dumps(data, ensure_ascii=False).encode("utf-16", "surrogatepass")
        data = json.loads(whole.decode("utf-16", "replace"), parse_int=_integer)
    return data


def _integer(digits: str) -> int | float:
    return int(digits) if len(digits) <= _MOST_DIGITS else float(digits)


def _own(data: dict[str, Any], name: str) -> Reading:
    try:
        transcript = Transcript.read(data)
    except ValidationError as error:
        raise _wrong(error, name) from error
    for place, segment in enumerate(transcript.segments):
        _check_times(segment, f"segments[{place}]", name)
    return Reading(
        shape="dragoman",
        segments=tuple(map(_shown, transcript.segments)),
        dropped=transcript.dropped,
        date=_date(transcript.date, name),
        languages=transcript.languages,
    )


def _turns(data: dict[str, Any], name: str) -> Reading:
    segments: list[Segment] = []
    dropped: list[Dropped] = []
    for place, turn in enumerate(data["turns"]):
        words = _text(turn)
        if not words:
            dropped.append(Dropped(line=place + 1, text=str(turn)[:500], reason="no text"))
            continue
        segments.append(_segment(turn, words, len(segments), at=f"turns[{place}]", name=name))
    try:
        project = _project(data)
    except ValidationError as error:
        raise _wrong(error, name) from error
    if project is not None and not zone_known(project.time_zone):
        reason = f"{project.time_zone} ≠ Asia/Shanghai, UTC, …"
        raise NotReadableError("wrong_value", file=name, field="project.time_zone", reason=reason)
    return Reading(
        shape="turns",
        segments=tuple(segments),
        dropped=tuple(dropped),
        project=project,
        title=data.get("title") if isinstance(data.get("title"), str) else None,
        date=_date(data.get("date"), name),
        languages=_languages(data.get("lang")),
    )


def _text(turn: Any) -> str:  # noqa: ANN401 - a value of somebody else's JSON
    text = turn.get("text") if isinstance(turn, dict) else None
    return visible(text).strip() if isinstance(text, str) else ""


def _segment(turn: dict[str, Any], words: str, index: int, *, at: str, name: str) -> Segment:
    try:
        segment = Segment(
            id=f"s{index + 1:04d}",
            index=index,
            start=turn.get("start"),
            end=turn.get("end"),
            speaker=turn.get("speaker"),
            text=words,
        )
    except ValidationError as error:
        raise _wrong(error, name, at) from error
    _check_times(segment, at, name)
    return _shown(segment)


def _shown(segment: Segment) -> Segment:
    """Without control characters: what stands in a transcript is shown in terminals."""
    speaker = visible(segment.speaker).strip() if segment.speaker else None
    return segment.with_(text=visible(segment.text).strip(), speaker=speaker or None)


def _check_times(segment: Segment, at: str, name: str) -> None:
    for field in ("start", "end"):
        value = getattr(segment, field)
        if value is not None and not 0 <= value <= _LONGEST:
            reason = f"{value:g} < 0" if value < 0 else f"{value:g} > {_LONGEST}"
            raise NotReadableError("wrong_value", file=name, field=f"{at}.{field}", reason=reason)
    if segment.start is not None and segment.end is not None and segment.end < segment.start:
        reason = f"{segment.end:g} < {segment.start:g}"
        raise NotReadableError("wrong_value", file=name, field=f"{at}.end", reason=reason)


def _date(value: object, name: str) -> str | None:
    """The day of the call as ISO text, with or without a time; None where none is given."""
    if value is None or value == "":
        return None
    try:
        dt.datetime.fromisoformat(str(value))
        dt.date.fromisoformat(str(value)[:10])
    except ValueError as error:
        reason = f"{value} ≠ YYYY-MM-DD"
        raise NotReadableError("wrong_value", file=name, field="date", reason=reason) from error
    return str(value)


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


def _wrong(error: ValidationError, name: str, at: str = "") -> NotReadableError:
    """The first thing wrong; `at` is where the value that was read stands."""
    first = error.errors()[0]
    place = at
    for part in first["loc"]:
        place += f"[{part}]" if isinstance(part, int) else f".{part}" if place else str(part)
    return NotReadableError("wrong_value", file=name, field=place, reason=first["msg"])
