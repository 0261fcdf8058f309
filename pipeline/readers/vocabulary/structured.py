"""JSON and YAML that somebody else wrote -> plain values, never more than a file can hold."""

import json
import re
from typing import Any

import yaml

from pipeline.errors import NotReadableError

LARGEST_YAML = 5_000_000
"""Characters."""
_MOST_VALUES = 1_000_000
"""Values after every reference is followed: a few lines of YAML can stand for billions."""
_DEEPEST = 60
_WORDS = frozenset(f"tag:yaml.org,2002:{name}" for name in ("bool", "int", "float", "timestamp"))
"""What is text here: a column called `no`, a line that reads 3.10."""
_OPENING = re.compile(r"[ \t]*(?:[-?:] )*")


def load_json(text: str, *, name: str) -> Any:  # noqa: ANN401 - somebody else's JSON
    """The value.

    Raises:
        NotReadableError: broken JSON, or nested deeper than any dictionary is.
    """
    try:
        value = json.loads(text)
    except json.JSONDecodeError as error:
        raise NotReadableError("broken_json", file=name, line=error.lineno) from error
    except (RecursionError, ValueError) as error:
        raise NotReadableError("vocabulary.too_deep", file=name) from error
    _check_depth(value, name)
    return value


def load_yaml(text: str, *, name: str) -> Any:  # noqa: ANN401 - somebody else's YAML
    """The value of the first document.

    Raises:
        NotReadableError: broken YAML, too large, too deep, or growing out of references.
    """
    if len(text) > LARGEST_YAML:
        raise NotReadableError("vocabulary.yaml_too_large", file=name, most=LARGEST_YAML // 10**6)
    if any(len(_OPENING.match(line).group()) > 400 for line in text.split("\n")):  # type: ignore[union-attr]
        raise NotReadableError("vocabulary.too_deep", file=name)
    try:
        loader = yaml.SafeLoader(text)
        node = loader.get_node() if loader.check_node() else None
        if node is None or _size(node, {}, 0) > _MOST_VALUES:
            code = "empty_file" if node is None else "vocabulary.grows"
            raise NotReadableError(code, file=name)
        return loader.construct_document(node)
    except RecursionError as error:
        raise NotReadableError("vocabulary.too_deep", file=name) from error
    except (yaml.YAMLError, ValueError, TypeError, AttributeError, OverflowError) as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 1 if mark else 1
        raise NotReadableError("vocabulary.broken_yaml", file=name, line=line) from error


def _size(node: yaml.Node, known: dict[int, int], depth: int) -> int:
    """How many values a node stands for once its references are followed."""
    if id(node) in known:
        return known[id(node)]
    if depth > _DEEPEST:
        raise RecursionError
    if node.tag in _WORDS:
        node.tag = "tag:yaml.org,2002:str"
    known[id(node)] = _MOST_VALUES + 1  # what leads back to itself never ends
    size = 1
    if isinstance(node, yaml.MappingNode):
        size += sum(_size(one, known, depth + 1) for pair in node.value for one in pair)
    elif isinstance(node, yaml.SequenceNode):
        size += sum(_size(one, known, depth + 1) for one in node.value)
    known[id(node)] = size
    return size


def _check_depth(value: object, name: str) -> None:
    left = [(value, 0)]
    while left:
        one, depth = left.pop()
        if depth > _DEEPEST:
            raise NotReadableError("vocabulary.too_deep", file=name)
        if isinstance(one, dict):
            left += [(inner, depth + 1) for inner in one.values()]
        elif isinstance(one, list):
            left += [(inner, depth + 1) for inner in one]


def text(value: object) -> str:
    """A scalar as text; nothing for lists and mappings."""
    if value is None or isinstance(value, dict | list | tuple | set):
        return ""
    return str(value)
