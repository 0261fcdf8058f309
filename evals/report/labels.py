"""The name of a figure -> what it says, in plain words."""

from evals.errors import w
from pipeline.words.loader import Language, table


def label(name: str, language: Language | None = None) -> str:
    """A figure in words."""
    stem, _, part = name.partition(".")
    if stem == "seconds":
        return w("figure.seconds", language, stage=part)
    if f"figure.{name}" in table("evals.words", language or "en"):
        return w(f"figure.{name}", language)
    return w(f"measure.{part}", language, group=w(f"group.{stem}", language))
