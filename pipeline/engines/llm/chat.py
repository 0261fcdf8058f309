"""One question to an OpenAI-compatible endpoint, as a chat model of langchain-core.

One request, no retries: what helps against a fault is decided by whoever asks. Only where a model
takes no `max_tokens` or no temperature, as newer ones of OpenAI, it is asked in its own words. The body of
an answer is read here and not by the client, which turns some broken answers into plain text and
others into errors of its own.
"""

import json
import re
from collections.abc import Mapping, Set
from functools import cached_property
from typing import Any, cast

import openai
from langchain_core.callbacks import CallbackManagerForLLMRun
from langchain_core.language_models import BaseChatModel
from langchain_core.messages import AIMessage, BaseMessage, convert_to_openai_messages
from langchain_core.messages.ai import InputTokenDetails, UsageMetadata
from langchain_core.outputs import ChatGeneration, ChatResult
from pydantic import PrivateAttr

from pipeline.engines.llm.connection import connected, moved
from pipeline.engines.llm.endpoint import Endpoint
from pipeline.engines.llm.faults import Fault
from pipeline.engines.llm.refusals import SHOWN, page, refusal, said, unreached
from pipeline.models.answer import Usage

_UNSUPPORTED = re.compile(r"Unsupported (?:parameter|value): '(max_tokens|temperature)'")
HIDDEN = "•••"
"""Stands where a key stood."""
_SECRET = 4
"""Characters from which a key is hidden where somebody says what went wrong."""
_SECRET_IN_ANSWER = 8
"""The same in answers: a shorter one may be a word of the call, as `test` or `none` are."""
_NO_KEY = re.compile(r"\bBearer none\b", re.IGNORECASE)
"""What is sent where no key is set; somebody who reads it looks for a key of that name."""


class CompatChat(BaseChatModel):
    """Asks an endpoint through the openai client."""

    endpoint: Endpoint
    _refused: set[str] = PrivateAttr(default_factory=set)
    """What of a request this model does not take."""

    @property
    def _llm_type(self) -> str:
        return "openai-compatible"

    @property
    def _identifying_params(self) -> Mapping[str, Any]:
        return {"model": self.endpoint.model, "base_url": self.endpoint.base_url}

    @cached_property
    def client(self) -> openai.OpenAI:
        """The client; loads nothing before the first question."""
        return connected(self.endpoint)

    def _generate(
        self,
        messages: list[BaseMessage],
        stop: list[str] | None = None,
        run_manager: CallbackManagerForLLMRun | None = None,
        **kwargs: Any,
    ) -> ChatResult:
        del run_manager
        body = self.send(self.request(convert_to_openai_messages(messages), stop, kwargs))
        try:
            return ChatResult(generations=[ChatGeneration(message=_message(body))])
        except Fault as fault:
            raise fault.without(self._without_key) from None

    def request(
        self, messages: object, stop: list[str] | None, more: Mapping[str, Any]
    ) -> dict[str, Any]:
        """The body of a request."""
        asked: dict[str, Any] = {
            "model": self.endpoint.model,
            "messages": messages,
            "temperature": 0,
            "max_tokens": self.endpoint.answer_tokens,
            **more,
        }
        if stop:
            asked["stop"] = stop
        return asked

    def send(self, asked: Mapping[str, Any]) -> str:
        """The body of the answer to one request.

        Raises:
            Fault: there is none.
        """
        try:
            return self._without_key(self._sent(asked), _SECRET_IN_ANSWER)
        # From None: what the client raises may hold the key, and so would every traceback.
        except openai.APITimeoutError as error:
            connected = type(error.__cause__).__name__ != "ConnectTimeout"
            raise Fault("timeout", str(error), reached=connected) from None
        except openai.APIConnectionError as error:
            raise unreached(error).without(self._without_key) from None
        except openai.APIStatusError as error:
            if error.response.is_redirect:
                where = moved(error.status_code, str(error.request.url), error.response.headers)
                raise Fault("not_an_endpoint", self._without_key(where)) from None
            body = self._without_key(error.response.text)
            raise refusal(error.status_code, body, error.response.headers) from None

    def _sent(self, asked: Mapping[str, Any]) -> str:
        while True:
            left_out = frozenset(self._refused)
            words = _in_words_of(asked, left_out)
            try:
                answer = self.client.chat.completions.with_raw_response.create(**words)
            except openai.BadRequestError as error:
                named = _UNSUPPORTED.search(error.response.text)
                if named is None or named[1] in left_out:
                    raise
                self._refused.add(named[1])
            else:
                return answer.http_response.text

    def _without_key(self, text: str, least: int = _SECRET) -> str:
        """What an endpoint or a library said; some repeat the key they were given."""
        key = self.endpoint.key.get_secret_value()
        if not key:
            return _NO_KEY.sub("Bearer", text)
        return text.replace(key, HIDDEN) if len(key) >= least else text


