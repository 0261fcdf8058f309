"""A fault that nothing here can help against, as an error for a person."""

import re

from pipeline.addresses import without_password
from pipeline.engines.llm.endpoint import Endpoint
from pipeline.engines.llm.faults import Fault
from pipeline.errors import DragomanError, UnavailableError

_VERSIONED = re.compile(r"/v\d+\w*(/|$)")
"""An address that ends as those of models do."""


def raised(fault: Fault, endpoint: Endpoint) -> DragomanError:
    """The error that says what happened, to which model where, and what to do."""
    return UnavailableError(
        _code(fault, endpoint),
        model=endpoint.model,
        url=without_password(endpoint.base_url),
        detail=(fault.detail or fault.kind).rstrip(" .。"),
        seconds=f"{fault.wait if fault.wait is not None else endpoint.timeout:g}",
    )


def _code(fault: Fault, endpoint: Endpoint) -> str:
    """The message that is true of it: the same fault has several reasons."""
    if fault.kind == "key_refused" and not endpoint.key.get_secret_value():
        return "model_key_wanted"
    if fault.kind == "busy" and fault.wait is not None:
        return "model_busy_long"
    if fault.kind == "not_an_endpoint" and not _VERSIONED.search(endpoint.base_url):
        return "model_not_an_endpoint_v1"
    return f"model_{fault.kind}" + (f"_{fault.cause}" if fault.cause else "")
