"""Who does something, and by which way: the first argument of every service function."""

from typing import Literal

from pipeline.models.base import Model


class Actor(Model):
    """A person or program acting on the record."""

    id: str
    name: str
    via: Literal["cli", "desk", "worker", "import", "test"]
