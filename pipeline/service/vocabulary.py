"""Use cases of a system's own words: what files would change in a project, and taking that."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from pipeline.errors import NotReadableError
from pipeline.models.actor import Actor
from pipeline.models.project import Project
from pipeline.models.vocabulary import Count, FileFinding, Kind, Proposal, Vocabulary
from pipeline.ports.files import VocabularyReader
from pipeline.service import projects
from pipeline.service.house import House
from pipeline.service.merging import merged


class Given(NamedTuple):
    """A file as it was handed in."""

    name: str
    content: bytes
    kind: Kind = "dictionary"


def opened(path: Path, kind: Kind) -> Given:
    """A file of the disk.

    Raises:
        NotReadableError: it is missing, a folder, or the system refuses it.
    """
    if not path.is_file():
        code = "is_folder" if path.is_dir() else "file_missing"
        raise NotReadableError(code, file=str(path))
    try:
        return Given(path.name, path.read_bytes(), kind)
    except OSError as error:
        raise NotReadableError("file_refused", file=str(path), reason=error.strerror) from error


def vocabulary(actor: Actor, house: House, project: str, files: Sequence[Given]) -> Proposal:
    """What files would change in a project, by its uid; nothing is kept yet.

    Raises:
        NotFoundError: no such project.
        NotReadableError: a file does not hold; names it and the way out.
    """
    return proposed(projects.of(actor, house, project), files, house.vocabulary)


def take(actor: Actor, house: House, proposal: Proposal) -> Project:
    """Keep what was proposed, beside what others changed of the project meanwhile.

    Raises:
        ConflictError: somebody else changed the same; holds both texts.
        NotFoundError: the project was deleted meanwhile.
    """
    return projects.change(actor, house, proposal.seen, proposal.wanted)


def proposed(
    project: Project, files: Sequence[Given], reader: Callable[[], VocabularyReader]
) -> Proposal:
    """What files would make of a project.

    What tells whole tables (SQL, OpenAPI) comes first; lists complete and name what it tells.

    Raises:
        NotReadableError: a file does not hold.
    """
    findings: list[FileFinding] = []
    shapes: dict[str, str] = {}
    wanted = project
    read = [
        (one.name, reader().dictionary(one.content, name=one.name))
        for one in files
        if one.kind == "dictionary"
    ]
    for name, inside in sorted(read, key=lambda one: _is_list(one[1])):
        shapes[name] = inside.shape
        result = merged(wanted.data_dictionary, inside, file=name)
        wanted = wanted.with_(data_dictionary=result.entities)
        findings += [*inside.findings, *result.findings]
    for one in files:
        if one.kind != "dictionary":
            lines = reader().lines(one.content, one.kind, name=one.name)
            shapes[one.name] = lines.shape
            findings += lines.findings
            known = getattr(wanted, one.kind)
            wanted = wanted.with_(**{one.kind: tuple(dict.fromkeys([*known, *lines.lines]))})
    tables, columns = _counted(project, wanted)
    return Proposal(
        seen=project,
        wanted=wanted,
        shapes=shapes,
        tables=tables,
        columns=columns,
        capabilities=len(wanted.capabilities) - len(project.capabilities),
        scope=len(wanted.scope) - len(project.scope),
        findings=tuple(findings),
    )


def _is_list(told: Vocabulary) -> bool:
    return len(told.partial) == len(told.entities)


def _counted(before: Project, after: Project) -> tuple[Count, Count]:
    """New, changed and gone: tables, and columns of all tables."""
    tables = [
        {one.table.casefold(): one for one in each.data_dictionary} for each in (before, after)
    ]
    columns = [
        {
            (one.table.casefold(), field.name.casefold()): field
            for one in each.data_dictionary
            for field in one.fields
        }
        for each in (before, after)
    ]
    return _difference(*tables), _difference(*columns)


def _difference(before: Mapping[Any, object], after: Mapping[Any, object]) -> Count:
    both = before.keys() & after.keys()
    return Count(
        new=len(after.keys() - both),
        changed=sum(before[key] != after[key] for key in both),
        gone=len(before.keys() - both),
    )
