"""project.yaml -> Project, with the field and the line of whatever is wrong."""

from pathlib import Path

import yaml
from pydantic import ValidationError

from pipeline.errors import NotReadableError, ProjectFileError
from pipeline.models.project import Project
from pipeline.readers.encoding import decode

_LARGEST = 5_000_000
"""Bytes: a project file is written by hand."""


def read_project(path: Path) -> Project:
    """Read a project file.

    Raises:
        NotReadableError: the file is missing, a folder, empty or in no known encoding.
        ProjectFileError: the YAML does not parse, or a field does not fit; names field and line.
    """
    if not path.is_file():
        raise NotReadableError("file_missing" if not path.exists() else "is_folder", file=str(path))
    if path.stat().st_size > _LARGEST:
        raise ProjectFileError("project_too_large", file=str(path))
    text = decode(path.read_bytes(), name=str(path))
    try:
        node = yaml.compose(text, Loader=yaml.SafeLoader)
        data = yaml.safe_load(text)
    except (yaml.YAMLError, RecursionError) as error:
        line = _line_of_mark(error)
        raise ProjectFileError("project_yaml", file=str(path), line=line) from error
    if not isinstance(data, dict):
        raise ProjectFileError("project_not_mapping", file=str(path))
    return _validated(data, node, path)


def _validated(data: dict[str, object], node: yaml.Node | None, path: Path) -> Project:
    try:
        return Project.model_validate(data)
    except ValidationError as error:
        first = error.errors()[0]
        where = list(first["loc"])
        raise ProjectFileError(
            "project_unknown_field" if first["type"] == "extra_forbidden" else "project_field",
            file=str(path),
            line=_line_of(node, where),
            field=_spelled(where),
            reason=first["msg"],
        ) from error


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


def _spelled(where: list[str | int]) -> str:
    text = ""
    for part in where:
        text += f"[{part}]" if isinstance(part, int) else (f".{part}" if text else part)
    return text
