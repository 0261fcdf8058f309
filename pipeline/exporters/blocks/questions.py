"""Open questions: the few that go out first, the rest parked where everyone can see them."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from pipeline.exporters.blocks.items import Items
from pipeline.exporters.blocks.phrases import Phrases
from pipeline.exporters.blocks.runs import muted, run, spaced, strong, warn
from pipeline.models.asked_once import Asked
from pipeline.models.asking_back import AskingBack, Place, asking_of
from pipeline.models.client_view import ClientView, View
from pipeline.models.document import Block, Bullets, Entries, Entry, Heading, Line, Paragraph, Run
from pipeline.models.minutes import Question
from pipeline.models.spec import OpenQuestion
from pipeline.words.loader import say as say_word

TITLE = 24
"""Characters of a title that stands behind a question."""


MOST = 12
"""Questions that wait for one reason and stand in the client's minutes one by one."""


class Questions(NamedTuple):
    """All open questions of a meeting."""

    first: tuple[Asked, ...]
    parked: tuple[Asked, ...]
    ours: tuple[Asked, ...]
    """Those that only our side can answer."""


def open_questions(items: Items) -> Questions:
    """What to ask the client first, what to park, and what only our side can answer."""
    asking = asking_for(items.view)
    side_of = items.view.project.side_of
    raised = items.shown(items.view.minutes.questions)
    ours = (one for one in raised if side_of(one.who) == "us")
    return Questions(asking.first, asking.parked, tuple(Asked(question, None) for question in ours))


def asking_for(view: View) -> AskingBack:
    """What goes to the client, and what waits."""
    known = view.left_open if isinstance(view, ClientView) else None
    return asking_of(view.minutes, view.specs, view.project, known)


def question_blocks(items: Items) -> tuple[Block, ...]:
    """The sections of open questions; none where nothing is open."""
    say = items.phrases
    every = open_questions(items)
    blocks: list[Block] = []
    if every.first:
        key = "questions" if items.ours else "client_questions"
        blocks.append(Heading(level=2, text=say(f"section.{key}")))
        blocks.append(_entries(every.first, items))
    if every.parked:
        blocks.append(Heading(level=3, text=say("section.parked")))
        blocks += parked_blocks(every.parked, say, most=None if items.ours else MOST)
    if every.ours:
        blocks += (Heading(level=2, text=say("section.our_questions")), _entries(every.ours, items))
    return tuple(blocks)


def _entries(questions: Iterable[Asked], items: Items) -> Entries:
    return Entries(items=tuple(_entry(one, n, items) for n, one in enumerate(questions, 1)))


def _entry(asked: Asked, number: int, items: Items) -> Entry:
    say = items.phrases
    question = asked.question
    if isinstance(question, Question):
        who = muted(question.who or "")
        return items.entry(question, who).with_(ref=str(number))
    blocking = warn(say("mark.blocking")) if asked.blocking else None
    line = spaced(run(asked.alone), blocking, muted(about(asked, say)))
    return Entry(ref=str(number), line=line, notes=choices(question, say))


def about(asked: Asked, say: Phrases) -> str:
    """The specs that need the answer, by number and the beginning of the title."""
    return say.joined(
        say("spec.summary_line", id=one.id, title=_cut(one.title)) for one in asked.specs
    )


def _cut(title: str) -> str:
    return title if len(title) <= TITLE else title[: TITLE - 1].rstrip() + "…"


def parked_blocks(
    parked: Iterable[Asked], say: Phrases, *, most: int | None = None
) -> Iterator[Block]:
    """Those that wait, below the reason that they share, a line each.

    Of more than `most` that a spec tells anyway, only how many there are.
    """
    reasons: dict[str, list[Asked]] = {}
    for one in parked:
        if one.parked:
            reasons.setdefault(one.parked.in_words(say.language), []).append(one)
    for reason, group in reasons.items():
        yield Paragraph(line=(muted(reason + say("colon").rstrip()),))
        long = most is not None and len(group) > most
        shown = [one for one in group if not long or not one.specs]
        rest = len(group) - len(shown)
        further = say_word("asking.in_specs", say.language, count=rest)
        lines = [_waiting(one, say) for one in shown] + ([(muted(further),)] if rest else [])
        yield Bullets(items=tuple(lines))


def _waiting(one: Asked, say: Phrases) -> Line:
    names = muted(say.joined(spec.id for spec in one.specs))
    until = ""
    if one.parked and one.parked.code == "go_on":
        until = say_word("asking.go_on_with", say.language, answer=one.parked.answer)
    return spaced(names, run(one.alone), muted(until))


def where_asked(place: Place, say: Phrases) -> str:
    """Under which number it goes to the client, or why it waits."""
    if place.asked.parked is not None:
        if place.asked.parked.code == "next_round":
            return say_word("asking.next_one", say.language)
        return place.asked.parked.in_words(say.language)
    key = "asking.same" if place.twin else "asking.number"
    return say_word(key, say.language, number=place.number)


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
