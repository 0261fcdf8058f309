"""`dragoman process FILE...`: a recording or transcript in, minutes and specs out."""

import contextlib
import json
import sys
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal, NamedTuple

import typer

from pipeline.errors import DragomanError, InputError
from ui.cli import failures
from ui.words.loader import t

if TYPE_CHECKING:
    from pipeline.models.actor import Actor
    from pipeline.models.meeting import Meeting
    from pipeline.service.house import House
    from pipeline.service.intake import Intake


class _Done(NamedTuple):
    """What became of one file."""

    file: Path
    out: Path
    meeting: str | None
    status: str
    missing: tuple[str, ...]
    exit_code: int
    cost: dict[str, object] | None = None
    """What a model took, now and altogether; none where none was ever asked."""


def process(
    files: Annotated[list[Path], typer.Argument(metavar="FILE", help=t("cli.process.file"))],
    project: Annotated[
        Path | None, typer.Option(metavar="FILE", help=t("cli.process.project"))
    ] = None,
    dictionary: Annotated[
        list[Path] | None, typer.Option(metavar="FILE", help=t("cli.project.dictionary"))
    ] = None,
    capabilities: Annotated[
        list[Path] | None, typer.Option(metavar="FILE", help=t("cli.project.capabilities"))
    ] = None,
    scope: Annotated[
        list[Path] | None, typer.Option(metavar="FILE", help=t("cli.project.scope"))
    ] = None,
    engine: Annotated[
        str | None, typer.Option(metavar="NAME", help=t("cli.process.engine"))
    ] = None,
    lang: Annotated[str, typer.Option(metavar="NAMES", help=t("cli.process.lang"))] = "auto",
    text_lang: Annotated[
        Literal["zh", "en"] | None, typer.Option(help=t("cli.process.text_lang"))
    ] = None,
    date: Annotated[
        datetime | None,
        typer.Option(metavar="YYYY-MM-DD", formats=["%Y-%m-%d"], help=t("cli.process.date")),
    ] = None,
    title: Annotated[str | None, typer.Option(metavar="TEXT", help=t("cli.process.title"))] = None,
    shape: Annotated[
        str | None, typer.Option("--as", metavar="NAME", help=t("cli.process.as"))
    ] = None,
    model: Annotated[
        str | None, typer.Option(metavar="NAME|FOLDER", help=t("cli.process.model"))
    ] = None,
    word_times: Annotated[
        bool, typer.Option("--word-times", help=t("cli.process.word_times"))
    ] = False,
    speakers: Annotated[
        int | None, typer.Option(min=1, max=100, metavar="N", help=t("cli.process.speakers"))
    ] = None,
    answers: Annotated[
        Path | None, typer.Option(metavar="FOLDER", help=t("cli.process.answers"))
    ] = None,
    record: Annotated[
        Path | None, typer.Option(metavar="FOLDER", help=t("cli.process.record"))
    ] = None,
    to: Annotated[str, typer.Option(metavar="NAMES", help=t("cli.process.to"))] = "",
    out: Annotated[Path | None, typer.Option(metavar="FOLDER", help=t("cli.process.out"))] = None,
    queue: Annotated[bool, typer.Option("--queue", help=t("cli.process.queue"))] = False,
    rehearse: Annotated[bool, typer.Option("--dry-run", help=t("cli.process.dry_run"))] = False,
    as_json: Annotated[bool, typer.Option("--json", help=t("cli.process.json"))] = False,
) -> None:
    """Process every file; the help text is in ui/words."""
    from pipeline import hearing
    from pipeline.models.recording import RecordTo
    from pipeline.service import intake as intakes
    from ui.cli.desk import me, open_house
    from ui.cli.dry_run import dry_run
    from ui.cli.project import named_project
    from ui.cli.read_as import known_shape
    from ui.cli.spoken import spoken
    from ui.cli.submit import submit

    engine = check_engine(engine, answers)
    if rehearse and (queue or to):
        raise InputError("dry_run_alone")
    known, words = named_project(project, dictionary, capabilities, scope)
    intake = intakes.Intake(
        project=known,
        shape=known_shape(shape),
        words=words,
        title=title or None,
        date=date.date() if date else None,
        languages=spoken(lang),
        text_language=text_lang,
    )
    if queue:
        if out or to or model or word_times or speakers or record or answers:
            raise InputError("queue_writes_nothing")
        raise typer.Exit(submit(files, intake, as_json=as_json))
    to_record = RecordTo(record) if record else None
    house, chosen = open_house(
        to_record,
        speech_model=model,
        speech_word_times=word_times or None,
        voices_count=speakers,
        engine=engine,
        model_answers=answers,
    )
    if chosen.speech_model == hearing.DEMO_MODEL:
        print(t("cli.demo_model"), file=sys.stderr)
    if rehearse:
        folders = _folders(out, files) if out else None
        raise typer.Exit(dry_run(me(), house, files, intake, folders, as_json=as_json))
    targets = tuple(dict.fromkeys(["json", "md", *named_targets(to, tuple(house.exporters))]))
    folders = _folders(out, files)
    done = [
        _one(me(), house, file, intake, folder, targets, quiet=as_json)
        for file, folder in zip(files, folders, strict=True)
    ]
    if as_json:
        print(json.dumps({"meetings": [_told(one) for one in done]}, ensure_ascii=False))
    raise typer.Exit(_exit_code(done))


