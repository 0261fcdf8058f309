"""What a status, a page or a broken connection means, as a fault."""

import json
import re
import socket
import ssl
from collections.abc import Mapping, Sequence

from pipeline.engines.llm.faults import Cause, Fault, Kind

SHOWN = 400
"""Characters of what an endpoint said that are kept in a fault's detail."""
_OF_PAGE = 60
"""The same for a page that is no answer at all."""
_TITLE = re.compile(r"<title[^>]*>(.*?)</title", re.DOTALL | re.IGNORECASE)
_TAGS = re.compile(r"<(script|style)\b.*?</\1\s*>|<[^>]*>", re.DOTALL | re.IGNORECASE)
_IS_PAGE = re.compile(r"\s*<(!doctype\s+html|html|head|body)\b", re.IGNORECASE)
_ABOUT_FORM = re.compile(
    r"response_format|json_schema|json_object|structured|tool_choice|\btools?\b|function|grammar|"
    r"literal_error",
    re.IGNORECASE,
)
_ABOUT_LENGTH = re.compile(
    r"context.{0,12}(length|window|size)|maximum context|too (long|many tokens)|max_tokens|"
    r"exceeds? the (model|limit|available)|prompt is too long|n_ctx|input length",
    re.IGNORECASE,
)
_ABOUT_MONEY = re.compile(
    r"insufficient[_ ](quota|balance)|billing|arrear|欠费|余额", re.IGNORECASE
)
_STATUS: dict[int, Kind] = {401: "key_refused", 402: "no_money", 403: "key_refused", 408: "timeout"}
_PAGE_SAYS_NO_MODEL = frozenset({400, 404, 405, 406, 410, 415, 422, 501})
"""Statuses with which a page comes from something else than a model. Not those of a gateway that
stands before a real one and is overloaded, wants a login or finds a question too large."""


def refusal(status: int, body: str, headers: Mapping[str, str]) -> Fault:
    """What a status and its text mean."""
    told = said(_json(body)) or page(body)
    detail = f"HTTP {status}: {told}" if told else f"HTTP {status}"
    elsewhere = status in _PAGE_SAYS_NO_MODEL and _IS_PAGE.match(body) is not None
    kind: Kind = "not_an_endpoint" if elsewhere else _kind(status, told)
    return Fault(kind, detail, raw=body, wait=_wait(headers))


def unreached(error: BaseException) -> Fault:
    """Why there was no connection: which address did what."""
    while (reason := error.__cause__ or error.__context__) is not None:
        error = reason
    detail = f"{type(error).__name__}: {error}"[:SHOWN]
    return Fault("unreachable", detail, cause=_cause(error))


def page(body: str) -> str:
    """The title or first words of an answer that is no JSON: mostly the page of some gateway."""
    title = _TITLE.search(body)
    return " ".join(_TAGS.sub(" ", title[1] if title else body).split())[:_OF_PAGE]


def said(told: object) -> str:
    """What an endpoint says is wrong, wherever it puts it."""
    if not isinstance(told, dict):
        return ""
    error = told.get("error", told)
    if isinstance(error, dict):
        parts: Sequence[object] = [error.get(name) for name in ("message", "code", "detail")]
        return " · ".join(str(part) for part in parts if part)[:SHOWN]
    return str(error)[:SHOWN]


def _cause(error: BaseException) -> Cause | None:
    if isinstance(error, ConnectionRefusedError):
        return "closed"
    if isinstance(error, socket.gaierror):
        return "no_host"
    if isinstance(error, ssl.SSLCertVerificationError):
        return "certificate"
    if isinstance(error, ssl.SSLError):
        return "no_tls"
    return "no_scheme" if type(error).__name__ == "UnsupportedProtocol" else None


def _kind(status: int, told: str) -> Kind:
    if status in (402, 429) and (status == 402 or _ABOUT_MONEY.search(told)):
        return "no_money"
    if status == 429:
        return "busy"
    if status in _STATUS:
        return _STATUS[status]
    if status in (400, 413, 422) and (status == 413 or _ABOUT_LENGTH.search(told)):
        return "too_long"
    if status in (400, 422, 500, 501) and _ABOUT_FORM.search(told):
        return "form_refused"
    return _other(status, told)


def _other(status: int, told: str) -> Kind:
    if status == 404 and "model" in told.lower():
        return "no_such_model"
    if status in (404, 405, 501):
        return "not_an_endpoint"
    return "server" if status >= 500 else "rejected"


def _wait(headers: Mapping[str, str]) -> float | None:
    """Seconds that the endpoint asks for; a date counts as unknown."""
    for name, share in (("retry-after-ms", 1000.0), ("retry-after", 1.0)):
        try:
            return max(0.0, float(headers[name]) / share)
        except (KeyError, ValueError):
            continue
    return None


def _json(body: str) -> object:
    try:
        return json.loads(body)
    except ValueError:
        return None
