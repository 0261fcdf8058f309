"""A finished document as its reader will see it, in a frame that may do nothing at all."""

from ui.components.parts import part


def sheet(page: str, *, key: str) -> None:
    """Draw an HTML page of ours.

    The frame has no rights: no script runs in it, nothing is loaded, and it reaches neither the
    desk nor another host, whatever words of the call it holds.
    """
    part("sheet", "shared")(key=key, data={"page": page})
