"""The values of a spec: fields, rules, permissions, acceptance and why it is wanted."""

from collections.abc import Iterator

from pipeline.exporters.blocks.phrases import Phrases
from pipeline.exporters.blocks.runs import code, muted, plain, run, spaced
from pipeline.models.answering import question_behind
from pipeline.models.document import (
    Block,
    Cell,
    Column,
    Entries,
    Entry,
    Heading,
    Line,
    Run,
    Table,
)
from pipeline.models.slots import FACT_ORIGINS, Permission, Slot, SpecField
from pipeline.models.spec import Acceptance, FeatureSpec
from pipeline.words.loader import say as say_word


class Slots:
    """How the values of one spec stand on the page."""

    def __init__(self, spec: FeatureSpec, phrases: Phrases, *, ours: bool) -> None:
        """Know the spec and who reads it."""
        self.spec = spec
        self.phrases = phrases
        self.ours = ours

    def heading(self, key: str) -> Heading:
        """A heading of a part of the spec."""
        return Heading(level=2, text=self.phrases(f"spec.{key}"))

    def source(self, one: Slot | SpecField | Permission) -> Line:
        """The origin of a value and the times it was said at."""
        times = self.phrases.joined(self.phrases.times(one.evidence))
        return spaced(self.origin(one), muted(times))

    def origin(self, one: Slot | SpecField | Permission) -> Run:
        """Where a value comes from; of an answer, who gave it."""
        question = question_behind(one, self.spec) if isinstance(one, Slot) else None
        if question is not None:
            return self.phrases.answer(question)
        return self.phrases.origin(one.origin, one.evidence)

    def text(self, slot: Slot) -> str:
        """The value as words."""
        if slot.value is None:
            return self.phrases("spec.nothing_said")
        if isinstance(slot.value, bool):
            return self.phrases("spec.yes" if slot.value else "spec.no")
        return slot.value

    def _table(
        self, columns: tuple[tuple[str, int], ...], rows: Iterator[tuple[Line | Cell, ...]]
    ) -> Table:
        return Table(
            columns=tuple(Column(title=self.phrases(key), share=share) for key, share in columns),
            rows=tuple(tuple(_cell(content) for content in row) for row in rows),
        )

    def fields(self) -> tuple[Block, ...]:
        """The data fields, beside the columns of the deployed system."""
        if not self.spec.data_fields:
            return ()
        columns = (
            ("spec.field", 18),
            ("spec.column", 40),
            ("spec.required", 13),
            ("spec.example", 22),
            ("label.source", 20),
        )
        rows = (self._field(one) for one in self.spec.data_fields)
        return (self.heading("fields"), self._table(columns, rows))

    def _field(self, one: SpecField) -> tuple[Line | Cell, ...]:
        none = muted(self.phrases("spec.no_column"))
        column = code(one.name) if one.name else none
        return (
            plain(one.label),
            Cell(lines=((column,), *(((muted(one.type),),) if one.type else ()))),
            self.required(one.required),
            self.example(one.example),
            self.source(one),
        )

    def required(self, slot: Slot) -> Line:
        """Whether a field must be there."""
        if slot.value is None:
            return (muted(self.phrases("spec.nothing_said")),)
        key = "spec.field_no" if slot.value is False else "spec.field_yes"
        return self._assumed(slot, self.phrases(key))

    def example(self, slot: Slot) -> Line:
        """An example value; nothing where none is known."""
        return self._assumed(slot, self.text(slot)) if slot.value is not None else plain("")

    def _assumed(self, slot: Slot, text: str) -> Line:
        """The value; with its origin where nobody said it."""
        return spaced(run(text), None if slot.origin in FACT_ORIGINS else self.origin(slot))

    def entries(self, name: str) -> tuple[Block, ...]:
        """Values of one kind below each other, with the words they rest on."""
        slots: tuple[Slot, ...] = getattr(self.spec, name)
        entries = tuple(self._entry(str(n), slot) for n, slot in enumerate(slots, 1))
        return (self.heading(name), Entries(items=entries)) if entries else ()

    def _entry(self, ref: str, slot: Slot) -> Entry:
        say = self.phrases
        origin = self.origin(slot)
        return Entry(
            ref=ref,
            line=(origin,) if slot.value is None else spaced(run(self.text(slot)), origin),
            quotes=say.quotes(slot.evidence),
        )

    def permissions(self) -> tuple[Block, ...]:
        """Who may see, use and export it."""
        if not self.spec.permissions:
            return ()
        columns = (
            ("spec.role", 24),
            ("spec.see", 12),
            ("spec.do", 12),
            ("spec.export", 12),
            ("label.source", 30),
        )
        rows = (
            (plain(one.role), *map(self._right, (one.see, one.do, one.export)), self.source(one))
            for one in self.spec.permissions
        )
        return (self.heading("permissions"), self._table(columns, rows))

    def _right(self, right: bool | None) -> Line:
        if right is None:
            return (muted(self.phrases("spec.nothing_said")),)
        return plain(self.phrases("spec.yes" if right else "spec.no"))

    def acceptance(self) -> tuple[Block, ...]:
        """What a client or a tester can try out."""
        if not self.spec.acceptance:
            return ()
        columns = (("spec.case", 13), ("spec.given", 27), ("spec.when", 23), ("spec.then", 37))
        rows = (
            (
                (muted(self.phrases(f"spec.{one.kind}")),),
                plain(one.given),
                plain(one.when),
                plain(one.then),
            )
            for one in self.cases()
        )
        return (self.heading("acceptance"), self._table(columns, rows))

    def cases(self) -> tuple[Acceptance, ...]:
        """The cases; the client, whose questions bear other numbers, reads "by your answer"."""
        if self.ours:
            return self.spec.acceptance
        return tuple(one.with_(then=self._by_reply(one.then)) for one in self.spec.acceptance)

    def _by_reply(self, then: str) -> str:
        """What then happens, with the question itself in place of its short id."""
        language = self.spec.language
        reply = say_word("cases.then_reply", language, question="")
        for one in self.spec.open_questions:
            own = say_word("cases.then_answer", language, id=one.id, question="")
            then = then.replace(own.rstrip(), reply.rstrip())
        return then

    def purpose(self) -> tuple[Block, ...]:
        """Why it is wanted, by whom, what starts it and what comes out."""
        spec = self.spec
        named = [("goal", spec.goal), ("pain", spec.pain), ("trigger", spec.trigger)]
        named += [("actors", one) for one in spec.actors] or [("actors", Slot())]
        named.append(("format", spec.format))
        entries = [
            self._entry(self.phrases(f"spec.{key}"), slot)
            for key, slot in named
            if self.ours or slot.value is not None
        ]
        return (self.heading("purpose"), Entries(items=tuple(entries))) if entries else ()


def _cell(content: Line | Cell) -> Cell:
    return content if isinstance(content, Cell) else Cell(lines=(content,))
