"""Brings whoever has just logged in back to the page whose address they came with."""

from ui.components.parts import part


def landing(*, locked: bool) -> None:
    """Note the address while the desk is locked; go there once it is not."""
    part("landing")(key="landing", data={"locked": locked}, width=1)
