"""The way to an endpoint: straight there or through the proxy that is shown, and nowhere else.

The client underneath follows a redirect with the whole call in hand, asks the proxy of the
environment also for this very machine, and adds headers that the environment has for one vendor
to what any other gets. None of it is wanted where a client's words are sent.
"""

import os
import ssl
import weakref
from collections.abc import Mapping, MutableMapping
from typing import Any, Protocol
from urllib.parse import urljoin

import openai

from pipeline.addresses import proxy_to, without_password
from pipeline.engines.llm.endpoint import Endpoint
from pipeline.errors import UnavailableError

_OF_TRANSPORT = frozenset(
    {
        "accept-encoding",
        "connection",
        "content-length",
        "transfer-encoding",
        "x-stainless-raw-response",
    }
)
"""Headers that the libraries need among themselves; all others are said here."""


class _Request(Protocol):
    url: Any
    headers: MutableMapping[str, str]


def connected(endpoint: Endpoint) -> openai.OpenAI:
    """A client for one endpoint; reaches nothing before the first question.

    Raises:
        UnavailableError: the proxy or the certificates of the environment are of no use.
    """
    key = endpoint.key.get_secret_value() or "none"
    proxy = proxy_to(endpoint.base_url)

    def as_said(request: _Request) -> None:
        said = {name: value for name, value in request.headers.items() if name in _OF_TRANSPORT}
        said["Host"] = request.url.netloc.decode("ascii")
        said["accept"] = said["content-type"] = "application/json"
        said["user-agent"] = f"OpenAI/Python {openai.__version__}"
        by_name = request.url.userinfo  # then it stands in the header already, and wins
        said["authorization"] = request.headers["authorization"] if by_name else f"Bearer {key}"
        request.headers.clear()
        request.headers.update(said)

    try:
        way = openai.DefaultHttpxClient(
            follow_redirects=False,
            trust_env=False,
            proxy=proxy or None,
            verify=_trusted(),
            event_hooks={"request": [as_said]},
        )
    except (ImportError, OSError, ValueError) as error:
        named = (without_password(proxy), *(f"{name}={file}" for name, file in _certificates()))
        raise UnavailableError(
            "model_way_broken", named=" · ".join(filter(None, named)), reason=str(error)
        ) from None
    client = openai.OpenAI(
        base_url=endpoint.base_url,
        api_key=key,
        timeout=endpoint.timeout,
        max_retries=0,
        http_client=way,
    )
    weakref.finalize(client, way.close)  # as the client does with a way of its own
    return client


def moved(status: int, url: str, headers: Mapping[str, str]) -> str:
    """Where an endpoint wants a question to go instead, as it may be shown."""
    where = headers.get("location", "")
    return f"HTTP {status} → {without_password(urljoin(url, where))}" if where else f"HTTP {status}"


def _certificates() -> list[tuple[str, str]]:
    names = ("SSL_CERT_FILE", "SSL_CERT_DIR")
    return [(name, os.environ[name]) for name in names if os.environ.get(name)]


def _trusted() -> ssl.SSLContext | bool:
    """Whom to believe: whom the environment names, else whom the system trusts."""
    named = dict(_certificates())
    if not named:
        return True
    return ssl.create_default_context(
        cafile=named.get("SSL_CERT_FILE"), capath=named.get("SSL_CERT_DIR")
    )
