"""Correction: what is heard wrongly again and again in a project, and one place put right by it."""

from pipeline.models.base import Model

LIST_ID = "corrections"
"""id of the actor that a project's list is, where nobody asked for it; no person has it."""
LONGEST = 60
"""Characters of what is heard or meant: a word or a name, no sentence."""


class Correction(Model):
    """A known mishearing: 定单, where 订单 is meant."""

    heard: str
    """As it is written by the recogniser. In small letters it stands for any letter case."""
    meant: str
    not_in: tuple[str, ...] = ()
    """Longer words in which the same letters stand rightly: 确定单位 for 定单."""


class Mended(Model):
    """One place of a turn that a correction changed."""

    heard: str
    """As the list says it."""
    meant: str
    at: int
    """Character of the text before it was changed."""
    was: str
    """The letters that stood there."""
    now: str

    @property
    def rule(self) -> tuple[str, str]:
        """Which correction it was."""
        return self.heard, self.meant

    def applied(self, text: str) -> str:
        """The text with this place changed."""
        return f"{text[: self.at]}{self.now}{text[self.at + len(self.was) :]}"

    def back(self) -> "Mended":
        """What takes it back."""
        return self.with_(was=self.now, now=self.was)

    def holds(self, text: str) -> bool:
        """Whether the letters that it changes stand at its place."""
        return text[self.at :].startswith(self.was)
