"""project.yaml <-> Project, with the field and the line of whatever is wrong."""

from pathlib import Path

import yaml
from pydantic import ValidationError

from pipeline.errors import NotReadableError, ProjectFileError
from pipeline.language.correction_list import refused
from pipeline.language.tongues import unknown
from pipeline.models.project import Project
from pipeline.readers.encoding import decode
from pipeline.readers.project_checks import repeated_key, repeated_person, zone_known

_LARGEST = 5_000_000
"""Bytes: a project file is written by hand."""
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""The one in C where there is one: 5,000 columns take it 0.1 s, and the other one 1 s."""


def read_project(path: Path) -> Project:
    """Read a project file.

    Raises:
        NotReadableError: the file is missing, a folder, empty or in no known encoding.
        ProjectFileError: the YAML does not parse, or a field does not fit or says a thing twice;
            names field and line.
    """
    if not path.is_file():
        code = "project_is_folder" if path.exists() else "file_missing"
        raise NotReadableError(code, file=str(path))
    if path.stat().st_size > _LARGEST:
        raise ProjectFileError("project_too_large", file=str(path))
    return parse_project(path.read_bytes(), str(path))


def parse_project(content: bytes, name: str) -> Project:
    """Read what a project file holds; `name` is what messages call it.

    Raises:
        NotReadableError: it is in no known encoding.
        ProjectFileError: as `read_project`.
    """
    if len(content) > _LARGEST:
        raise ProjectFileError("project_too_large", file=name)
    if not content.strip():
        raise ProjectFileError("project_empty", file=name)
    text = decode(content, name=name)
    try:
        loader = _LOADER(text)
        node = loader.get_single_node()
        data = loader.construct_document(node) if node is not None else None
    except (yaml.YAMLError, RecursionError) as error:
        line = _line_of_mark(error)
        raise ProjectFileError("project_yaml", file=name, line=line) from error
    if data is None:
        raise ProjectFileError("project_empty", file=name)
    if not isinstance(data, dict):
        raise ProjectFileError("project_not_mapping", file=name)
    twice = repeated_key(node)
    if twice is not None:
        line = twice.start_mark.line + 1
        raise ProjectFileError("project_key_twice", file=name, line=line, field=twice.value)
    return _checked(_validated(data, node, text, name), node, name)


def project_text(project: Project) -> str:
    """The project as a file that `read_project` reads again; without its uid."""
    values = project.model_dump(mode="json", exclude={"uid"}, exclude_none=True)
    return yaml.safe_dump(values, allow_unicode=True, sort_keys=False, width=1000)


def _checked(project: Project, node: yaml.Node | None, name: str) -> Project:
    if not zone_known(project.time_zone):
        raise ProjectFileError(
            "project_time_zone",
            file=name,
            line=_line_of(node, ["time_zone"]),
            field="time_zone",
            value=project.time_zone,
        )
    strange = unknown(project.spoken)
    if strange is not None:
        where: list[str | int] = ["spoken", project.spoken.index(strange)]
        raise ProjectFileError(
            "project_spoken",
            file=name,
            line=_line_of(node, where),
            field=_spelled(where),
            value=strange,
        )
    twice = repeated_person(project.participants)
    if twice is not None:
        where = list(twice.where)
        raise ProjectFileError(
            "project_person_twice",
            file=name,
            line=_line_of(node, where),
            field=_spelled(where),
            value=twice.value,
        )
    wrong = refused(project.corrections)
    if wrong is not None:
        where = _as_written(node, ["corrections", *wrong.where])
        raise ProjectFileError(
            f"correction_{wrong.code}",
            file=name,
            line=_line_of(node, where),
            field=_spelled(where),
            value=wrong.value,
        )
    return project


def _validated(data: dict[str, object], node: yaml.Node | None, text: str, name: str) -> Project:
    try:
        return Project.model_validate(data)
    except ValidationError as error:
        first = error.errors()[0]
        told = list(first["loc"])
        where = _as_written(node, told)
        written = _written(node, where, text) if first["type"] == "string_type" else None
        if written is not None and where != told and told[-1] == "heard":
            written = str(where[-1])
        if written is not None:
            raise ProjectFileError(
                "project_not_text",
                file=name,
                line=_line_of(node, where),
                field=_spelled(where),
                value=written,
            ) from error
        raise ProjectFileError(
            "project_unknown_field" if first["type"] == "extra_forbidden" else "project_field",
            file=name,
            line=_line_of(node, where),
            field=_spelled(where),
            reason=first["msg"],
        ) from error


def _as_written(node: yaml.Node | None, where: list[str | int]) -> list[str | int]:
    """The path of a correction as the file has it: a mapping stands for a list."""
    if where[:1] != ["corrections"] or len(where) < 2 or not isinstance(node, yaml.MappingNode):
        return where
    listed = {key.value: value for key, value in node.value}.get("corrections")
    if not (isinstance(listed, yaml.MappingNode) and isinstance(where[1], int)):
        return where
    return ["corrections", listed.value[where[1]][0].value]


def _line_of_mark(error: Exception) -> int:
    mark = getattr(error, "problem_mark", None)
    return mark.line + 1 if mark else 1


def _line_of(node: yaml.Node | None, where: list[str | int]) -> int:
    """1-based line of the deepest part of a path that the file has."""
    line = 1
    for part in where:
        if node is None:
            break
        line = node.start_mark.line + 1
        if isinstance(node, yaml.MappingNode):
            pairs = {key.value: (key, value) for key, value in node.value}
            if part not in pairs:
                return line
            key, node = pairs[part]
            line = key.start_mark.line + 1
        elif isinstance(node, yaml.SequenceNode) and isinstance(part, int):
            node = node.value[part]
            line = node.start_mark.line + 1
        else:
            break
    return line


def _written(node: yaml.Node | None, where: list[str | int], text: str) -> str | None:
    """What stands there, where quotes would make text of it: 8.10, no, "3.1 orders: list"."""
    for part in where:
        if isinstance(node, yaml.MappingNode):
            node = {key.value: value for key, value in node.value}.get(part)
        elif isinstance(node, yaml.SequenceNode) and isinstance(part, int):
            node = node.value[part]
        else:
            return None
    if node is None or isinstance(node, yaml.SequenceNode) or getattr(node, "flow_style", False):
        return None
    written = text[node.start_mark.index : node.end_mark.index].strip()
    return written if written and "\n" not in written else None


def _spelled(where: list[str | int]) -> str:
    text = ""
    for part in where:
        text += f"[{part}]" if isinstance(part, int) else (f".{part}" if text else part)
    return text
