"""`dragoman process --dry-run`: what would leave this machine, before any of it does."""

import json
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from pipeline.errors import DragomanError, OutputError
from pipeline.words.loader import interface_language
from ui.cli import failures
from ui.words.loader import t

if TYPE_CHECKING:
    from pipeline.models.actor import Actor
    from pipeline.models.sending import Outgoing, Sending
    from pipeline.service.house import House
    from pipeline.service.intake import Intake
    from pipeline.service.sending import DryRun

TEXT, EXACT = "would-send.md", "would-send.json"
"""Files with the questions: to read, and byte for byte as they would be sent."""


class _Told(NamedTuple):
    file: Path
    run: "DryRun | None"
    written: tuple[Path, ...]
    code: int


def dry_run(
    actor: "Actor",
    house: "House",
    files: list[Path],
    intake: "Intake",
    folders: list[Path] | None,
    *,
    as_json: bool,
) -> int:
    """Tell it of every file; into their folders goes the whole text. The exit code."""
    told = [
        _one(actor, house, file, intake, folders[at] if folders else None, quiet=as_json)
        for at, file in enumerate(files)
    ]
    if as_json:
        print(json.dumps({"meetings": [_plain(one) for one in told]}, ensure_ascii=False))
    codes = {one.code for one in told}
    if all(codes):
        return max(codes)
    return failures.PARTLY if any(codes) else 0


def _one(
    actor: "Actor",
    house: "House",
    file: Path,
    intake: "Intake",
    folder: Path | None,
    *,
    quiet: bool,
) -> _Told:
    from pipeline import bootstrap
    from pipeline.service import sending
    from ui.cli.terminal import visible
    from ui.cli.watching import Watching

    print(t("cli.process.doing", file=visible(file.name)), file=sys.stderr)
    try:
        with Watching() as watch:
            run = sending.dry_run(actor, house, file, intake, watch)
        written = _write(run.sending, folder) if run.sending and folder else ()
    except DragomanError as error:
        return _Told(file, None, (), failures.report(error))
    except Exception as error:
        return _Told(file, None, (), failures.report_anything(error, bootstrap.settings().home))
    if not quiet:
        _print(run, written, named=folder is not None)
    return _Told(file, run, written, 0)


def _print(run: "DryRun", written: tuple[Path, ...], *, named: bool) -> None:
    from ui.cli.terminal import visible
    from ui.sending import addressee, forecast, held_up

    language, sending = interface_language(), run.sending
    if sending is None:
        print(t("sending.rules"))
    elif not sending.first:
        print(t("sending.nothing_left"))
    else:
        host = visible(addressee(sending, language))
        print(t("sending.would", model=visible(sending.model), host=host))
        if stopped := held_up(sending, language):
            print(f"\n{stopped}")
        _print_questions(sending)
        print(f"\n{t('sending.all')}\n  {forecast(sending.estimate, language)}")
    if sending is not None and not run.client_known:
        print(f"\n{t('summary.no_client')}")
    if run.kept and run.meeting.recordings:
        print(f"\n{t('sending.heard', meeting=run.meeting.uid)}")
    for path in written:
        print(t("sending.written", path=visible(path)))
    if sending is not None and sending.first and not named:
        print(f"\n{t('sending.how_to_see')}")


def _print_questions(sending: "Sending") -> None:
    from ui.amounts import about, count
    from ui.cli.terminal import visible
    from ui.sending import carries, characters, hiding, site

    language = interface_language()
    print(f"\n{t('sending.first', count=len(sending.first))}")
    for one in sending.first:
        size = t("sending.size", characters=count(characters(one)), tokens=about(one.tokens_in))
        print(f"  {t('sending.item', what=site(one.site, language), size=size)}")
    if sending.kept:
        print(f"  {t('sending.kept', count=sending.kept)}")
    print(f"\n{hiding(sending, language)}")
    for hidden in sending.hidden:
        print(f"  {hidden.sign} = {visible(hidden.text)}")
    if sending.later:
        print(f"\n{t('sending.later', count=sum(one.questions for one in sending.later))}")
    for later in sending.later:
        what, told = site(later.site, language), carries(later, language)
        print(f"  {t('sending.line', what=what, count=later.questions, carries=told)}")


def _write(sending: "Sending", folder: Path) -> tuple[Path, ...]:
    """The questions as text and as they are; what is hidden stands in neither.

    Raises:
        OutputError: the folder cannot be written.
    """
    from pipeline.service import documents

    documents.check_folder(folder)
    exact = json.dumps([one.request for one in sending.first], ensure_ascii=False, indent=1)
    texts = {TEXT: _text(sending), EXACT: exact + "\n"}
    for name, text in texts.items():
        try:
            (folder / name).write_text(text, encoding="utf-8")
        except OSError as error:
            reason = error.strerror or str(error)
            raise OutputError("output_not_writable", path=str(folder), reason=reason) from error
    return tuple(folder / name for name in texts)


def _text(sending: "Sending") -> str:
    from ui.sending import addressee, site

    language = interface_language()
    host = addressee(sending, language)
    parts = [f"# {t('sending.would', model=sending.model, host=host)}"]
    for number, one in enumerate(sending.first, 1):
        parts.append(f"## {number}. {site(one.site, language)}")
        parts += [f"### {message.role}\n\n{_fenced(message.text)}" for message in one.messages]
        parts.append(f"### {t('sending.rest_of_request')}\n\n{_fenced(_rest(one))}")
    return "\n\n".join(parts) + "\n"


def _rest(question: "Outgoing") -> str:
    rest = {name: value for name, value in question.request.items() if name != "messages"}
    return json.dumps(rest, ensure_ascii=False, indent=1)


def _fenced(text: str) -> str:
    """A text that no line of its own can end."""
    longest = max((len(one) for one in re.findall(r"`+", text)), default=0)
    fence = "`" * max(3, longest + 1)
    return f"{fence}text\n{text}\n{fence}"


def _plain(told: _Told) -> dict[str, object]:
    run = told.run
    sending = run.sending if run else None
    return {
        "meeting": run.meeting.uid if run and run.kept else None,
        "file": str(told.file),
        "status": "failed" if run is None else "dry_run",
        "written": [str(path) for path in told.written],
        "would_send": sending.model_dump(mode="json") if sending else None,
    }
