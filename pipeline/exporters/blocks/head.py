"""The head of a document: the warning, whose call it was, when, and who was there."""

import re
from collections.abc import Iterable
from typing import NamedTuple

from pipeline.exporters.blocks.phrases import Phrases
from pipeline.exporters.blocks.runs import muted, plain, spaced, warn
from pipeline.models.base import Side
from pipeline.models.client_view import View
from pipeline.models.document import Banner, Block, Fact, Facts, Line, Run
from pipeline.models.meeting import Meeting
from pipeline.models.project import DEFAULT_CLIENT, Participant
from pipeline.models.transcript import Segment

_RANKS = (
    r"董事长|总裁|chair|president|\bceo\b",
    r"(?<!副)总经理|managing director",
    r"副总|vice president",
    r"总监|director|\bc[tfio]o\b|[^副]总$",
    r"部长|主任|处长|院长|校长|head of|\bhead\b|partner|owner",
    r"经理|manager",
    r"主管|组长|店长|supervisor|lead",
)
"""职务 from high to low; who has none of them comes last, in the order of the project file."""

DEMO_MODEL = "demo"
"""Name of the bundled speech model: what it writes of other recordings nobody said."""


class Person(NamedTuple):
    """Somebody in the call, as the head names them."""

    name: str
    side: Side
    known: Participant | None


def banner(view: View, phrases: Phrases, *, entries: Iterable[str]) -> tuple[Block, ...]:
    """The warning on the face of a document; none on an approved one for the client."""
    line = warning(view, phrases, entries=entries)
    draft = any(run.tone == "warn" for run in line)
    return (Banner(line=line, tone="warn" if draft else "muted"),) if line else ()


def warning(view: View, phrases: Phrases, *, entries: Iterable[str]) -> Line:
    """Says of a document what it is not.

    Args:
        view: whose document it is.
        phrases: the language.
        entries: uids of everything the document shows and a person must approve.
    """
    shown = tuple(entries)
    open_ = sum(uid not in view.approved for uid in shown)
    specs = {spec.uid for spec in view.specs}
    of_specs = bool(shown) and specs.issuperset(shown)
    ours = view.audience == "internal"
    runs: list[Run] = []
    if open_ and open_ < len(shown):
        runs.append(warn(phrases("draft_count", total=len(shown), open=open_)))
    elif open_ or not (of_specs or view.minutes.reviewed):
        runs.append(warn(phrases("draft")))
    if ours and view.minutes.status == "partial":
        runs.append(warn(phrases("partial")))
    if ours:
        runs.append(muted(phrases("internal_copy")))
    return spaced(*runs)


def our_name(view: View) -> str | None:
    """What our own company is called, where the project says so."""
    return next((p.org for p in view.project.participants if p.side == "us" and p.org), None)


def facts(view: View, phrases: Phrases) -> Facts:
    """Client, system, date and who was there: the client's people first."""
    project, meeting = view.project, view.meeting
    when = _when(meeting, phrases)
    client = project.client if project.client != DEFAULT_CLIENT else ""
    rows = [
        ("head.client", client),
        ("head.system", project.system),
        ("head.date", when),
    ]
    if meeting.kind != "call":
        rows.append(("head.kind", phrases(f"head.kind_{meeting.kind}")))
    rows = [(phrases(label), text) for label, text in rows]
    people = _people(view)
    for side, label in _side_labels(view, phrases).items():
        names = [_named(one, phrases) for one in people if one.side == side]
        rows.append((label, phrases.joined(names)))
    transcript = view.transcript if view.audience == "internal" else None
    if transcript and transcript.engine.model == DEMO_MODEL:
        rows.append((phrases("head.heard"), phrases("head.demo_model")))
    if transcript and meeting.kind == "call" and not any(map(_sided, transcript.segments)):
        rows.append((phrases("head.sides"), phrases("head.sides_unknown")))
    if origin := view.minutes.recorded_from:
        told = phrases("head.recorded", model=origin.model, date=origin.date)
        rows.append((phrases("head.drafted"), told))
    return Facts(rows=tuple(Fact(label=label, line=plain(text)) for label, text in rows if text))


def _sided(turn: Segment) -> bool:
    return turn.side != "unknown"


def _when(meeting: Meeting, phrases: Phrases) -> str:
    day = phrases.date(meeting.date) if meeting.date else phrases("head.undated")
    when = f"{day} {meeting.time:%H:%M}" if meeting.date and meeting.time else day
    since = meeting.kind == "chat" and meeting.date is not None
    return phrases("head.since", when=when) if since else when


def _side_labels(view: View, phrases: Phrases) -> dict[Side, str]:
    """In the client's copy nobody is "the client": both sides go by their names."""
    client = view.project.client
    ours = our_name(view)
    named = view.audience == "client"
    return {
        "client": client if named and client != DEFAULT_CLIENT else phrases("head.client_side"),
        "us": ours if named and ours else phrases("head.our_side"),
        "unknown": phrases("head.unknown_side"),
    }


def _people(view: View) -> list[Person]:
    """Who was there: as recorded, else whoever is heard in what the document shows."""
    names = view.meeting.participants or tuple(dict.fromkeys(_speakers(view)))
    sides = dict(_sides(view))
    people = []
    for name in names:
        known = view.project.participant(name)
        side: Side = known.side if known else sides.get(name, "unknown")
        people.append(Person(known.name if known else name, side, known))
    return sorted(people, key=_rank)


def _speakers(view: View) -> Iterable[str]:
    return (name for name, _ in _sides(view))


def _sides(view: View) -> Iterable[tuple[str, Side]]:
    if view.audience == "internal" and view.transcript:
        yield from ((one.speaker, one.side) for one in view.transcript.segments if one.speaker)
    for _, item in view.minutes.items():
        yield from ((one.speaker, one.side) for one in item.evidence if one.speaker)


def _rank(person: Person) -> int:
    known = person.known
    office = " ".join(filter(None, (known.role, known.title))) if known else ""
    found = (n for n, words in enumerate(_RANKS) if re.search(words, office, re.IGNORECASE))
    return next(found, len(_RANKS))


def _named(person: Person, phrases: Phrases) -> str:
    known = person.known
    office = [known.role, known.site] if known else []
    return person.name + phrases.bracketed(phrases.joined(filter(None, office)))
