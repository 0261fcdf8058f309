"""A fault that nothing here can help against, as an error for a person."""

from pipeline.engines.llm.endpoint import Endpoint
from pipeline.engines.llm.faults import Fault
from pipeline.errors import DragomanError, UnavailableError


def raised(fault: Fault, endpoint: Endpoint) -> DragomanError:
    """The error that says what happened, to which model where, and what to do."""
    return UnavailableError(
        f"model_{fault.kind}",
        model=endpoint.model,
        url=endpoint.base_url,
        detail=fault.detail or fault.kind,
    )
