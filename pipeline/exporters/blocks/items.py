"""Decisions, asks, actions and risks: each with its state in words and what was said."""

from collections.abc import Iterable, Iterator, Sequence
from typing import TypeVar

from pipeline.exporters.blocks.phrases import Phrases
from pipeline.exporters.blocks.runs import accent, done, muted, run, spaced, struck, warn
from pipeline.models.client_view import View
from pipeline.models.document import Block, Cell, Column, Entries, Entry, Line, Run, Table
from pipeline.models.minutes import Action, Ask, Conflict, Decision, Item, Risk
from pipeline.models.together import circular, replaced

_Item = TypeVar("_Item", bound=Item)


class Items:
    """How the items of one view stand on the page."""

    def __init__(self, view: View, phrases: Phrases) -> None:
        """Know who reads, and in what language."""
        self.view = view
        self.phrases = phrases
        self.ours = view.audience == "internal"
        self.titles = {spec.id: spec.title for spec in view.specs if spec.review != "rejected"}
        self.rejected = {spec.id for spec in view.specs if spec.review == "rejected"}
        self.rejected |= {item.id for _, item in view.minutes.items() if item.review == "rejected"}

    def shown(self, items: Iterable[_Item]) -> list[_Item]:
        """Without what a person rejected; for us, what no words prove comes first."""
        kept = [item for item in items if item.review != "rejected"]
        if not self.ours:
            return kept
        return sorted(kept, key=lambda item: not (_unproved(item) and self._open(item)))

    def _open(self, item: Item) -> bool:
        return item.uid not in self.view.approved

    def marks(self, item: Item) -> Iterator[Run]:
        """What a reader must know of the item beside its text."""
        say = self.phrases
        if item.review == "needs_client":
            yield accent(say("mark.needs_client" if self.ours else "mark.confirm"))
        if not self.ours:
            return
        if _unproved(item) and not item.evidence:
            yield warn(say("match.missing"))
        for code in dict.fromkeys(one.partition(":")[0] for one in item.stale):
            yield warn(say(f"stale.{code}"))
        if item.visibility == "internal":
            yield warn(say("mark.internal"))
        if item.not_for:
            names = say.joined(item.not_for)
            yield warn(say("mark.not_for", names=names))
        if not self._open(item) and not self.view.minutes.reviewed:
            yield done(say("mark.approved"))

    def entry(
        self,
        item: Item,
        *states: Run | None,
        notes: Sequence[Line] = (),
        gone: bool = False,
    ) -> Entry:
        """An item: its text, its marks, what belongs to it and the words."""
        text = (struck if gone else run)(item.text)
        return Entry(
            ref=item.id,
            line=spaced(text, *states, *self.marks(item)),
            notes=tuple(notes),
            quotes=self.phrases.quotes(item.evidence),
        )

    def decisions(self, decisions: Sequence[Decision]) -> tuple[Block, ...]:
        """What was settled, for now or for good."""
        shown = self.shown(decisions)
        later, circles = replaced(shown), circular(shown)
        return _entries(
            self._decision(one, later.get(one.id), circles.get(one.id, ())) for one in shown
        )

    def _decision(self, one: Decision, replaced_by: str | None, circle: Sequence[str]) -> Entry:
        say = self.phrases
        tone = {"agreed": done, "rejected": muted}.get(one.state, warn)
        state = tone(say(f"state.{one.state}"))
        if replaced_by:
            state = warn(say("mark.superseded_by", id=replaced_by))
        told = one.supersedes and one.supersedes not in self.rejected
        replaces = say("mark.supersedes", id=one.supersedes) if told else ""
        round_ = (
            warn(say("mark.circle", ids=" → ".join((*circle, circle[0]))))
            if circle and self.ours
            else None
        )
        by = muted(one.by or "")
        return self.entry(one, state, by, muted(replaces), round_, gone=replaced_by is not None)

    def asks(self, asks: Sequence[Ask]) -> tuple[Block, ...]:
        """What the client wants and did not take back."""
        return _entries(self._ask(one) for one in self.shown(asks) if one.status != "withdrawn")

    def withdrawn(self, asks: Sequence[Ask]) -> tuple[Block, ...]:
        """What the client asked for and took back, with the words."""
        return _entries(
            self.entry(one, self._status(one), gone=True)
            for one in self.shown(asks)
            if one.status == "withdrawn"
        )

    def _ask(self, ask: Ask) -> Entry:
        say = self.phrases
        about = [muted(say(f"ask_kind.{ask.kind}"))]
        if ask.priority != "unknown":
            by = say.bracketed(ask.priority_by or "")
            about.append(muted(say(f"priority.{ask.priority}") + by))
        if ask.scope.verdict != "unclear":
            tone = warn if ask.scope.verdict == "out" else muted
            about.append(tone(say.scope(ask.scope)))
        notes = [spaced(*about)]
        if ask.pain:
            notes.append(say.labelled("label.pain", run(ask.pain)))
        return self.entry(ask, self._spec(ask), self._status(ask), notes=notes)

    def _status(self, ask: Ask) -> Run | None:
        say = self.phrases
        if ask.status == "live":
            return None
        if ask.status == "duplicate" and ask.duplicate_of not in (None, *self.rejected):
            return warn(say("ask.duplicate_of", id=ask.duplicate_of))
        tone = done if ask.status == "already_supported" else warn
        return tone(say(f"ask.{ask.status}"))

    def _spec(self, ask: Ask) -> Run | None:
        if not ask.spec or ask.spec in self.rejected:
            return None
        title = self.titles.get(ask.spec)
        key = "ask.spec" if title and title != ask.text else "ask.spec_only"
        return accent(self.phrases(key, id=ask.spec, title=title or ""))

    def actions(self, actions: Sequence[Action]) -> tuple[Block, ...]:
        """Who does what by when, in the words of the call and as a date."""
        shown = self.shown(actions)
        if not shown:
            return ()
        titles = (("ref", 8), ("who", 15), ("what", 55), ("when", 22))
        columns = tuple(Column(title=self.phrases(f"label.{t}"), share=n) for t, n in titles)
        return (Table(columns=columns, rows=tuple(self._action(one) for one in shown)),)

    def _action(self, one: Action) -> tuple[Cell, ...]:
        say = self.phrases
        who = run(one.owner) if one.owner else warn(say("label.no_owner"))
        soft = warn(say("mark.soft")) if one.weak and self.ours else None
        lines = [spaced(run(one.text), soft, self._progress(one), *self.marks(one))]
        if one.deliverable and one.deliverable.casefold() not in one.text.casefold():
            lines.append(say.labelled("label.deliverable", run(one.deliverable)))
        return (
            Cell(lines=((muted(one.id),),)),
            Cell(lines=((who,),)),
            Cell(lines=tuple(lines), quotes=say.quotes(one.evidence)),
            Cell(lines=self.when(one)),
        )

    def when(self, one: Action) -> tuple[Line, ...]:
        """The date first, then the words it was made of."""
        say = self.phrases
        lines: list[Line] = []
        if one.due_date:
            lines.append((run(say.iso_date(one.due_date)),))
        if one.due_verbatim:
            lines.append((muted(say.quoted(one.due_verbatim)),))
        return tuple(lines) or ((warn(say("label.no_due")),),)

    def _progress(self, one: Action) -> Run | None:
        if one.progress == "open":
            return None
        tone = done if one.progress in ("done", "accepted") else accent
        return tone(self.phrases(f"progress.{one.progress}"))

    def risks(self, risks: Sequence[Risk]) -> tuple[Block, ...]:
        """What may go wrong."""
        return _entries(self._risk(one) for one in self.shown(risks))

    def _risk(self, one: Risk) -> Entry:
        say = self.phrases
        states = [muted(say(f"risk_kind.{one.kind}"))]
        for label, level in (("likelihood", one.likelihood), ("impact", one.impact)):
            if level != "unknown":
                text = say(f"label.{label}") + say("colon") + say(f"level.{level}")
                states.append((warn if level == "high" else muted)(text))
        return self.entry(one, *states)


def _unproved(item: Item) -> bool:
    """Whether no words prove it; a conflict is proved by the words of its two sides."""
    if isinstance(item, Conflict):
        return not all(any(one.good for one in side.evidence) for side in (item.a, item.b))
    return item.doubtful


def _entries(entries: Iterable[Entry]) -> tuple[Block, ...]:
    items = tuple(entries)
    return (Entries(items=items),) if items else ()
