"""What every command starts with: settings, the house and who is asking."""

import getpass

from pipeline.models.actor import Actor
from pipeline.models.recording import RecordTo
from pipeline.service.house import House
from pipeline.settings import Settings


def open_house(record: RecordTo | None = None, **given: object) -> tuple[House, Settings]:
    """The house with what the command line says on top of the settings."""
    from pipeline import bootstrap

    chosen = bootstrap.settings(**given)
    return bootstrap.house(chosen, record), chosen


def me() -> Actor:
    """The person at this terminal, by the name the system knows."""
    try:
        name = getpass.getuser()
    except (OSError, KeyError):
        name = "local"
    return Actor(id=f"local:{name}", name=name, via="cli")
