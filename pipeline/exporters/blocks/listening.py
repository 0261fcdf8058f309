"""A spec as the client reads it first: what we understood, what we go by, what we still ask."""

from collections.abc import Iterator, Sequence

from pipeline.exporters.blocks.phrases import Phrases
from pipeline.exporters.blocks.questions import asking_for, choices, where_asked
from pipeline.exporters.blocks.runs import done, muted, plain, run, spaced, strong, warn
from pipeline.models.asking_back import AskingBack, Place
from pipeline.models.client_view import ClientView
from pipeline.models.document import Block, Bullets, Entries, Entry, Heading, Line, Paragraph
from pipeline.models.minutes import Ask
from pipeline.models.restating import assumed, restated
from pipeline.models.spec import FeatureSpec, OpenQuestion
from pipeline.words.loader import say as say_word


def listening_blocks(
    spec: FeatureSpec, asks: Sequence[Ask], view: ClientView, say: Phrases
) -> Iterator[Block]:
    """Restate, confirm, then ask for the detail."""
    understood = restated(spec, asks, view.speech)
    going_by = assumed(spec, asks, view.speech)
    if understood or going_by:
        yield Heading(level=2, text=say("spec.understood"))
    if understood:
        yield Paragraph(line=plain(understood))
    if going_by:
        yield Paragraph(line=(muted(say_word("asking.assumed", spec.language)),))
        yield Bullets(items=tuple(map(plain, going_by)))
    yield from _asked(spec, asking_for(view), say)


def _asked(spec: FeatureSpec, asking: AskingBack, say: Phrases) -> Iterator[Block]:
    placed = [(one, asking.place(spec.id, one.id)) for one in spec.open_questions if not one.answer]
    now = [(one, place) for one, place in placed if place is None or place.number]
    waiting = [(one, place) for one, place in placed if place and not place.number]
    if now:
        yield Heading(level=2, text=say("spec.for_client"))
        yield Entries(items=tuple(_now(one, place, say) for one, place in now))
    if waiting:
        yield Heading(level=2, text=say("spec.waiting"))
        yield Bullets(items=tuple(_later(one, place, say) for one, place in waiting))
    answered = [one for one in spec.open_questions if one.answer]
    if answered:
        yield Heading(level=2, text=say("spec.answered"))
        yield Entries(items=tuple(_answered(one, say) for one in answered))


def _now(one: OpenQuestion, place: Place | None, say: Phrases) -> Entry:
    number = str(place.number) if place else one.id
    blocking = warn(say("mark.blocking")) if one.blocking else None
    notes = () if place and place.twin else choices(one, say)
    same = where_asked(place, say) if place and place.twin else ""
    line = spaced(run(_alone(one, place)), blocking, muted(same))
    return Entry(ref=number, line=line, notes=notes)


def _later(one: OpenQuestion, place: Place, say: Phrases) -> Line:
    until = ""
    if place.asked.parked and place.asked.parked.code == "go_on" and one.recommended:
        until = say_word("asking.go_on_with", say.language, answer=one.recommended)
    return spaced(run(_alone(one, place)), muted(until or where_asked(place, say)))


def _alone(one: OpenQuestion, place: Place | None) -> str:
    """The question without the name of the spec, which stands above it."""
    if place is None:
        return one.question
    every = (place.asked, *place.asked.also)
    return next((each.alone for each in every if each.question == one and each.alone), one.question)


def _answered(one: OpenQuestion, say: Phrases) -> Entry:
    answer = spaced(strong(one.answer or ""), muted(say.answered(one, ours=False)))
    return Entry(
        ref="",
        line=spaced(run(one.question), done(say("mark.answered"))),
        notes=(say.labelled("label.answer", *answer),),
    )
