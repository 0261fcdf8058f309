"""Open questions: the few that go out first, the rest parked where everyone can see them."""

from collections.abc import Iterator
from typing import NamedTuple

from pipeline.exporters.blocks.items import Items
from pipeline.exporters.blocks.phrases import Phrases
from pipeline.exporters.blocks.runs import muted, run, spaced, strong, warn
from pipeline.models.document import Block, Entries, Entry, Heading, Line, Run
from pipeline.models.minutes import Question
from pipeline.models.spec import FeatureSpec, OpenQuestion

FIRST = 8
"""Nobody answers forty questions: at most this many go out at once."""


class Asked(NamedTuple):
    """A question still open: raised in the call, or needed by a spec."""

    question: Question | OpenQuestion
    spec: FeatureSpec | None

    @property
    def blocking(self) -> bool:
        """Whether work cannot begin before it is answered."""
        return isinstance(self.question, OpenQuestion) and self.question.blocking


class Questions(NamedTuple):
    """All open questions of a meeting."""

    first: tuple[Asked, ...]
    parked: tuple[Asked, ...]
    ours: tuple[Asked, ...]
    """Those that only our side can answer."""


def open_questions(items: Items) -> Questions:
    """Blocking ones first, then what was left open in the call, then the rest."""
    project = items.view.project
    raised = [Asked(one, None) for one in items.shown(items.view.minutes.questions)]
    ours = [one for one in raised if project.side_of(_who(one)) == "us"]
    theirs = [one for one in raised if one not in ours]
    needed = [
        Asked(question, spec)
        for spec in items.view.specs
        if spec.review != "rejected" and spec.status not in ("superseded", "dropped")
        for question in spec.open_questions
        if not question.answer
    ]
    blocking = [one for one in needed if one.blocking]
    ordered = (*_in_turn(blocking), *theirs, *_in_turn([o for o in needed if not o.blocking]))
    return Questions(tuple(ordered[:FIRST]), tuple(ordered[FIRST:]), tuple(ours))


def _who(asked: Asked) -> str | None:
    return asked.question.who if isinstance(asked.question, Question) else None


def _in_turn(questions: list[Asked]) -> Iterator[Asked]:
    """One of each spec, then the second of each: no spec has all the room for itself."""
    rounds: dict[str, int] = {}
    turns = []
    for one in questions:
        spec = one.spec.id if one.spec else ""
        rounds[spec] = rounds.get(spec, 0) + 1
        turns.append((rounds[spec], one))
    yield from (one for _, one in sorted(turns, key=lambda turn: turn[0]))


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
