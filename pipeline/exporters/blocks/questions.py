"""Open questions: the few that go out first, the rest parked where everyone can see them."""

from collections.abc import Iterator
from typing import NamedTuple

from pipeline.exporters.blocks.items import Items
from pipeline.exporters.blocks.phrases import Phrases
from pipeline.exporters.blocks.runs import muted, run, spaced, strong, warn
from pipeline.models.asking_back import FIRST, Asked, asking_back
from pipeline.models.document import Block, Entries, Entry, Heading, Line, Run
from pipeline.models.minutes import Question
from pipeline.models.spec import OpenQuestion


class Questions(NamedTuple):
    """All open questions of a meeting."""

    first: tuple[Asked, ...]
    parked: tuple[Asked, ...]
    ours: tuple[Asked, ...]
    """Those that only our side can answer."""


def open_questions(items: Items) -> Questions:
    """What to ask the client first, what to park, and what only our side can answer."""
    project = items.view.project
    raised = items.shown(items.view.minutes.questions)
    ours = [one for one in raised if project.side_of(one.who) == "us"]
    theirs = [one for one in raised if one not in ours]
    ordered = asking_back(theirs, items.view.specs)
    return Questions(
        ordered[:FIRST], ordered[FIRST:], tuple(Asked(question, None) for question in ours)
    )


def question_blocks(items: Items) -> tuple[Block, ...]:
    """The sections of open questions; none where nothing is open."""
    say = items.phrases
    every = open_questions(items)
    blocks: list[Block] = []
    key = "questions" if items.ours else "client_questions"
    for level, section, questions in (
        (2, key, every.first),
        (3, "parked", every.parked),
        (2, "our_questions", every.ours),
    ):
        if questions:
            blocks.append(Heading(level=3 if level == 3 else 2, text=say(f"section.{section}")))
            start = FIRST + 1 if section == "parked" else 1
            entries = (_entry(one, n, items) for n, one in enumerate(questions, start))
            blocks.append(Entries(items=tuple(entries)))
    return tuple(blocks)


def _entry(asked: Asked, number: int, items: Items) -> Entry:
    say = items.phrases
    question = asked.question
    if isinstance(question, Question):
        who = muted(question.who or "")
        return items.entry(question, who).with_(ref=str(number))
    spec = asked.spec
    about = say("spec.summary_line", id=spec.id, title=spec.title) if spec else ""
    blocking = warn(say("mark.blocking")) if question.blocking else None
    line = spaced(run(question.question), blocking, muted(about))
    return Entry(ref=str(number), line=line, notes=choices(question, say))


def choices(question: OpenQuestion, say: Phrases) -> tuple[Line, ...]:
    """Why it is asked, and the answers to choose from with the one we recommend."""
    notes: list[Line] = []
    if question.why_it_matters:
        notes.append(say.labelled("label.why", run(question.why_it_matters)))
    options = [run(option) for option in question.options]
    if options:
        notes.append(say.labelled("label.options", *_slashed(options)))
    if question.recommended:
        notes.append(say.labelled("label.recommended", strong(question.recommended)))
    return tuple(notes)


def _slashed(runs: list[Run]) -> Iterator[Run]:
    for n, one in enumerate(runs):
        if n:
            yield muted(" / ")
        yield one
