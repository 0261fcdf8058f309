"""What came out of a call, on one screen: decided, asked, promised, feared, to ask back."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Literal, NamedTuple, TypeVar

from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from pipeline.measured.reading import measured
from pipeline.models.alike import bare
from pipeline.models.asked_once import Asked
from pipeline.models.asking_back import asking_of
from pipeline.models.base import Language
from pipeline.models.evidence import Evidence
from pipeline.models.frozen import as_drafted
from pipeline.models.item import AskStatus
from pipeline.models.meeting import Meeting, MeetingKind
from pipeline.models.minutes import Action, Ask, Decision, Item, Minutes, Question
from pipeline.models.moments import moment
from pipeline.models.together import circular
from pipeline.service.meetings import MeetingView
from ui.cli.clock import clock
from ui.cli.terminal import visible
from ui.trust import engines, line, trust
from ui.words.loader import t, tin

_Item = TypeVar("_Item", bound=Item)


class _Row(NamedTuple):
    when: float | Literal[""] | None
    """Where it was said, in seconds; empty for what nobody said."""
    id: str
    text: str
    note: str = ""
    quote: str = ""


def print_summary(view: MeetingView, folder: Path | None = None) -> None:
    """Print it to stdout, in the language of the minutes."""
    if view.minutes is None:
        return
    console = Console(highlight=False, soft_wrap=False)
    console.print(summary(view, view.minutes))
    if folder is not None:
        console.print(Text(t("summary.files", folder=visible(folder)), "dim"))


def summary(view: MeetingView, minutes: Minutes) -> RenderableType:
    """The whole screen."""
    language = minutes.language
    parts: list[RenderableType] = [_head(view, minutes)]
    said = minutes.summary.internal
    if said and as_drafted(minutes):  # else it would state what a person changed
        parts.append(Padding(Text(visible(said)), (1, 0, 0, 2)))
    for name, rows in _sections(view, minutes):
        if rows:
            parts.append(Text(f"\n{tin(language, f'summary.{name}')}", "bold"))
            parts.append(_table(rows, view.meeting))
    for note in _notes(minutes, view):
        parts.append(Text(f"\n{visible(note)}", "yellow"))
    parts += [Text(f"\n{visible(told)}", "dim") for told in _measured(minutes, view.meeting.kind)]
    return Group(*parts, Text(""))


def _measured(minutes: Minutes, kind: MeetingKind) -> Iterator[str]:
    """How right such a list was on calls nobody had looked at; nothing where nobody measured it."""
    model = minutes.recorded_from.model if minutes.recorded_from else None
    for engine in engines(minutes):
        known = trust(engine, measured(engine), model=model)._replace(kind=kind)
        if known.measured:
            yield line(known, minutes.language, minutes.language)


def _head(view: MeetingView, minutes: Minutes) -> Text:
    call = view.transcript if view.meeting.kind == "call" else None
    length = call.segments[-1].end if call else None
    facts = [
        view.meeting.title,
        view.project.client if view.project.client != "default" else "",
        str(view.meeting.date or ""),
        clock(length) if length is not None else "",
        tin(minutes.language, f"summary.kind.{kind}")
        if (kind := view.meeting.kind) != "call"
        else "",
    ]
    head = Text("\n" + " · ".join(visible(fact) for fact in facts if fact), "bold")
    if not minutes.reviewed:
        head.append(f"   {tin(minutes.language, 'summary.draft')}", "yellow")
    return head


def _sections(view: MeetingView, minutes: Minutes) -> Iterator[tuple[str, list[_Row]]]:
    language = minutes.language
    titles = {spec.id: spec.title for spec in view.specs if spec.review != "rejected"}
    yield "decided", list(_decisions(minutes, language))
    yield "asked", [_ask(one, titles, language) for one in _kept(minutes.asks)]
    yield "promised", [_action(one, language) for one in _kept(minutes.actions)]
    feared = (*_kept(minutes.risks), *_kept(minutes.concerns))
    yield "feared", [_row(one, _ours(one, language)) for one in feared]
    yield "conflicts", [_row(one, _ours(one, language)) for one in _kept(minutes.conflicts)]
    yield "ask_back", _questions(view, minutes)


def _kept(items: Iterable[_Item]) -> list[_Item]:
    """Without what a person rejected."""
    return [one for one in items if one.review != "rejected"]


def _row(item: Item, note: str = "", quote: str = "") -> _Row:
    return _Row(_when(item.evidence), item.id, item.text, note, quote)


def _ours(item: Item, language: Language) -> str:
    return tin(language, "summary.ours") if item.visibility == "internal" else ""


def _when(evidence: tuple[Evidence, ...]) -> float | None:
    return next((one.start for one in evidence if one.start is not None), None)


def _told(when: float | Literal[""] | None, meeting: Meeting) -> str:
    """Where it stands, as its source tells it."""
    if isinstance(when, str):
        return when
    return moment(meeting, when) or (clock(when) if meeting.kind == "call" else "")


def _decisions(minutes: Minutes, language: Language) -> Iterator[_Row]:
    rejected = {one.id for one in minutes.decisions if one.review == "rejected"}
    circles = circular(minutes.decisions)
    for one in _kept(minutes.decisions):
        yield _decision(one, rejected, circles.get(one.id, ()), language)


def _decision(
    item: Decision, rejected: set[str], circle: Sequence[str], language: Language
) -> _Row:
    note = tin(language, f"summary.state.{item.state}")
    if circle:
        ids = " → ".join((*circle, circle[0]))
        note += f" · {tin(language, 'summary.circle', ids=ids)}"
    elif item.supersedes and item.supersedes not in rejected:
        note += f" · {tin(language, 'summary.replaces', id=item.supersedes)}"
    return _row(item, note)


def _ask(item: Ask, titles: dict[str, str], language: Language) -> _Row:
    status: AskStatus = item.status
    note = "" if status == "live" else tin(language, f"summary.ask.{status}")
    if item.spec in titles:
        note = f"→ {item.spec} {titles[item.spec]}"
    same = bare(item.raw_quote) == bare(item.text)
    return _row(item, note, "" if same else item.raw_quote)


def _action(item: Action, language: Language) -> _Row:
    who = item.owner if item.owner and item.owner not in item.text else ""
    facts = [who, item.due_verbatim or "", item.due_date or ""]
    if item.weak:
        facts.append(tin(language, "summary.weak"))
    return _row(item, " · ".join(dict.fromkeys(fact for fact in facts if fact)))


def _questions(view: MeetingView, minutes: Minutes) -> list[_Row]:
    """The few that go out first; how many wait, and why."""
    language = minutes.language
    every = asking_of(minutes, view.specs, view.project)
    rows = [_question(one, language) for one in every.first]
    if every.parked:
        rows.append(_Row("", "", tin(language, "summary.parked", count=len(every.parked))))
    reasons = Counter(one.parked.in_words(language) for one in every.parked if one.parked)
    told = (
        tin(language, "summary.parked_for", count=count, reason=reason)
        for reason, count in reasons.most_common()
    )
    return rows + [_Row("", "", one) for one in told]


def _question(asked: Asked, language: Language) -> _Row:
    if isinstance(asked.question, Question):
        return _row(asked.question)
    answer = asked.question.recommended
    note = tin(language, "summary.recommended", answer=answer) if answer else ""
    return _Row("", " ".join(spec.id for spec in asked.specs), asked.text, note)


def _notes(minutes: Minutes, view: MeetingView) -> Iterator[str]:
    language = minutes.language
    if origin := minutes.recorded_from:
        yield tin(language, "summary.recorded", model=origin.model, date=origin.date)
    if view.transcript and not view.transcript.client_speaks and view.meeting.kind != "note":
        yield tin(language, "summary.no_client")
    open_turns = [one for one in minutes.coverage.uncited if one.state == "open"]
    if open_turns:
        yield tin(language, "summary.uncited", count=len(open_turns))
    doubtful = sum(item.doubtful for item in _kept(item for _, item in minutes.items()))
    if doubtful:
        yield tin(language, "summary.doubtful", count=doubtful)
    dropped = len(view.transcript.dropped) if view.transcript else 0
    if dropped:
        yield tin(language, "summary.dropped", count=dropped)
    if minutes.missing:
        yield tin(language, "summary.missing", what="; ".join(minutes.missing))


def _table(rows: list[_Row], meeting: Meeting) -> Table:
    table = Table.grid(padding=(0, 1))
    width = 0 if meeting.kind == "note" else 7
    table.add_column(justify="right", style="dim", min_width=width, no_wrap=True)
    table.add_column(style="cyan", no_wrap=True)
    table.add_column(overflow="fold")
    for row in rows:
        text = Text(visible(row.text))
        if row.note:
            text.append(
                f"  {visible(row.note)}", "green" if row.note.startswith("→") else "magenta"
            )
        if row.quote:
            text.append(f"\n“{visible(row.quote)}”", "dim italic")
        table.add_row(_told(row.when, meeting), row.id, text)
    return table
