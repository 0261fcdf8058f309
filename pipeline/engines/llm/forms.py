"""How a model is held to a form: the strictest that its endpoint takes, remembered."""

import json
import threading
from typing import Any

from pydantic import BaseModel

from pipeline.engines.llm.endpoint import LADDER, Endpoint, Mode
from pipeline.engines.llm.wire import strict_schema


class Forms:
    """Which form an endpoint takes; once it refused one, that one is not tried again."""

    def __init__(self, endpoint: Endpoint) -> None:
        self._endpoint = endpoint
        self._lock = threading.Lock()
        self._mode: Mode = LADDER[0] if endpoint.mode == "auto" else endpoint.mode

    @property
    def mode(self) -> Mode:
        """The form in use."""
        return self._mode

    def step_down(self, refused: Mode) -> bool:
        """Take the next looser form, unless another thread did; False where there is none."""
        with self._lock:
            if self._mode != refused:
                return True
            if self._endpoint.mode != "auto" or refused == LADDER[-1]:
                return False
            self._mode = LADDER[LADDER.index(refused) + 1]
            return True

    def arguments(self, schema: type[BaseModel], mode: Mode) -> dict[str, Any]:
        """What of a request asks for the form."""
        name = schema.__name__
        if mode == "json_object":
            return {"response_format": {"type": "json_object"}}
        if mode == "text":
            return {}
        form = strict_schema(schema, keep_bounds=self._endpoint.keep_bounds)
        if mode == "tool":
            function = {"name": name, "parameters": form, "strict": True}
            return {
                "tools": [{"type": "function", "function": function}],
                "tool_choice": {"type": "function", "function": {"name": name}},
            }
        named = {"name": name, "strict": True, "schema": form}
        return {"response_format": {"type": "json_schema", "json_schema": named}}


def described(schema: type[BaseModel]) -> str:
    """The form in words of JSON Schema, for the prompt: no endpoint shows it to its model."""
    return json.dumps(strict_schema(schema), ensure_ascii=False, separators=(",", ":"))
