"""A spec as a document: what developers need first is first, every value with its origin."""

from collections.abc import Iterator, Sequence

from pipeline.exporters.blocks.head import banner, facts, our_name
from pipeline.exporters.blocks.listening import listening_blocks
from pipeline.exporters.blocks.phrases import Phrases
from pipeline.exporters.blocks.questions import asking_for
from pipeline.exporters.blocks.runs import muted, plain, run, spaced, warn
from pipeline.exporters.blocks.slots import Slots
from pipeline.exporters.blocks.standing import standing_blocks
from pipeline.models.client_view import View
from pipeline.models.document import (
    Block,
    Cell,
    Column,
    Document,
    Fact,
    Facts,
    Heading,
    Paragraph,
    Run,
    Table,
)
from pipeline.models.minutes import Ask
from pipeline.models.spec import FeatureSpec
from pipeline.models.view import InternalView


def spec_document(spec: FeatureSpec, view: View) -> Document:
    """One spec by itself."""
    phrases = Phrases(spec.language, view.meeting)
    return Document(
        title=phrases("spec.summary_line", id=spec.id, title=spec.title),
        language=spec.language,
        running=f"{view.project.client} · {spec.id}",
        author=our_name(view) or "",
        date=view.meeting.date.isoformat() if view.meeting.date else None,
        blocks=(
            *banner(view, phrases, entries=[spec.uid]),
            *spec_blocks(spec, view, phrases),
            Paragraph(line=(muted(phrases("legend.origins")),)),
        ),
    )


def specs_document(view: View) -> Document:
    """All specs of a meeting, with a list of them in front."""
    phrases = Phrases(view.minutes.language, view.meeting)
    title = view.meeting.title
    shown = [spec for spec in view.specs if spec.review != "rejected"]
    blocks: list[Block] = [
        *banner(view, phrases, entries=[spec.uid for spec in shown]),
        facts(view, phrases),
        *_contents(shown, phrases),
        Paragraph(line=(muted(phrases("legend.origins")),)),
    ]
    for spec in shown:
        heading = phrases("spec.summary_line", id=spec.id, title=spec.title)
        blocks += [
            Heading(level=1, text=heading, anchor=spec.id),
            *spec_blocks(spec, view, Phrases(spec.language, view.meeting)),
        ]
    return Document(
        title=phrases("specs_of", title=title) if title else phrases("specs"),
        language=view.minutes.language,
        running=" · ".join(part for part in (view.project.client, title) if part != "default"),
        author=our_name(view) or "",
        date=view.meeting.date.isoformat() if view.meeting.date else None,
        blocks=tuple(blocks),
    )


def _contents(specs: Sequence[FeatureSpec], phrases: Phrases) -> Iterator[Block]:
    if not specs:
        yield Paragraph(line=plain(phrases("none")))
        return
    columns = [("label.ref", 10), ("spec.title", 50), ("label.state", 20)]
    rows = []
    for spec in specs:
        cells = (
            (muted(spec.id),),
            plain(spec.title),
            spaced(
                muted(phrases(f"spec.status_{spec.status}")),
                to_answer(spec, phrases),
            ),
        )
        rows.append(tuple(Cell(lines=(line,)) for line in cells))
    yield Heading(level=2, text=phrases("section.contents"))
    yield Table(
        columns=tuple(Column(title=phrases(title), share=share) for title, share in columns),
        rows=tuple(rows),
    )


def to_answer(spec: FeatureSpec, phrases: Phrases) -> Run | None:
    """How many questions are open, and whether work waits for them."""
    open_ = [one for one in spec.open_questions if not one.answer]
    blocking = [one for one in open_ if one.blocking]
    if blocking:
        return warn(phrases("spec.blocking_count", count=len(blocking)))
    if open_:
        return muted(phrases("spec.open_count", count=len(open_)))
    return None


def spec_blocks(spec: FeatureSpec, view: View, phrases: Phrases) -> tuple[Block, ...]:
    """Everything of a spec below its title."""
    ours = view.audience == "internal"
    slots = Slots(spec, phrases, ours=ours)
    asks = [ask for ask in view.minutes.asks if ask.id in spec.asks and ask.review != "rejected"]
    return (
        _head(spec, asks, view, phrases),
        *(() if isinstance(view, InternalView) else listening_blocks(spec, asks, view, phrases)),
        *slots.fields(),
        *slots.entries("rules"),
        *slots.permissions(),
        *slots.acceptance(),
        *slots.purpose(),
        *slots.entries("limits"),
        *slots.entries("errors"),
        *slots.entries("behaviours"),
        *standing_blocks(spec, phrases, asking_for(view) if ours else None),
    )


def _head(spec: FeatureSpec, asks: Sequence[Ask], view: View, phrases: Phrases) -> Facts:
    """Where it comes from and how it stands; our own judgements only for our own people."""
    ours = view.audience == "internal"
    project, meeting = view.project, view.meeting
    day = meeting.date.isoformat() if meeting.date else ""
    call = (project.system, meeting.title, day)
    rows = [("label.meeting", spaced(*(run(part) for part in call)))]
    for ask in asks:
        said = client_words(ask)
        by_client = any(one.side == "client" for one in ask.evidence)
        asked = "spec.asked" if by_client else "spec.asked_open"
        asked = "spec.asked_note" if phrases.noted(ask.evidence) else asked
        label, text = (asked, phrases.quoted(said)) if said else ("sheet.ask", ask.text)
        rows.append((label, spaced(run(text), muted(ask.id))))
    status = run(phrases(f"spec.status_{spec.status}"))
    codes = dict.fromkeys(code.partition(":")[0] for code in spec.stale)
    stale = [warn(phrases(f"stale.{code}")) for code in codes] if ours else []
    rows.append(("label.state", spaced(status, to_answer(spec, phrases), *stale)))
    kind = run(phrases(f"ask_kind.{spec.kind}"))
    fit = run(phrases(f"fit.{spec.fit}")) if ours else None
    priority = next((ask.priority for ask in asks if ask.priority != "unknown"), None)
    rank = run(phrases(f"priority.{priority}")) if priority else None
    rows.append(("label.kind", spaced(kind, rank, fit if fit != kind else None)))
    if ours and spec.fit_line:
        rows.append(("label.fit_line", plain(spec.fit_line)))
    if ours or spec.scope.verdict == "in":
        tone = run if spec.scope.verdict == "in" else warn
        rows.append(("label.scope", (tone(phrases.scope(spec.scope)),)))
    if spec.supersedes:
        rows.append(("spec.supersedes", plain(spec.supersedes)))
    if ours and spec.effort.days is not None and spec.effort.by:
        days = f"{spec.effort.days:g}"
        rows.append(
            ("label.effort", plain(phrases("label.effort_days", days=days, by=spec.effort.by)))
        )
    return Facts(rows=tuple(Fact(label=phrases(label), line=line) for label, line in rows))


def client_words(ask: Ask) -> str:
    """The ask as the client put it: what it was recognised by, else the first that is not ours."""
    said = [one.quote for one in ask.evidence if one.good and one.side != "us"]
    named = (one for one in said if ask.raw_quote and ask.raw_quote in one)
    return next(named, said[0] if said else "")
