"""`dragoman project show` and `import`: a project file, and what others wrote about a system."""

import sys
from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ui.words.loader import t

if TYPE_CHECKING:
    from pipeline.models.project import Project
    from pipeline.models.vocabulary import Proposal

app = typer.Typer(no_args_is_help=True, rich_markup_mode=None)


class As(StrEnum):
    """What a file is handed in as."""

    DICTIONARY = "dictionary"
    CAPABILITIES = "capabilities"
    SCOPE = "scope"


@app.command("show", help=t("cli.project.show"))
def show(
    file: Annotated[Path, typer.Argument(metavar="FILE", help=t("cli.project.file"))],
) -> None:
    """What a project file holds, counted, with its tables."""
    from pipeline import bootstrap
    from ui.cli.terminal import visible

    project = bootstrap.project_file(file)
    print(visible(f"{project.client} · {project.system or '–'}"))
    counts = {
        "people": len(project.participants),
        "tables": len(project.data_dictionary),
        "columns": sum(len(one.fields) for one in project.data_dictionary),
        "capabilities": len(project.capabilities),
        "scope": len(project.scope),
        "glossary": len(project.glossary),
        "corrections": len(project.corrections),
    }
    for name, count in counts.items():
        print(f"{t(f'cli.project.count.{name}')}: {count}")
    for one in project.data_dictionary:
        print(visible(f"  {one.table} · {one.entity} ({len(one.fields)})"))


@app.command("import", help=t("cli.project.import"))
def import_(
    files: Annotated[list[Path], typer.Argument(metavar="FILE", help=t("cli.project.files"))],
    project: Annotated[
        Path | None, typer.Option(metavar="FILE", help=t("cli.project.project"))
    ] = None,
    out: Annotated[Path | None, typer.Option(metavar="FILE", help=t("cli.project.out"))] = None,
    kind: Annotated[As, typer.Option("--as", help=t("cli.project.as"))] = As.DICTIONARY,
    yes: Annotated[bool, typer.Option("--yes", help=t("cli.project.yes"))] = False,
) -> None:
    """Show what would change, and write it where that is wanted."""
    from pipeline import bootstrap, vocabularies
    from pipeline.errors import InputError
    from pipeline.models.project import Project
    from pipeline.service import vocabulary

    target = out or project
    if target is None:
        raise InputError("vocabulary.nowhere")
    base = bootstrap.project_file(project) if project else Project()
    given = [vocabulary.opened(file, kind.value) for file in files]
    proposal = vocabulary.proposed(base, given, vocabularies.reader)
    tell(proposal)
    if target.exists() and not yes:
        raise InputError("vocabulary.kept", file=str(target))
    vocabularies.write_project(proposal.wanted, target)
    print(target)


def tell(proposal: "Proposal") -> None:
    """What would change, on stderr."""
    from pipeline.words.loader import interface_language
    from ui import vocabulary_told as words
    from ui.cli.terminal import visible

    language = interface_language()
    for line in (
        words.read_as(proposal, language),
        *words.summary(proposal, language),
        *words.first(proposal.findings, language),
    ):
        print(visible(line), file=sys.stderr)


def named_project(
    project: Path | None,
    dictionary: Sequence[Path] | None,
    capabilities: Sequence[Path] | None,
    scope: Sequence[Path] | None,
) -> "tuple[Project | None, Project | None]":
    """The project a command line names, and what it says of a system without naming a project.

    What would come of it is told on stderr; no file is changed.

    Raises:
        InputError: a file does not hold.
    """
    from pipeline import bootstrap, vocabularies
    from pipeline.models.project import Project
    from pipeline.service import vocabulary

    base = bootstrap.project_file(project) if project else None
    given = [
        *(vocabulary.opened(one, "dictionary") for one in dictionary or ()),
        *(vocabulary.opened(one, "capabilities") for one in capabilities or ()),
        *(vocabulary.opened(one, "scope") for one in scope or ()),
    ]
    if not given:
        return base, None
    proposal = vocabulary.proposed(base or Project(), given, vocabularies.reader)
    tell(proposal)
    return (proposal.wanted, None) if base else (None, proposal.wanted)
