"""Where each data field of a draft lives: in one column, in one of several, or nowhere yet."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from pipeline.language.support import occurs
from pipeline.language.terms import Column, Terms, terms_of
from pipeline.models.draft import DraftField, DraftSpec
from pipeline.models.minutes import Ask
from pipeline.models.project import Project
from pipeline.models.slots import SlotKey
from pipeline.models.spec import OpenQuestion
from pipeline.models.transcript import Transcript
from pipeline.words.loader import say

MOST_OPTIONS = 5
_MOST_NAMED = 6
"""Labels that one question names."""
_DATA = frozenset({"report", "integration", "data"})
"""Kinds of asks whose outcome is nothing but data."""
_ABOUT_PLACE: frozenset[SlotKey] = frozenset(
    {"fields", "source_data", "field_rule", "identity_match", "integration", "other"}
)
"""What a question about the place of a value may be filed under."""
_WHICH: frozenset[SlotKey] = frozenset({"fields", "source_data"})


class Home(NamedTuple):
    """A data field and where it may live."""

    field: DraftField
    column: Column | None
    open: tuple[Column, ...] = ()
    """Columns that all fit, where nothing decides between them."""
    known: bool = True
    """False where no table has it."""


def at_home(draft: DraftSpec, ask: Ask, transcript: Transcript, project: Project) -> DraftSpec:
    """The draft with every field in the one column that fits it, or with the question which.

    An engine's own choice stands where it is a real column that fits the label and, of several
    that fit, one that something said speaks for. What no table has is asked for: urgently where
    the outcome cannot be made without it.
    """
    terms = terms_of(project)
    if not terms.columns or not draft.data_fields:
        return draft
    said = {segment.id: segment.text for segment in transcript.segments}
    homes = tuple(homes_of(draft, ask, said, terms))
    fields = tuple(
        one.field.with_(
            name=one.column.path if one.column else None,
            type=one.column.type if one.column else None,
        )
        for one in homes
    )
    asked = (*_which(homes, draft), *_whence(homes, draft, ask))
    return draft.with_(data_fields=fields, open_questions=_joined(draft.open_questions, asked))


def homes_of(draft: DraftSpec, ask: Ask, said: Mapping[str, str], terms: Terms) -> Iterator[Home]:
    """Where each field lives, in the order of the fields."""
    fitting = [_fitting(field, terms) for field in draft.data_fields]
    sure = [{columns[0].entity.table} for columns in fitting if len(columns) == 1]
    wish = f"{ask.text}\n{ask.raw_quote}\n{draft.title}"
    for field, columns in zip(draft.data_fields, fitting, strict=True):
        if len(columns) < 2:
            known = bool(columns) or terms.is_entity(field.label)
            yield Home(field, columns[0] if columns else None, known=known)
            continue
        if field.name is None and _is_asked(field.label, draft.open_questions, _WHICH):
            yield Home(field, None, columns)  # whoever asks already is not sure
            continue
        told = "\n".join(_told(field, said))
        hints = (
            *(_named(text, terms) for text in (told, wish)),
            set().union(*sure),
            {one.entity.table for one in columns if field.label.startswith(one.entity.entity)},
            *(_touched(text, terms) for text in (told, wish)),
        )
        chosen = _chosen(field, columns, hints)
        yield Home(field, chosen, () if chosen else columns)


def place_of(column: Column, others: Iterable[Column], language: str) -> str:
    """A column as people know it: by what the table is about, and by its name only if need be."""
    alike = [
        one
        for one in others
        if one.path != column.path and one.entity.entity == column.entity.entity
    ]
    thing = column.entity.entity or column.entity.table
    shown = f"{thing} ({column.path})" if alike else thing
    return say("home.place", "zh" if language == "zh" else "en", entity=shown, label=column.label)


def _fitting(field: DraftField, terms: Terms) -> tuple[Column, ...]:
    """Every column that the label may mean; the claimed one where the label itself names no other."""
    meant = terms.meant(field.label)
    claimed = terms.columns.get(field.name or "")
    among = meant is not None and any(one.path == field.name for one in meant.columns)
    if claimed is not None and not among and terms.fits(field.label, claimed):
        return (claimed,)
    return meant.columns if meant else ()


def _chosen(
    field: DraftField, columns: Sequence[Column], hints: Sequence[set[str]]
) -> Column | None:
    """The claimed column if anything speaks for its table; else the one that a hint leaves over."""
    for one in columns:
        if one.path == field.name and any(one.entity.table in hint for hint in hints):
            return one
    for hint in hints:
        left = [one for one in columns if one.entity.table in hint]
        if len(left) == 1:
            return left[0]
    return None


def _told(field: DraftField, said: Mapping[str, str]) -> Iterator[str]:
    for citation in field.citations:
        yield citation.quote
        yield from (said.get(one, "") for one in citation.segments)


def _named(text: str, terms: Terms) -> set[str]:
    """Tables that are named."""
    return {entity.table for _, entity in terms.entities_in(text)}


def _touched(text: str, terms: Terms) -> set[str]:
    """Tables of the columns that are named and can be no others."""
    return {hit.columns[0].entity.table for hit in terms.find(text) if len(hit.columns) == 1}


def _which(homes: Iterable[Home], draft: DraftSpec) -> Iterator[OpenQuestion]:
    """One question for all labels that the same tables have."""
    groups: dict[tuple[str, ...], list[Home]] = {}
    for home in homes:
        if home.open and not _is_asked(home.field.label, draft.open_questions):
            groups.setdefault(tuple(one.entity.table for one in home.open), []).append(home)
    for group in groups.values():
        labels = _list(tuple(dict.fromkeys(one.field.label for one in group)), draft)
        columns = [one._replace(label=labels) for one in group[0].open]
        options = [place_of(one, columns, draft.language) for one in columns]
        if len(options) > MOST_OPTIONS:
            options = [*options[: MOST_OPTIONS - 1], say("home.elsewhere", draft.language)]
        yield OpenQuestion(
            id="",
            slot="fields",
            question=say("home.which", draft.language, label=labels),
            why_it_matters=say("home.which_why", draft.language),
            options=tuple(options),
            blocking=True,
        )


def _whence(homes: Iterable[Home], draft: DraftSpec, ask: Ask) -> Iterator[OpenQuestion]:
    """One question for all that no table has, and one for what is a mere wish."""
    lost = [
        one.field
        for one in homes
        if not one.known and not _is_asked(one.field.label, draft.open_questions)
    ]
    needed = [one for one in lost if _is_needed(one, draft, ask)]
    for fields, blocking in ((needed, True), ([one for one in lost if one not in needed], False)):
        if fields:
            labels = _list(tuple(dict.fromkeys(one.label for one in fields)), draft)
            yield OpenQuestion(
                id="",
                slot="source_data",
                question=say("home.whence", draft.language, label=labels),
                why_it_matters=say("home.whence_why", draft.language),
                options=tuple(
                    say(f"home.{one}", draft.language) for one in ("entered", "fetched", "derived")
                ),
                blocking=blocking,
            )


def _is_needed(field: DraftField, draft: DraftSpec, ask: Ask) -> bool:
    """Whether the outcome cannot be made without it: it was said, and the outcome is data."""
    if ask.priority in ("could", "wont") or field.required.value in (False, "false"):
        return False
    outcome = ask.kind in _DATA or draft.kind in _DATA or draft.format.value is not None
    return field.origin == "stated" and outcome


def _is_asked(
    label: str, questions: Iterable[OpenQuestion], slots: frozenset[SlotKey] = _ABOUT_PLACE
) -> bool:
    """Whether a question is about this label: behind the name of the whole thing, or in quotes."""
    for one in questions:
        head, _, rest = one.question.replace("：", ":").partition(":")
        quoted = head if "“" in head else ""
        told = (quoted, rest or head, *one.options)
        if one.slot in slots and occurs(label, told):
            return True
    return False


def _list(labels: Sequence[str], draft: DraftSpec) -> str:
    shown = say("home.comma", draft.language).join(labels[:_MOST_NAMED])
    return shown if len(labels) <= _MOST_NAMED else say("home.more", draft.language, labels=shown)


def _joined(
    before: tuple[OpenQuestion, ...], more: Sequence[OpenQuestion]
) -> tuple[OpenQuestion, ...]:
    """The questions in their order, the urgent new ones behind the last urgent one, all with ids."""
    taken = {one.id for one in before}
    free = (f"q{number}" for number in range(1, len(before) + len(more) + 1))
    names = (one for one in free if one not in taken)
    new = [one.with_(id=next(names)) for one in more]
    at = max((place + 1 for place, one in enumerate(before) if one.blocking), default=0)
    urgent = [one for one in new if one.blocking]
    return (*before[:at], *urgent, *before[at:], *(one for one in new if not one.blocking))
