"""A fault that nothing here can help against, as an error for a person."""

from pipeline.addresses import without_password
from pipeline.engines.llm.endpoint import Endpoint
from pipeline.engines.llm.faults import Fault
from pipeline.errors import DragomanError, UnavailableError


def raised(fault: Fault, endpoint: Endpoint) -> DragomanError:
    """The error that says what happened, to which model where, and what to do."""
    keyless = fault.kind == "key_refused" and not endpoint.key.get_secret_value()
    return UnavailableError(
        "model_key_wanted" if keyless else f"model_{fault.kind}",
        model=endpoint.model,
        url=without_password(endpoint.base_url),
        detail=fault.detail or fault.kind,
    )