def _in_words_of(asked: Mapping[str, Any], refused: Set[str]) -> dict[str, Any]:
    """A request without what a model refused, or under the name that it has for it."""
    words = {name: value for name, value in asked.items() if name not in refused}
    if "max_tokens" in refused:
        words["max_completion_tokens"] = asked["max_tokens"]
    return words


def _message(body: str) -> AIMessage:
    """The answer as a message; what is wrong with it as a fault.

    Raises:
        Fault: it is no answer, or one we may not use.
    """
    try:
        told = json.loads(body)
    except ValueError as error:
        raise Fault("not_an_endpoint", page(body), raw=body) from error
    if not isinstance(told, dict):
        raise Fault("not_an_endpoint", page(body), raw=body)
    used = _usage(told.get("usage"))
    choice = _first(told.get("choices"))
    message = choice.get("message") if choice else None
    if not choice or not isinstance(message, dict):
        raise Fault("no_answer", said(told), raw=body, usage=used)
    text = _text(message)
    if message.get("refusal"):
        raise Fault("refused", str(message["refusal"])[:SHOWN], raw=text, usage=used)
    if choice.get("finish_reason") == "length":
        raise Fault("cut_off", raw=text, usage=used)
    if choice.get("finish_reason") == "content_filter":
        raise Fault("filtered", raw=text, usage=used)
    return AIMessage(content=text, usage_metadata=_metadata(used))


def usage_of(message: AIMessage) -> Usage:
    """The tokens of an answer, as it carries them."""
    told = message.usage_metadata
    if told is None:
        return Usage()
    details = told.get("input_token_details", {})
    return Usage(
        tokens_in=told["input_tokens"],
        tokens_cached=details.get("cache_read", 0),
        tokens_out=told["output_tokens"],
    )


def _metadata(used: Usage) -> UsageMetadata:
    return UsageMetadata(
        input_tokens=used.tokens_in,
        output_tokens=used.tokens_out,
        total_tokens=used.tokens_in + used.tokens_out,
        input_token_details=InputTokenDetails(cache_read=used.tokens_cached),
    )


def _usage(told: object) -> Usage:
    """Tokens under whichever names the endpoint has for them."""
    if not isinstance(told, dict):
        return Usage()
    details = told.get("prompt_tokens_details")
    cached = details.get("cached_tokens") if isinstance(details, dict) else None
    return Usage(
        tokens_in=_number(told.get("prompt_tokens")),
        tokens_cached=_number(cached or told.get("prompt_cache_hit_tokens")),
        tokens_out=_number(told.get("completion_tokens")),
    )


def _number(value: object) -> int:
    return int(value) if isinstance(value, int | float) and value > 0 else 0


def _first(choices: object) -> dict[str, Any] | None:
    if isinstance(choices, list) and choices and isinstance(choices[0], dict):
        return cast(dict[str, Any], choices[0])
    return None


def _text(message: Mapping[str, Any]) -> str:
    """What the model said, or what it put into the one tool it was given."""
    content = message.get("content")
    if isinstance(content, str) and content.strip():
        return content
    calls = message.get("tool_calls")
    call = _first(calls)
    function = call.get("function") if call else None
    arguments = function.get("arguments") if isinstance(function, dict) else None
    return arguments if isinstance(arguments, str) else ""
