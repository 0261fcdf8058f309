"""Turns of a call on the command line: which are meant, what would change, and a yes to it."""

import json
import re
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from pipeline.errors import InputError, NotFoundError
from ui.words.loader import t

if TYPE_CHECKING:
    from pipeline.models.stretch import Stretch
    from pipeline.models.transcript import Segment
    from pipeline.service.house import House
    from pipeline.service.naming import Given, Look, Person
    from pipeline.service.speakers import Confirmed

_YES = ("y", "yes", "是", "好")
_SHOWN = 5
"""Turns that are printed before a question; a list without a name shows all."""
_RANGE = re.compile(r"\s*(\d{1,9})\s*(?:[-–—~～]\s*(\d{1,9})\s*)?", re.ASCII)


class Asked(NamedTuple):
    """Which turns a command line is about, as it was typed."""

    turns: str | None = None
    begin: str | None = None
    end: str | None = None
    of: str | None = None
    unnamed: bool = False

    @property
    def any(self) -> bool:
        """Whether it is about turns at all."""
        return self.unnamed or any(one is not None for one in self[:4])

    @property
    def told(self) -> str:
        """The same as options."""
        names = ("--turns", "--from", "--to", "--of")
        said = [f"{name} {one}" for name, one in zip(names, self[:4], strict=True) if one]
        return " ".join([*said, *(["--unnamed"] if self.unnamed else [])])


def name(
    house: "House",
    meeting: str,
    asked: Asked,
    named: Sequence[str],
    sides: Sequence[str],
    *,
    yes: bool,
    as_json: bool,
) -> None:
    """List the turns, or give them to one person after asking.

    Raises:
        InputError: a value does not fit, or nobody is there to say yes.
        NotFoundError: no turn fits, or nobody is called so.
    """
    from pipeline.service import naming
    from ui.cli.desk import me

    stretch, person = _stretch(house, meeting, asked), _person(house, meeting, named, sides)
    seen = naming.look(me(), house, meeting, stretch, person)
    if not seen.turns:
        raise NotFoundError("turns_none", given=asked.told)
    if person is None:
        _list(seen, as_json=as_json)
        return
    if not as_json:
        _show(seen, person)
    if not yes and not _agreed(seen, as_json=as_json):
        _list(seen, as_json=True) if as_json else on_stderr(t("cli.turns.nothing"))
        return
    turns = tuple(naming.Turn(id=one.id, speaker=one.speaker, side=one.side) for one in seen.turns)
    done = naming.give(me(), house, meeting, [naming.Gift(turns=turns, person=person)])
    if as_json:
        _list(seen, as_json=True, done=done)
    tell(done)


def tell(done: "Given | Confirmed") -> None:
    """What became of it, on stderr."""
    on_stderr(t("cli.speakers.confirmed", count=done.turns))
    if done.added:
        on_stderr(t("cli.speakers.added", names=", ".join(done.added)))
    if done.turns:
        on_stderr(t("cli.speakers.again"))


def on_stderr(text: str) -> None:
    """A line for whoever reads along: what is printed is the result."""
    from ui.cli.terminal import visible

    print(visible(text), file=sys.stderr)


def label(labels: Sequence[str], typed: str) -> str:
    """The speaker that somebody typed: as they saw it, without what no terminal shows.

    Raises:
        NotFoundError: nobody is called so, or several are.
    """
    from ui.cli.terminal import visible

    alike = [one for one in labels if visible(one).split() == typed.split()]
    if typed not in labels and len(alike) != 1:
        raise NotFoundError("speaker_none", label=typed, speakers=", ".join(labels))
    return typed if typed in labels else alike[0]


def _labels(house: "House", meeting: str) -> list[str]:
    from pipeline.service import transcripts

    segments = transcripts.newest(house, meeting).segments
    return list(dict.fromkeys(one.speaker for one in segments if one.speaker))


def _stretch(house: "House", meeting: str, asked: Asked) -> "Stretch":
    from pipeline.models.stretch import Stretch
    from pipeline.service import transcripts
    from ui.cli.clock import seconds

    if asked.of is not None and asked.unnamed:
        raise InputError("turns_of_and_unnamed", label=asked.of)
    first = last = None
    if asked.turns is not None:
        count = len(transcripts.newest(house, meeting).segments)
        found = _RANGE.fullmatch(asked.turns)
        first, last = (int(one) for one in (found[1], found[2] or found[1])) if found else (0, 0)
        if not 1 <= first <= last or first > count:
            raise InputError("turns_range", given=asked.turns, count=count)
    return Stretch(
        first=first,
        last=last,
        begin=None if asked.begin is None else seconds(asked.begin),
        end=None if asked.end is None else seconds(asked.end),
        of=None if asked.of is None else label(_labels(house, meeting), asked.of),
        unnamed=asked.unnamed,
    )


def _person(
    house: "House", meeting: str, named: Sequence[str], sides: Sequence[str]
) -> "Person | None":
    from pipeline.service.naming import Person

    if not named and not sides:
        return None
    if len(named) > 1 or len(sides) > 1:
        raise InputError("turns_one_person")
    name, side = next(iter(named), None), next(iter(sides), None)
    if side not in (None, "us", "client"):
        raise InputError("speaker_side", label=name or "", given=side)
    before, sign, _ = (name or "").rpartition("=")
    if sign and before in _labels(house, meeting):
        raise InputError("turns_label", given=name)
    return Person.model_validate({"name": name, "side": side})


def _show(seen: "Look", person: "Person") -> None:
    """What would change, on stderr."""
    who = person.name or t(f"desk.speaking.side.{person.side}")
    on_stderr(t("cli.turns.would", count=seen.changing, chosen=len(seen.turns), who=who))
    for one in seen.turns[:_SHOWN]:
        on_stderr("  " + _line(one))
    if len(seen.turns) > _SHOWN:
        on_stderr("  " + t("cli.turns.more", count=len(seen.turns) - _SHOWN))


def _agreed(seen: "Look", *, as_json: bool) -> bool:
    """Ask whoever sits there; with --json nobody is asked, and it is only shown."""
    if as_json:
        return False
    if not seen.changing:
        return True
    if not sys.stdin.isatty():
        raise InputError("turns_need_yes")
    print(t("cli.turns.ask"), end=" ", file=sys.stderr, flush=True)
    try:
        return input().strip().lower() in _YES
    except (EOFError, KeyboardInterrupt):
        print(file=sys.stderr)
        return False


def _list(seen: "Look", *, as_json: bool, done: "Given | None" = None) -> None:
    """All of the turns, on stdout."""
    from ui.cli.terminal import visible

    if as_json:
        print(json.dumps(_plain(seen, done), ensure_ascii=False))
        return
    for one in seen.turns:
        print(visible(_line(one)))


def _line(one: "Segment") -> str:
    from ui.cli.clock import clock

    who = one.speaker or t("cli.turns.nobody")
    return f"{one.index + 1:>5}  {clock(one.start)}  {who}: {' '.join(one.text.split())}"


def _plain(seen: "Look", done: "Given | None") -> dict[str, Any]:
    transcript = done.transcript if done else seen.transcript
    now = {one.id: one for one in transcript.segments}
    keys = ("id", "start", "end", "speaker", "side", "text")
    return {
        "meeting": transcript.meeting,
        "version": transcript.version,
        "would_change": seen.changing,
        "changed": None if done is None else {"turns": done.turns, "added": list(done.added)},
        "turns": [
            {"number": one.index + 1, **{key: getattr(now[one.id], key) for key in keys}}
            for one in seen.turns
        ],
    }
