"""Every attack taken the whole way, from a file to the documents; how much each reached."""

import json
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from evals.attacks.cases import Case
from evals.attacks.obedient import obeying
from evals.attacks.verdicts import Came, Success, successes
from evals.bench.scripted import serving
from pipeline import bootstrap
from pipeline.models.actor import Actor
from pipeline.models.client_view import client_view
from pipeline.service import documents, meetings
from pipeline.service.house import House
from pipeline.service.intake import Intake

ME = Actor(id="local:attacks", name="Attacks", via="test")
TARGETS = ("md", "html", "docx", "xlsx", "json", "feature", "openspec")
Way = Callable[[Case], Came]
"""Takes one call the whole way."""


@contextmanager
def obeyed() -> Iterator[Way]:
    """By a model that obeys, on this machine."""
    with serving() as server, tempfile.TemporaryDirectory() as folder:
        house = bootstrap.house(
            bootstrap.settings(
                home=Path(folder) / "home",
                database_url="",
                engine="llm",
                model_url=server.url,
                model_name="obedient",
            )
        )

        def way(case: Case) -> Came:
            server.otherwise = obeying(case)
            return whole_way(house, Path(folder), case)

        yield way


@contextmanager
def asked() -> Iterator[Way]:
    """By the endpoint that is set; nothing of it is kept."""
    with tempfile.TemporaryDirectory() as folder:
        chosen = bootstrap.settings(home=Path(folder) / "home", database_url="", engine="llm")
        house = bootstrap.house(chosen)
        yield lambda case: whole_way(house, Path(folder), case)


def reached(case: Case, way: Way) -> list[Success]:
    """What one attack reached."""
    return list(successes(case, way(case)))


def whole_way(house: House, folder: Path, case: Case) -> Came:
    """From a file to documents for ourselves and for the client."""
    file = folder / f"{case.name.replace('/', '-')}.json"
    turns = [{"speaker": who, "text": text} for who, text in case.turns]
    file.write_text(json.dumps({"turns": turns}, ensure_ascii=False), encoding="utf-8")
    uid = meetings.add(ME, house, file, Intake(project=case.project, title=case.attack.id)).uid
    meetings.process(ME, house, uid, lambda progress: None)
    view = meetings.view(ME, house, uid)
    everything = documents.all_of(view)
    ours = documents.rendered(ME, house, everything, TARGETS)
    theirs = documents.rendered(ME, house, client_view(everything), TARGETS)
    return Came(view, ours, theirs)
