"""Names of tables and columns as people would read them."""

import re

_HUMP = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
_GAPS = re.compile(r"[\s_\-.$#]+")


def readable(name: str) -> str:
    """`so_order_no`, `soOrderNo` and `SO_ORDER_NO` -> `so order no`; other scripts stay as they are."""
    words = _GAPS.split(_HUMP.sub(" ", name.rpartition(".")[2]))
    return " ".join(word for word in words if word).lower() or name
