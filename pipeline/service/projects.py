"""Use cases of projects."""

from pipeline.models.actor import Actor
from pipeline.models.project import Project
from pipeline.service.house import House


def save(actor: Actor, house: House, project: Project | None) -> Project:
    """Keep a project, or have the one that meetings without a project belong to."""
    del actor  # the rights of people come with accounts; the seam is here
    return house.tools.store.save_project(project or Project())


def of(actor: Actor, house: House, uid: str) -> Project:
    """A project by uid.

    Raises:
        NotFoundError: no project has it.
    """
    del actor
    return house.tools.store.project(uid)
