"""A long text to the letter, in a box that scrolls, by keys as well."""

from ui.components.parts import part


def exact(text: str, *, title: str, key: str) -> None:
    """Draw it: nothing in it is read as anything but characters.

    Args:
        text: what stands in the box.
        title: what the box is called, above it and for whoever does not see it.
        key: of the component.
    """
    part("exact")(key=key, data={"text": text, "title": title})
