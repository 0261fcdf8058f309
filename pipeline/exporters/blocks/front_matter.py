"""Front matter: the values of a spec for programs, at the head of its page for people.

Each line is a key and a value in JSON, which is YAML too. Whatever could mean something to a
reader of Markdown is written as its code: a page shown without knowing of front matter shows it
as the text it is.
"""

import json
import re
import unicodedata

from pipeline.exporters.blocks.head import warning
from pipeline.exporters.blocks.phrases import Phrases
from pipeline.models.client_view import View
from pipeline.models.spec import FeatureSpec

KEYS = (
    "schema",
    "uid",
    "id",
    "version",
    "content_hash",
    "status",
    "review",
    "progress",
    "project",
    "meetings",
    "asks",
    "language",
    "title",
    "kind",
    "fit",
    "fit_line",
    "scope",
    "actors",
    "visibility",
    "supersedes",
    "effort",
    "attachments",
)
"""Keys of the machine contract, with their values as specs/<id>.json has them."""
OURS = frozenset({"fit", "fit_line", "review", "progress", "effort"})
"""What is our own judgement: not for the client's copy."""
_SAFE = frozenset(" .,()/-+%'？！，。、；：（）“”《》·—…")
_INSIDE = re.compile(r"(?<=[A-Za-z0-9])\\u005f(?=[A-Za-z0-9])")
"""An underscore inside a word, which means nothing."""
_WWW = re.compile(r"(?i)w(?=ww\.)")


def front_matter(spec: FeatureSpec, view: View) -> str:
    """The lines between `---`; `yaml.safe_load` gives back the values of the contract."""
    ours = view.audience == "internal"
    values = {name: getattr(spec, name) for name in KEYS if name != "schema"}
    data = spec.model_dump(mode="json", include={"schema_", *values})
    told = {key: data[key] for key in KEYS if ours or key not in OURS}
    told["banner"] = "".join(
        run.text for run in warning(view, Phrases(spec.language), entries=[spec.uid])
    )
    lines = [f"{key}: {_json(value)}" for key, value in told.items()]
    return "\n".join(["---", *lines, "---"])


def _json(value: object) -> str:
    if isinstance(value, str):
        return _string(value)
    if isinstance(value, dict):
        inside = ", ".join(f"{_string(key)}: {_json(one)}" for key, one in value.items())
        return "{" + inside + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(_json, value)) + "]"
    return json.dumps(value)


def _string(text: str) -> str:
    marked = "".join(map(_character, text))
    return '"' + _INSIDE.sub("_", _WWW.sub(r"\\x77", marked)) + '"'


def _character(one: str) -> str:
    if one in _SAFE or (one.isalnum() and unicodedata.category(one)[0] in "LN"):
        return one
    code = ord(one)
    return f"\\u{code:04x}" if code <= 0xFFFF else f"\\U{code:08x}"
