"""The fields, the questions and the actions: a row for each."""

from collections.abc import Iterator

from pipeline.exporters.blocks.questions import open_questions
from pipeline.exporters.blocks.slots import Slots
from pipeline.exporters.xlsx.book import Sheet
from pipeline.exporters.xlsx.pages import Pages, Row, lines
from pipeline.models.asked_once import Asked
from pipeline.models.document import Line
from pipeline.models.minutes import Action, Question


def fields(pages: Pages) -> Sheet:
    """Every data field of every spec."""
    columns = [
        ("sheet.spec", 7),
        ("sheet.spec_title", 26),
        ("spec.field", 18),
        ("spec.column", 28),
        ("sheet.column_type", 15),
        ("spec.required", 12),
        ("spec.example", 20),
        ("label.source", 12),
        ("sheet.times", 13),
        ("label.evidence", 46),
    ]
    return pages.sheet("fields", columns, _field_rows(pages), fixed=3)


def _field_rows(pages: Pages) -> Iterator[Row]:
    say = pages.say
    for spec in pages.specs:
        slots = Slots(spec, say, ours=pages.ours)
        for one in spec.data_fields:
            yield (
                spec.id,
                spec.title,
                one.label,
                one.name or say("spec.no_column"),
                one.type or "",
                _text(slots.required(one.required)),
                _text(slots.example(one.example)),
                say.origin(one.origin, one.evidence).text,
                pages.times(one.evidence),
                pages.words(one.evidence),
            )


def questions(pages: Pages) -> Sheet:
    """Every question: what to ask first, what waits, and what was answered."""
    columns = [
        ("label.ref", 7),
        ("sheet.when", 20),
        ("sheet.question", 46),
        ("label.why", 34),
        ("label.options", 30),
        ("label.recommended", 24),
        ("sheet.blocking", 12),
        ("sheet.spec", 7),
        ("sheet.spec_title", 26),
        ("label.can_answer", 12),
        ("label.answer", 30),
        ("sheet.answered_at", 14),
    ]
    return pages.sheet("questions", columns, _question_rows(pages), fixed=3)


def _question_rows(pages: Pages) -> Iterator[Row]:
    every = open_questions(pages.items)
    answered = tuple(
        Asked(one, spec) for spec in pages.specs for one in spec.open_questions if one.answer
    )
    number = 0
    for when, questions in (
        ("first", every.first),
        ("parked", every.parked),
        ("ours", every.ours),
        ("answered", answered),
    ):
        for one in questions:
            number += 1
            told = one.parked.in_words(pages.say.language) if one.parked else ""
            placed = pages.say(f"sheet.{when}") + (pages.say("colon") + told if told else "")
            yield _question(pages, number, placed, one)


def _question(pages: Pages, number: int, when: str, asked: Asked) -> Row:
    question = asked.question
    about = (
        pages.say.joined(spec.id for spec in asked.specs),
        lines(spec.title for spec in asked.specs),
    )
    if isinstance(question, Question):
        words = pages.words(question.evidence)
        text = question.text
        return (str(number), when, text, words, "", "", "", *about, question.who or "", "", "")
    return (
        str(number),
        when,
        asked.text,
        question.why_it_matters,
        lines(question.options),
        question.recommended or "",
        pages.say("sheet.yes") if asked.blocking else "",
        *about,
        pages.say.answered(question, ours=pages.ours) if question.answer else "",
        question.answer or "",
        (question.answered_at or "")[:10],
    )


def actions(pages: Pages) -> Sheet:
    """Who does what by when."""
    columns = [
        ("label.ref", 7),
        ("label.who", 14),
        ("label.what", 46),
        ("label.deliverable", 22),
        ("sheet.due_date", 14),
        ("sheet.due_words", 20),
        *([("sheet.soft", 12)] if pages.ours else []),
        ("label.progress", 12),
        ("sheet.times", 13),
        ("label.evidence", 56),
    ]
    rows = (_action(pages, one) for one in pages.items.shown(pages.view.minutes.actions))
    return pages.sheet("actions", columns, rows, fixed=3)


def _action(pages: Pages, one: Action) -> Row:
    say = pages.say
    return (
        one.id,
        one.owner or say("label.no_owner"),
        one.text,
        one.deliverable or "",
        one.due_date or ("" if one.due_verbatim else say("label.no_due")),
        one.due_verbatim or "",
        *([say("mark.soft") if one.weak else ""] if pages.ours else []),
        say(f"progress.{one.progress}"),
        pages.times(one.evidence),
        pages.words(one.evidence),
    )


def _text(line: Line) -> str:
    return "".join(run.text for run in line)
