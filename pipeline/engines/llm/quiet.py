"""Nothing of a call goes to a tracing service, whatever the environment says."""

import os
from collections.abc import Iterator
from contextlib import contextmanager

from langsmith import tracing_context

_OLD = ("LANGCHAIN_TRACING", "LANGCHAIN_HANDLER")
"""With one of these set, langchain-core refuses to work at all unless it may trace."""
_NEW = ("LANGSMITH_TRACING", "LANGSMITH_TRACING_V2", "LANGCHAIN_TRACING_V2")


@contextmanager
def untraced() -> Iterator[None]:
    """Run what is inside without tracing; threads that it starts through langchain too."""
    for name in _OLD:
        os.environ.pop(name, None)
    for name in _NEW:
        os.environ[name] = "false"
    with tracing_context(enabled=False):
        yield
