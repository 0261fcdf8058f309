"""Use cases of projects."""

from pipeline.models.actor import Actor
from pipeline.models.project import DEFAULT_CLIENT, Project
from pipeline.service.house import House


def save(actor: Actor, house: House, project: Project | None) -> Project:
    """Keep a project, or have the one that meetings without a project belong to.

    A uid in a file decides nothing: a project is known by its client and system.
    """
    del actor  # the rights of people come with accounts; the seam is here
    if project is not None:
        return house.tools.store.save_project(project.with_(uid=""))
    known = (
        one
        for one in house.tools.store.projects()
        if one.client == DEFAULT_CLIENT and not one.system
    )
    return next(known, None) or house.tools.store.save_project(Project())


def listed(actor: Actor, house: House) -> tuple[Project, ...]:
    """All projects, by client and system."""
    del actor
    return house.tools.store.projects()


def of(actor: Actor, house: House, uid: str) -> Project:
    """A project by uid.

    Raises:
        NotFoundError: no project has it.
    """
    del actor
    return house.tools.store.project(uid)
