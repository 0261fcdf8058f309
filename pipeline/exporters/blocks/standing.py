"""How a spec stands: what is open, assumed or left out, what is wrong with it, who said yes."""

import re
from collections.abc import Iterable, Iterator

from pipeline.exporters.blocks.phrases import Phrases
from pipeline.exporters.blocks.questions import choices, where_asked
from pipeline.exporters.blocks.runs import done, muted, plain, run, spaced, strong, warn
from pipeline.models.asking_back import AskingBack, Place
from pipeline.models.document import Block, Bullets, Entries, Entry, Heading, Line
from pipeline.models.hashing import spec_hash
from pipeline.models.spec import Approval, FeatureSpec, Finding, OpenQuestion

_STEP = re.compile(r"([a-z_]+)(?:\[(\d+)\])?")
_PARTS = frozenset(
    [
        "title",
        "goal",
        "pain",
        "trigger",
        "format",
        "actors",
        "rules",
        "limits",
        "behaviours",
        "errors",
        "permissions",
        "acceptance",
        "given",
        "when",
        "then",
        "assumptions",
        "out_of_scope",
        "open_questions",
        "required",
        "example",
    ]
)
"""Parts of a spec that the words of a page have a name for."""


def standing_blocks(spec: FeatureSpec, say: Phrases, asking: AskingBack | None) -> Iterator[Block]:
    """Open questions, assumptions, what is not included, and our notes.

    `asking` tells for our own people which questions go to the client; null in the client's copy,
    where questions and assumptions stand at the head.
    """
    ours = asking is not None
    questions = (
        tuple(_question(one, say, asking.place(spec.id, one.id)) for one in spec.open_questions)
        if asking is not None
        else ()
    )
    weak = (one for one in spec.findings if not one.said_elsewhere)
    findings = tuple(_finding(n, one, say) for n, one in enumerate(weak, 1))
    sections: tuple[tuple[str, tuple[Block, ...]], ...] = (
        ("open_questions", (Entries(items=questions),) if questions else ()),
        ("assumptions", _list(spec.assumptions if ours else ())),
        ("out_of_scope", _list(spec.out_of_scope)),
        ("dependencies", _list(spec.dependencies)),
        ("conflicts_with", _list(spec.conflicts_with)),
        ("feasibility", _list(spec.feasibility)),
        ("findings", (Entries(items=findings),) if findings else ()),
        ("attachments", _list(one.name for one in spec.attachments)),
        ("links", _list(f"{one.target} {one.key}" for one in spec.links)),
        ("approvals", _lines(_approval(one, spec, say, ours=ours) for one in spec.approvals)),
    )
    for key, blocks in sections:
        if blocks:
            yield Heading(level=2, text=say(f"spec.{key}"))
            yield from blocks


def _list(texts: Iterable[str]) -> tuple[Block, ...]:
    return _lines(plain(text) for text in texts)


def _lines(lines: Iterable[Line]) -> tuple[Block, ...]:
    items = tuple(lines)
    return (Bullets(items=items),) if items else ()


def _question(one: OpenQuestion, say: Phrases, place: Place | None) -> Entry:
    if one.answer:
        by = muted(say.answered(one, ours=True))
        answer = spaced(strong(one.answer), by)
        state = done(say("mark.answered"))
        return Entry(
            ref=one.id,
            line=spaced(run(one.question), state),
            notes=(say.labelled("label.answer", *answer),),
        )
    blocking = warn(say("mark.blocking")) if one.blocking else None
    where = muted(where_asked(place, say)) if place else None
    line = spaced(run(one.question), blocking, where)
    return Entry(ref=one.id, line=line, notes=choices(one, say))


def _finding(number: int, one: Finding, say: Phrases) -> Entry:
    severity = (warn if one.severity == "error" else muted)(say(f"severity.{one.severity}"))
    place = muted(part_name(one.slot, say))
    notes = (say.labelled("label.suggestion", run(one.suggestion)),) if one.suggestion else ()
    return Entry(ref=str(number), line=spaced(run(one.reason), place, severity), notes=notes)


def part_name(path: str, say: Phrases) -> str:
    """The place of a value in words: "rules[0]" is "Rules 1"."""
    names: list[str] = []
    for name, index in _STEP.findall(path):
        key = "fields" if name == "data_fields" else name
        known = key in _PARTS or key == "fields"
        word = say(f"spec.{key}") if known else say("spec.other")
        names.append(f"{word} {int(index) + 1}" if index else word)
    return " · ".join(names)


def _approval(one: Approval, spec: FeatureSpec, say: Phrases, *, ours: bool) -> Line:
    office = say.bracketed(one.role or "")
    changed = ours and one.content_hash != spec_hash(spec)
    return spaced(
        run(one.who + office),
        muted(one.when),
        muted(one.channel),
        warn(say("spec.changed_after")) if changed else None,
    )