def check_engine(engine: str | None, answers: Path | None = None) -> str | None:
    """The engine that is meant: a folder of recorded answers names it by itself.

    Raises:
        InputError: nobody knows the name, or it has no use for the folder.
    """
    if engine not in (None, "rules", "llm", "recorded"):
        raise InputError("engine_unknown", engine=engine)
    if answers is None:
        return engine
    if engine not in (None, "recorded"):
        raise InputError("answers_without_use", engine=engine)
    return "recorded"


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


def _folders(out: Path | None, files: list[Path]) -> list[Path]:
    """A folder for each file; two files of one name do not share one."""
    if out is not None and len(files) == 1:
        return [out]
    base = out or Path("out")
    taken: dict[str, int] = {}
    folders = []
    for file in files:
        name = file.stem or "call"
        taken[name] = taken.get(name, 0) + 1
        folders.append(base / (name if taken[name] == 1 else f"{name}-{taken[name]}"))
    return folders


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
    from pipeline import bootstrap
    from pipeline.service import documents, meetings
    from ui.cli.cost import Spending, foretell
    from ui.cli.read_as import tell
    from ui.cli.summary import print_summary
    from ui.cli.terminal import visible
    from ui.cli.tracks import tell_tracks
    from ui.cli.watching import Watching

    meeting, spending = None, Spending(actor, house)
    try:
        meeting = meetings.add(actor, house, file, intake)
        spending.begin(meeting.uid)
        documents.check_folder(folder)
        print(t("cli.process.doing", file=visible(file.name)), file=sys.stderr)
        tell_tracks(house, meeting, file)
        with Watching() as watch:
            foretell(actor, house, meeting.uid, watch)
            meetings.process(actor, house, meeting.uid, watch)
            view = meetings.view(actor, house, meeting.uid)
            watch.say(t("cli.writing"))
            documents.export(actor, house, view, targets, folder)
    except DragomanError as error:
        code, why = failures.report(error), failures.explain(error)
        return _failed(file, folder, meeting, code, why, spending.plain())
    except Exception as error:
        code = failures.report_anything(error, bootstrap.settings().home)
        return _failed(file, folder, meeting, code, type(error).__name__, spending.plain())
    tell(view.meeting, view.transcript, folder / "transcript.json")
    if not quiet:
        print_summary(view, folder)
        spending.show()
        print(meeting.uid)
    minutes = view.minutes
    missing = minutes.missing if minutes else ()
    code = failures.PARTLY if missing else 0
    status, cost = "partial" if missing else "complete", spending.plain()
    return _Done(file, folder, meeting.uid, status, missing, code, cost)


def _failed(
    file: Path,
    folder: Path,
    meeting: "Meeting | None",
    code: int,
    why: str,
    cost: dict[str, object] | None,
) -> _Done:
    """A file that could not be done; an empty folder made for it goes again."""
    with contextlib.suppress(OSError):
        folder.rmdir()
    uid = meeting.uid if meeting else None
    return _Done(file, folder, uid, "failed", (why,), code, cost)


def _told(one: _Done) -> dict[str, object]:
    return {
        "meeting": one.meeting,
        "file": str(one.file),
        "out": str(one.out),
        "status": one.status,
        "missing": list(one.missing),
        "cost": one.cost,
    }


def _exit_code(done: list[_Done]) -> int:
    """Of one file its own; of several, partly done unless all ended alike or none was done."""
    codes = {one.exit_code for one in done}
    if all(one.status == "failed" for one in done):
        return max(codes)
    return codes.pop() if len(codes) == 1 else failures.PARTLY
