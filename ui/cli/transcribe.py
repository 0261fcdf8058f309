"""`dragoman transcribe FILE`: only the words."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ui.cli.failures import PARTLY
from ui.words.loader import t

if TYPE_CHECKING:
    from pipeline.models.meeting import Meeting
    from pipeline.models.transcript import Segment, Transcript


def transcribe(
    file: Annotated[Path, typer.Argument(metavar="FILE", help=t("cli.transcribe.file"))],
    out: Annotated[Path | None, typer.Option(metavar="FILE", help=t("cli.transcribe.out"))] = None,
    project: Annotated[
        Path | None, typer.Option(metavar="FILE", help=t("cli.process.project"))
    ] = None,
    lang: Annotated[str, typer.Option(metavar="NAMES", help=t("cli.process.lang"))] = "auto",
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
) -> None:
    """Hear a recording; without --out the lines go to stdout. Exit 4 if some of it is missing."""
    from pipeline import bootstrap, hearing
    from pipeline.service import documents, meetings
    from pipeline.service.intake import Intake
    from ui.cli.desk import me, open_house
    from ui.cli.read_as import known_shape, tell
    from ui.cli.spoken import spoken
    from ui.cli.terminal import visible
    from ui.cli.tracks import tell_tracks
    from ui.cli.watching import Watching

    house, chosen = open_house(
        speech_model=model, speech_word_times=word_times or None, voices_count=speakers
    )
    if out:
        documents.check_transcript_name(out)
        documents.check_folder(out.parent)
    intake = Intake(
        project=bootstrap.project_file(project) if project else None,
        shape=known_shape(shape),
        languages=spoken(lang),
    )
    meeting = meetings.add(me(), house, file, intake)
    tell_tracks(house, meeting, file)
    if meeting.recordings and chosen.speech_model == hearing.DEMO_MODEL:
        print(t("cli.demo_model"), file=sys.stderr)
    with Watching() as watch:
        transcript = meetings.transcribe(me(), house, meeting.uid, watch)
    tell(meeting, transcript, out)
    if out:
        documents.export_transcript(me(), house, transcript, out)
        print(t("cli.transcribe.written", path=visible(out)), file=sys.stderr)
    else:
        for one in transcript.segments:
            print(_line(one, meeting))
    if meeting.recordings and _missing(transcript):
        raise typer.Exit(PARTLY)


def _missing(transcript: "Transcript") -> bool:
    """Say on stderr what of a recording is not in its words; whether some of it is lost."""
    from pipeline.models.losses import losses
    from pipeline.models.transcript import BREAKS_OFF, COPY, ONE_VOICE
    from pipeline.words.loader import interface_language
    from ui.cli.terminal import visible

    told = (BREAKS_OFF, COPY, ONE_VOICE)
    left_out = sum(one.reason not in told for one in transcript.dropped)
    if left_out:
        print(t("cli.transcribe.left_out", count=left_out), file=sys.stderr)
    lost = losses(transcript, interface_language())
    if lost:
        print(t("summary.missing", what=visible("; ".join(lost))), file=sys.stderr)
    return bool(lost)


def _line(one: "Segment", meeting: "Meeting") -> str:
    """A turn as it is printed; without what its source does not tell."""
    from pipeline.models.moments import moment
    from ui.cli.clock import clock
    from ui.cli.terminal import visible

    at = moment(meeting, one.start) or (clock(one.start) if meeting.kind == "call" else "")
    who = one.speaker or ("-" if meeting.kind == "call" else "")
    head = f"[{at}] " if at else ""
    text = visible(one.text).replace("\n", "\n    ")
    return f"{head}{visible(who)}: {text}" if who else f"{head}{text}"
