"""`dragoman demo`: the bundled call, the same way as any recording."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from ui.cli.up import LOOPBACK, PORT, Host, Port
from ui.words.loader import t

if TYPE_CHECKING:
    from pipeline.models.transcript import Transcript
    from pipeline.service.house import House


def demo(
    lang: Annotated[Literal["zh", "en"] | None, typer.Option(help=t("cli.demo.lang"))] = None,
    out: Annotated[Path, typer.Option(metavar="FOLDER", help=t("cli.demo.out"))] = Path("out/demo"),
    answers: Annotated[
        Path | None, typer.Option(metavar="FOLDER", help=t("cli.demo.answers"))
    ] = None,
    no_ui: Annotated[bool, typer.Option("--no-ui", help=t("cli.demo.no_ui"))] = False,
    host: Host = LOOPBACK[0],
    port: Port = PORT,
) -> None:
    """Hear it, read it, write the documents and tell what came out."""
    from pipeline import bootstrap, hearing
    from pipeline.service import documents, meetings
    from pipeline.service.intake import Intake
    from pipeline.words.loader import interface_language
    from ui.cli.desk import me, open_house
    from ui.cli.summary import print_summary
    from ui.cli.up import serve, worker_beside
    from ui.cli.watching import Watching

    house, _ = open_house(speech_model=hearing.DEMO_MODEL, engine="rules")
    documents.check_folder(out)
    call = bootstrap.demo_call(lang or interface_language())
    print(t("cli.demo.intro", title=call.title), file=sys.stderr)
    intake = Intake(project=call.project, title=call.title, date=call.date)
    meeting = meetings.add(me(), house, call.recording, intake)
    with Watching() as watch:
        transcript = meetings.transcribe(me(), house, meeting.uid, watch)
    house = _reading(house, answers or call.answers, transcript)
    with Watching() as watch:
        meetings.understand(me(), house, meeting.uid, watch)
    view = meetings.view(me(), house, meeting.uid)
    documents.export(me(), house, view, ("json", "md", "docx", "xlsx"), out)
    print_summary(view, out)
    print(meeting.uid, flush=True)
    house.tools.store.close()
    if not no_ui:
        with worker_beside():
            serve(host, port, open_browser=True, path=f"review?m={meeting.uid}")


def _reading(house: "House", answers: Path, transcript: "Transcript") -> "House":
    """The house with whoever reads the call, and a line that says who that is."""
    from pipeline import bootstrap

    replaying = bootstrap.replaying(house, answers, transcript)
    if replaying is None:
        print(t("cli.demo.by_rules"), file=sys.stderr)
        return house
    print(t("cli.demo.by_recording"), file=sys.stderr)
    return replaying
