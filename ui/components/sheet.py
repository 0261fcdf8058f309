"""A finished document as its reader will see it, in a frame that may do nothing at all."""

import re

from ui.components.parts import part

_LINK = re.compile(r"<a\b[^>]*>")


def sheet(page: str, *, title: str, key: str) -> None:
    """Draw an HTML page of ours.

    The frame has no rights: no script runs in it, nothing is loaded, and it reaches neither the
    desk nor another host, whatever words of the call it holds.

    Args:
        page: the document.
        title: what the frame is called for whoever does not see it.
        key: of the component.
    """
    part("sheet", "shared")(key=key, data={"page": unlinked(page), "title": title})


def unlinked(page: str) -> str:
    """The page with links that lead nowhere: in a frame they would open the desk inside it."""
    return _LINK.sub("<a>", page)
