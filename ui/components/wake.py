"""Runs the whole page again when a part of it is not answered: the server was started anew."""

from ui.components.parts import part


def wake() -> None:
    """Listen for it. Must be drawn outside every fragment."""
    part("wake")(key="wake", on_wake_change=lambda: None, width=1)
