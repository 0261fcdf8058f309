"""Minutes as a document: conclusion first, then the points, then what they mean for whom."""

from pipeline.exporters.blocks.conclusion import conclusion
from pipeline.exporters.blocks.head import banner, facts, our_name
from pipeline.exporters.blocks.items import Items
from pipeline.exporters.blocks.ours import internal_blocks
from pipeline.exporters.blocks.phrases import Phrases
from pipeline.exporters.blocks.questions import open_questions, question_blocks
from pipeline.exporters.blocks.runs import muted, plain, run, warn
from pipeline.models.client_view import View
from pipeline.models.document import Block, Bullets, Document, Heading, Line, Paragraph
from pipeline.models.frozen import standing_topics
from pipeline.models.item import Topic
from pipeline.models.minutes import Action

NEXT = 3
"""Actions named in the summary; the table has all of them."""


def minutes_document(view: View) -> Document:
    """The minutes, for our own people or for the client."""
    phrases = Phrases(view.minutes.language, view.meeting)
    items = Items(view, phrases)
    title = view.meeting.title
    return Document(
        title=phrases.by_kind("minutes_of", title=title) if title else phrases.by_kind("minutes"),
        language=view.minutes.language,
        running=" · ".join(part for part in (view.project.client, title) if part != "default"),
        author=our_name(view) or "",
        date=view.meeting.date.isoformat() if view.meeting.date else None,
        blocks=(
            *banner(view, phrases, entries=_entries(view)),
            facts(view, phrases),
            *_summary(items),
            *_sections(view, items),
            *question_blocks(items),
            *(internal_blocks(view, items) if view.audience == "internal" else ()),
            *_legend(items),
        ),
    )


def _entries(view: View) -> list[str]:
    return [item.uid for _, item in view.minutes.items() if item.review != "rejected"]


def _sections(view: View, items: Items) -> list[Block]:
    minutes = view.minutes
    blocks: list[Block] = []
    for section, level, found in (
        ("decisions", 2, items.decisions(minutes.decisions)),
        ("asks" if items.ours else "client_asks", 2, items.asks(minutes.asks)),
        ("withdrawn", 3, items.withdrawn(minutes.asks)),
        ("actions", 2, items.actions(minutes.actions)),
        ("risks", 2, items.risks(minutes.risks)),
    ):
        if found:
            heading = items.phrases(f"section.{section}")
            blocks += [Heading(level=3 if level == 3 else 2, text=heading), *found]
    return blocks


def _summary(items: Items) -> list[Block]:
    """总-分-总: the conclusion; the points; what comes next."""
    say = items.phrases
    blocks: list[Block] = [Heading(level=2, text=say("section.summary")), *conclusion(items)]
    blocks.append(Paragraph(line=plain(_counts(items))))
    shown = standing_topics(items.view.minutes)
    topics = [part for n, one in enumerate(shown) for part in _topic(n, one, items)]
    if topics:
        blocks.append(Paragraph(line=say.labelled("summary.topics", *topics)))
    blocks.append(Paragraph(line=(muted(say("summary.next") + say("colon").rstrip()),)))
    blocks.append(Bullets(items=tuple(_next(items))))
    return blocks


def _counts(items: Items) -> str:
    minutes = items.view.minutes
    every = open_questions(items)
    withdrawn = sum(ask.status == "withdrawn" for ask in items.shown(minutes.asks))
    return items.phrases(
        "summary.counts",
        decisions=len(items.shown(minutes.decisions)),
        asks=len(items.shown(minutes.asks)),
        withdrawn=items.phrases("summary.withdrawn", count=withdrawn) if withdrawn else "",
        actions=len(items.shown(minutes.actions)),
        risks=len(items.shown(minutes.risks)),
        questions=len(every.first) + len(every.parked) + len(every.ours),
    )


def _topic(number: int, topic: Topic, items: Items) -> Line:
    times = "–".join(filter(None, map(items.phrases.place, (topic.start, topic.end))))
    internal = topic.visibility == "internal"
    mark = (warn(" " + items.phrases("mark.internal")),) if internal else ()
    before = items.phrases("list_between") if number else ""
    return (run(before + topic.title), muted(f" {times}" if times else ""), *mark)


def _next(items: Items) -> list[Line]:
    """The actions that are due first, and that questions wait for an answer."""
    say = items.phrases
    open_ = [
        one for one in items.shown(items.view.minutes.actions) if one.progress in ("open", "doing")
    ]
    soonest = sorted(open_, key=lambda one: one.due_date or "9999")[:NEXT]
    lines = [plain(_next_one(one, say)) for one in soonest] or [
        plain(say.by_kind("summary.none_next"))
    ]
    blocking = [one for one in open_questions(items).first if one.blocking]
    if blocking:
        key = "summary.answers" if items.ours else "summary.client_answers"
        first = len(open_questions(items).first)
        key += "_all" if first == len(blocking) else ""
        lines.append(plain(say(key, count=first, blocking=len(blocking))))
    return lines


def _next_one(one: Action, say: Phrases) -> str:
    when = one.due_date or one.due_verbatim or ""
    text = say("summary.next_one", who=one.owner, what=one.text) if one.owner else one.text
    return text.rstrip("。.") + (say("summary.by_when", when=when) if when else "")


def _legend(items: Items) -> list[Block]:
    say = items.phrases
    return [
        Heading(level=3, text=say("section.legend")),
        Paragraph(line=(muted(say.by_kind("legend.quotes")),)),
    ]
