"""What is worked out of a project once, and not for every ask of a call."""

from collections.abc import Callable
from functools import wraps
from threading import Lock
from typing import TypeVar

from pipeline.models.project import Project

T = TypeVar("T")
_MOST_PROJECTS = 4


def per_project(build: Callable[[Project], T]) -> Callable[[Project], T]:
    """Build once for what a project knows of its system; a few projects are kept in mind."""
    held: list[tuple[Project, T]] = []
    lock = Lock()

    @wraps(build)
    def built(project: Project) -> T:
        with lock:
            for place, (known, made) in enumerate(held):
                if known is project or known == project:
                    held.append(held.pop(place))
                    return made
            made = build(project)
            held.append((project, made))
            del held[:-_MOST_PROJECTS]
            return made

    return built
