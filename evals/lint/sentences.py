"""The sentences that the wording rules are measured with, as specs of one sentence."""

import tomllib
from importlib.resources import files
from typing import Any, Literal

from pipeline.lint import lint
from pipeline.models.base import Language, Model
from pipeline.models.slots import Slot
from pipeline.models.spec import FeatureSpec, Finding


class Sentence(Model):
    """A sentence, where it stands in a spec, and what has to be found in it."""

    lang: Language
    text: str
    place: Literal["rule", "then", "title"] = "rule"
    code: str | None = None
    """The finding a bad sentence has to bring; null for a good one."""
    half: Literal["blind", "seen", "fresh", "last"] = "seen"
    """Written before the rules were read, with them in sight, once they were done, or once they
    were mended by the fresh ones."""


def good() -> tuple[Sentence, ...]:
    """Sentences a developer can build from."""
    return _read("good.toml")


def bad() -> tuple[Sentence, ...]:
    """Sentences with one fault each, at least."""
    return _read("bad.toml")


def findings(one: Sentence) -> tuple[Finding, ...]:
    """What is found in a spec of our own words that holds this sentence."""
    return lint(_spec(one))


def _read(name: str) -> tuple[Sentence, ...]:
    text = files("evals.lint").joinpath(name).read_text("utf-8")
    return tuple(Sentence.model_validate(case) for case in tomllib.loads(text)["case"])


def _spec(one: Sentence) -> FeatureSpec:
    plain = {"given": "g", "when": "w"}
    tests = [
        plain | {"then": one.text if one.place == "then" else "t", "kind": "happy"},
        plain | {"then": "t", "kind": "failure"},
    ]
    values: dict[str, Any] = {"title": one.text if one.place == "title" else "t"}
    if one.place == "rule":
        values["rules"] = (Slot(value=one.text, origin="inferred"),)
    return FeatureSpec.model_validate(
        {
            "uid": "u", "id": "S1", "project": "p", "meetings": ["m"], "asks": ["A1"],
            "origin_engine": "eval", "language": one.lang, "acceptance": tests, **values,
        }
    )  # fmt: skip
