"""`dragoman process FILE...`: a recording or transcript in, minutes and specs out."""

import json
import sys
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal, NamedTuple

import typer

from pipeline.errors import DragomanError, InputError, UnavailableError
from ui.cli import failures
from ui.words.loader import t

if TYPE_CHECKING:
    from pipeline.models.actor import Actor
    from pipeline.service.house import House
    from pipeline.service.meetings import Intake

Spoken = Literal["auto", "zh", "en", "mixed"]
SPOKEN: dict[str, tuple[str, ...]] = {
    "auto": (),
    "zh": ("zh",),
    "en": ("en",),
    "mixed": ("zh", "en"),
}
_PARTLY = 4


class _Done(NamedTuple):
    """What became of one file."""

    file: Path
    out: Path
    meeting: str | None
    status: str
    missing: tuple[str, ...]
    exit_code: int


def process(
    files: Annotated[list[Path], typer.Argument(metavar="FILE", help=t("cli.process.file"))],
    project: Annotated[
        Path | None, typer.Option(metavar="FILE", help=t("cli.process.project"))
    ] = None,
    engine: Annotated[
        str | None, typer.Option(metavar="NAME", help=t("cli.process.engine"))
    ] = None,
    lang: Annotated[Spoken, typer.Option(help=t("cli.process.lang"))] = "auto",
    text_lang: Annotated[
        Literal["zh", "en"] | None, typer.Option(help=t("cli.process.text_lang"))
    ] = None,
    date: Annotated[
        datetime | None,
        typer.Option(metavar="YYYY-MM-DD", formats=["%Y-%m-%d"], help=t("cli.process.date")),
    ] = None,
    title: Annotated[str | None, typer.Option(metavar="TEXT", help=t("cli.process.title"))] = None,
    model: Annotated[
        str | None, typer.Option(metavar="NAME|FOLDER", help=t("cli.process.model"))
    ] = None,
    to: Annotated[str, typer.Option(metavar="NAMES", help=t("cli.process.to"))] = "",
    out: Annotated[Path | None, typer.Option(metavar="FOLDER", help=t("cli.process.out"))] = None,
    as_json: Annotated[bool, typer.Option("--json", help=t("cli.process.json"))] = False,
) -> None:
    """Process every file; the help text is in ui/words."""
    from pipeline import bootstrap
    from pipeline.service import meetings
    from ui.cli.desk import me, open_house

    check_engine(engine)
    intake = meetings.Intake(
        project=bootstrap.project_file(project) if project else None,
        title=title,
        date=date.date() if date else None,
        languages=SPOKEN[lang],
        text_language=text_lang,
    )
    house, _ = open_house(speech_model=model, engine=engine)
    targets = tuple(dict.fromkeys(["json", "md", *named_targets(to, tuple(house.exporters))]))
    done = []
    for file in files:
        folder = _folder(out, file, alone=len(files) == 1)
        done.append(_one(me(), house, file, intake, folder, targets, quiet=as_json))
    if as_json:
        print(json.dumps({"meetings": [_told(one) for one in done]}, ensure_ascii=False))
    raise typer.Exit(_exit_code(done))


def check_engine(engine: str | None) -> None:
    """Refuse an engine this version does not have.

    Raises:
        UnavailableError: the name is known but the engine is not there yet.
        InputError: nobody knows the name.
    """
    if engine in ("llm", "recorded"):
        raise UnavailableError("engine_not_here", engine=engine)
    if engine not in (None, "rules"):
        raise InputError("engine_unknown", engine=engine)


def named_targets(to: str, known: tuple[str, ...]) -> tuple[str, ...]:
    """The targets a person listed, each once.

    Raises:
        InputError: a target that nobody knows.
    """
    named = [name.strip().lower() for name in to.split(",") if name.strip()]
    for name in named:
        if name not in known:
            raise InputError("target_unknown", target=name, known=", ".join(known))
    return tuple(dict.fromkeys(named))


def _folder(out: Path | None, file: Path, *, alone: bool) -> Path:
    if out is None:
        return Path("out") / (file.stem or "call")
    return out if alone else out / file.stem


def _one(
    actor: "Actor",
    house: "House",
    file: Path,
    intake: "Intake",
    folder: Path,
    targets: tuple[str, ...],
    *,
    quiet: bool,
) -> _Done:
    """One file from intake to its folder; a failure is told and the others go on."""
    from pipeline.service import documents, meetings
    from ui.cli.summary import print_summary
    from ui.cli.terminal import visible
    from ui.cli.watching import Watching

    meeting = None
    try:
        documents.check_folder(folder)
        meeting = meetings.add(actor, house, file, intake)
        print(t("cli.process.doing", file=visible(file.name)), file=sys.stderr)
        with Watching() as watch:
            outcome = meetings.process(actor, house, meeting.uid, watch)
        view = meetings.view(actor, house, meeting.uid)
        documents.export(actor, house, view, targets, folder)
    except DragomanError as error:
        code = failures.report(error)
        uid = meeting.uid if meeting else None
        return _Done(file, folder, uid, "failed", (failures.explain(error),), code)
    minutes = outcome.minutes
    if not quiet:
        print_summary(view, folder)
        print(meeting.uid)
    code = _PARTLY if minutes.status == "partial" else 0
    return _Done(file, folder, meeting.uid, minutes.status, minutes.missing, code)


def _told(one: _Done) -> dict[str, object]:
    return {
        "meeting": one.meeting,
        "file": str(one.file),
        "out": str(one.out),
        "status": one.status,
        "missing": list(one.missing),
    }


def _exit_code(done: list[_Done]) -> int:
    """The worst of one file; of several, partly done unless all ended the same way."""
    codes = {one.exit_code for one in done}
    return codes.pop() if len(codes) == 1 else _PARTLY
