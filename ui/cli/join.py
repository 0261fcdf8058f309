"""`dragoman join MEETING FILE|MEETING`: two accounts of one meeting as one, shown before it is done."""

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from pipeline.errors import InputError, NotReadableError
from ui.words.loader import t

if TYPE_CHECKING:
    from pipeline.models.joining import Text
    from pipeline.service.house import House
    from pipeline.service.joining import Accepted, Proposal

_YES = ("y", "yes", "是", "好")
_SHOWN = 5
"""Stretches of missing words that are printed."""


def join(
    meeting: Annotated[str, typer.Argument(metavar="MEETING", help=t("cli.export.meeting"))],
    other: Annotated[
        str | None, typer.Argument(metavar="FILE|MEETING", help=t("cli.join.other"))
    ] = None,
    text: Annotated[
        str | None, typer.Option("--text", metavar="theirs|ours", help=t("cli.join.text"))
    ] = None,
    remove: Annotated[bool, typer.Option("--remove", help=t("cli.join.remove"))] = False,
    apart: Annotated[bool, typer.Option("--apart", help=t("cli.join.apart"))] = False,
    yes: Annotated[bool, typer.Option("--yes", help=t("cli.join.yes"))] = False,
    as_json: Annotated[bool, typer.Option("--json", help=t("cli.join.json"))] = False,
) -> None:
    """Show what joining gives and ask; the help text is in ui/words."""
    from pipeline.service import joining
    from ui.cli.desk import me, open_house

    if apart == (other is not None):
        raise InputError("join_what")
    house, _ = open_house()
    if other is None:
        done = joining.apart(me(), house, meeting)
        print(_done(done, as_json=as_json, key="apart_done"))
        return
    wanted = _wanted(other)
    seen = joining.propose(me(), house, meeting, wanted, text=_text(text))
    if not as_json:
        _show(seen)
    _check_same(seen)
    if not yes and not _agreed(as_json=as_json):
        print(json.dumps(_plain(seen), ensure_ascii=False) if as_json else t("cli.join.nothing"))
        return
    accepted = _accept(house, seen, wanted, remove=remove)
    print(_done(accepted, as_json=as_json, key="done", seen=seen))


def _wanted(other: str) -> Path | str:
    """A file where there is one; else the uid of a meeting, which has neither dots nor folders."""
    path = Path(other)
    if path.exists():
        return path
    if not other.isalnum():
        raise NotReadableError("file_missing", file=other)
    return other


def _text(text: str | None) -> "Text | None":
    if text is None:
        return None
    if text == "ours":
        return "ours"
    if text == "theirs":
        return "theirs"
    raise InputError("join_text_unknown", text=text)


def _check_same(seen: "Proposal") -> None:
    agreement = seen.joined.agreement
    if not agreement.same:
        share = f"{max(agreement.ours, agreement.theirs):.0%}"
        raise InputError("join_strangers", file=seen.name, share=share)


def _agreed(*, as_json: bool) -> bool:
    """Ask whoever sits there; with --json nobody is asked, and it is only shown."""
    if as_json:
        return False
    if not sys.stdin.isatty():
        raise InputError("join_needs_yes")
    print(t("cli.join.ask"), end=" ", file=sys.stderr, flush=True)
    try:
        return input().strip().lower() in _YES
    except (EOFError, KeyboardInterrupt):
        print(file=sys.stderr)
        return False


def _accept(house: "House", seen: "Proposal", other: Path | str, *, remove: bool) -> "Accepted":
    from pipeline.service import joining
    from ui.cli.desk import me

    return joining.accept(
        me(),
        house,
        seen.meeting.uid,
        other,
        text=seen.text,
        version=seen.version,
        remove=remove,
    )


def _show(seen: "Proposal") -> None:
    """The proposal, on stderr: what is printed at the end is the result."""
    from ui import joining_text
    from ui.cli.terminal import visible

    def say(key: str, **params: object) -> str:
        return t(f"joining.{key}", **params)

    lines = [f"{seen.meeting.title} + {seen.name}", *joining_text.told(seen, say)]
    if seen.joined.agreement.same:
        for one in seen.joined.agreement.missing[:_SHOWN]:
            whose = say(f"whose_{one.whose}", file=seen.name)
            lines.append(f"  {whose}: {joining_text.stretch(one)}")
        lines += [joining_text.reason(seen, say), say(f"with_{seen.text}", file=seen.name)]
        lines += [one for one in (joining_text.becomes(seen, say),) if one]
    for line in lines:
        print(visible(line), file=sys.stderr)


def _plain(seen: "Proposal", accepted: "Accepted | None" = None) -> dict[str, Any]:
    agreement = seen.joined.agreement
    return {
        "meeting": seen.meeting.uid,
        "other": seen.other.uid if seen.other else None,
        "file": seen.name,
        "joined": accepted is not None,
        "transcript_version": accepted.transcript.version if accepted else None,
        "text": seen.text,
        "proposed": seen.joined.preference.model_dump(mode="json"),
        "agreement": agreement.model_dump(mode="json"),
        "untimed": seen.joined.untimed,
    }


def _done(done: "Accepted", *, as_json: bool, key: str, seen: "Proposal | None" = None) -> str:
    from ui.cli.terminal import visible

    if not as_json:
        return visible(t(f"cli.join.{key}", turns=len(done.transcript.segments)))
    if seen is not None:
        return json.dumps(_plain(seen, done), ensure_ascii=False)
    told = {"meeting": done.meeting.uid, "transcript_version": done.transcript.version}
    return json.dumps(told, ensure_ascii=False)
