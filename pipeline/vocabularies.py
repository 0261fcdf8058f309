"""Files about a system's own words: what reads them, and what writes a project file."""

from pathlib import Path

from pipeline.models.project import Project
from pipeline.ports.files import VocabularyReader


def reader() -> VocabularyReader:
    """The reader of data dictionaries, capabilities and scope."""
    from pipeline.readers.vocabulary import reader as shapes

    return shapes.VocabularyReader()


def write_project(project: Project, path: Path) -> None:
    """Write a project file, whole or not at all.

    Raises:
        OutputError: the folder cannot be written, or the disk is full.
    """
    from pipeline.exporters.files import save
    from pipeline.readers.project_file import project_text

    save({path.name: project_text(project).encode()}, path.parent)
