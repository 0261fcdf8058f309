"""Use cases of projects."""

import json

from pipeline.errors import ConflictError, InputError
from pipeline.models.actor import Actor
from pipeline.models.meeting import Meeting
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


def meetings_of(actor: Actor, house: House, uid: str) -> tuple[Meeting, ...]:
    """The meetings of a project, newest first."""
    del actor
    return house.tools.store.meetings(uid)


def change(actor: Actor, house: House, seen: Project, wanted: Project) -> Project:
    """Keep what somebody changed of a project, beside what others changed of it meanwhile.

    A project is its client and system: under other ones it would be another project.

    Args:
        actor: who changes it.
        house: where it is kept.
        seen: the project as it was when they began.
        wanted: as they want it.

    Raises:
        ConflictError: somebody else changed the same; holds both texts.
        InputError: another client or system.
        NotFoundError: it was deleted meanwhile.
    """
    if (seen.client, seen.system) != (wanted.client, wanted.system):
        raise InputError("project_renamed", client=seen.client, system=seen.system)
    with house.tools.store.transaction():
        now = of(actor, house, seen.uid)
        changed = {
            name: getattr(wanted, name)
            for name in Project.model_fields
            if name != "uid" and getattr(wanted, name) != getattr(seen, name)
        }
        for name, value in changed.items():
            if getattr(now, name) not in (getattr(seen, name), value):
                theirs, yours = _text(now, name), _text(wanted, name)
                raise ConflictError("project_changed", field=name, yours=yours, theirs=theirs)
        return house.tools.store.save_project(now.with_(**changed)) if changed else now


def _text(project: Project, name: str) -> str:
    """A value as somebody would write it, a line each."""
    value = project.model_dump(mode="json")[name]
    if isinstance(value, dict):
        return "\n".join(f"{term} = {meaning}" for term, meaning in value.items())
    if isinstance(value, list):
        return "\n".join(_line(one) for one in value)
    return str(value)


def _line(value: object) -> str:
    if isinstance(value, dict):
        return " | ".join(_line(one) for one in value.values() if one)
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
