"""What goes wrong when something is measured: a sentence with the value and the way out."""

import json
import unicodedata
from collections.abc import Mapping
from typing import Any

from pydantic import ValidationError

from pipeline.language.normalise import visible
from pipeline.words.loader import Language, interface_language, sentence, table

_MOST = 3
"""Faults of one file that are told."""
_SHOWN = 60
"""Letters of a wrong value that are shown."""


def w(key: str, language: Language | None = None, **params: object) -> str:
    """A sentence of the evals, in the interface language where none is given."""
    return sentence("evals.words", key, language or interface_language(), **params)


class EvalsError(Exception):
    """Nothing can be measured or compared with what was given."""

    def __init__(self, code: str, **params: object) -> None:
        """Keep what the sentence needs."""
        super().__init__(code, params)
        self.code = code
        self.params = params

    def __str__(self) -> str:
        """The sentence."""
        return sentence("evals.words", f"error.{self.code}", interface_language(), **self.params)


def harmless(text: str) -> str:
    """Text of anybody without the characters that hide or turn what follows, or steer a terminal."""
    return "".join(one for one in visible(text) if unicodedata.category(one) != "Cf")


def faults_of(error: ValidationError) -> str:
    """What does not fit, where, and the value, in the interface language."""
    faults = error.errors()
    told = [_fault(one) for one in faults[:_MOST]]
    if len(faults) > _MOST:
        told.append(w("fault.more", count=len(faults) - _MOST))
    return "; ".join(told)


def place_of(fault: Mapping[str, Any]) -> str:
    """Where in a file something does not fit."""
    return ".".join(map(str, fault["loc"])) or "call"


def _fault(fault: Mapping[str, Any]) -> str:
    place, kind = place_of(fault), str(fault["type"])
    context = {name: _plain(one) for name, one in (fault.get("ctx") or {}).items()}
    if f"fault.{kind}" in table("evals.words", "en"):
        return w(f"fault.{kind}", **{"place": place, "value": _short(fault["input"])} | context)
    return w("fault.value", place=place, value=_short(fault["input"]), reason=fault["msg"])


def _plain(value: object) -> str:
    """A bound or the list of what may stand there, for readers of both languages."""
    return f"{value:.0f}" if isinstance(value, float) else str(value).replace(" or ", ", ")


def _short(value: object) -> str:
    shown = json.dumps(value, ensure_ascii=False, default=repr)
    return shown if len(shown) <= _SHOWN else f"{shown[:_SHOWN]}…"
