"""The list of requirements: one row for each ask, with the spec made from it."""

from collections.abc import Iterator

from pipeline.exporters.blocks.phrases import Phrases
from pipeline.exporters.blocks.slots import Slots
from pipeline.exporters.blocks.spec import client_words
from pipeline.exporters.xlsx.book import Sheet
from pipeline.exporters.xlsx.pages import Pages, Row, lines, numbered
from pipeline.models.minutes import Ask
from pipeline.models.slots import Origin, Permission
from pipeline.models.spec import Acceptance, FeatureSpec, OpenQuestion


def requirements(pages: Pages) -> Sheet:
    """The list of requirements: what was asked, what it became, how it stands."""
    columns = [
        ("label.ref", 6),
        ("sheet.words", 26),
        ("sheet.ask", 26),
        ("sheet.spec", 6),
        ("sheet.spec_title", 18),
        ("spec.fields", 16),
        ("spec.rules", 28),
        ("spec.permissions", 18),
        ("spec.acceptance", 36),
        ("spec.open_questions", 26),
        ("label.state", 9),
        ("label.priority", 9),
        *([("label.fit", 12)] if pages.ours else []),
        ("label.scope", 17),
        ("label.asked_by", 11),
        ("sheet.times", 12),
        *([("label.review", 7)] if pages.ours else []),
    ]
    return pages.sheet("requirements", columns, _requirement_rows(pages), fixed=2)


def _requirement_rows(pages: Pages) -> Iterator[Row]:
    """Each ask; a spec of two asks is written out once; then specs of earlier meetings."""
    specs = {spec.id: spec for spec in pages.specs}
    told: dict[str, str] = {}
    for ask in pages.items.shown(pages.view.minutes.asks):
        spec = specs.get(ask.spec or "")
        before = told.get(spec.id) if spec else None
        yield _requirement(pages, ask, spec, before)
        if spec:
            told.setdefault(spec.id, ask.id)
    for spec in pages.specs:
        if spec.id not in told:
            yield _requirement(pages, None, spec, None)


def _requirement(
    pages: Pages, ask: Ask | None, spec: FeatureSpec | None, before: str | None
) -> Row:
    say = pages.say
    values = _values(pages, spec) if spec else ("",) * 5
    if before:
        values = (say("ask.spec_only", id=before), "", "", "", "")
    state = [say(f"ask.{ask.status}")] if ask and ask.status != "live" else []
    state += [say(f"spec.status_{spec.status}")] if spec else []
    priority = ask.priority if ask else "unknown"
    scope = ask.scope if ask else spec.scope if spec else None
    subject = ask or spec
    approved = subject is not None and subject.uid in pages.view.approved
    return (
        ask.id if ask else spec.id if spec else "",
        client_words(ask) if ask else "",
        ask.text if ask else "",
        spec.id if spec else "",
        spec.title if spec else "",
        *values,
        say.joined(state) or say("ask.live"),
        say(f"priority.{priority}") if priority != "unknown" else "",
        *([say(f"fit.{spec.fit}") if spec else ""] if pages.ours else []),
        say.scope(scope) if scope and (pages.ours or scope.verdict == "in") else "",
        (ask.speaker or "") if ask else "",
        pages.times(ask.evidence) if ask else "",
        *([say("mark.approved" if approved else "spec.status_draft")] if pages.ours else []),
    )


def _values(pages: Pages, spec: FeatureSpec) -> Row:
    """Fields, rules, permissions, acceptance and open questions, a line each."""
    say = pages.say
    slots = Slots(spec, say, ours=pages.ours)
    questions = [one for one in spec.open_questions if not one.answer]
    rules = [slots.text(one) + _doubt(pages, one.origin) for one in spec.rules]
    rights = [one.role + say("colon") + say.joined(_rights(one, say)) for one in spec.permissions]
    asked = (one.question + _blocking(one, say) for one in questions)
    return (
        say.joined(one.label + _doubt(pages, one.origin) for one in spec.data_fields),
        numbered(rules),
        lines(rights),
        numbered(_case(one, say) for one in slots.cases()),
        numbered(asked),
    )


def _case(one: Acceptance, say: Phrases) -> str:
    kind = say(f"spec.{one.kind}")
    return say("sheet.case", kind=kind, given=one.given, when=one.when, then=one.then)


def _blocking(one: OpenQuestion, say: Phrases) -> str:
    return say.bracketed(say("mark.blocking")) if one.blocking else ""


def _doubt(pages: Pages, origin: Origin) -> str:
    """Said where it is no fact; facts need no mark in a list."""
    if origin in ("inferred", "default"):
        return pages.say.bracketed(pages.say(f"origin.{origin}"))
    return ""


def _rights(one: Permission, say: Phrases) -> Iterator[str]:
    for name in ("see", "do", "export"):
        right = getattr(one, name)
        if right is not None:
            what = say(f"spec.{name}").lower()
            yield say("sheet.may" if right else "sheet.may_not", what=what)
