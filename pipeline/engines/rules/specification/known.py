"""What is known of an ask once its talk was read: the material of the spec and of its questions."""

from collections.abc import Sequence
from typing import NamedTuple

from pipeline.engines.rules.playbook.loader import Play, cues, playbook
from pipeline.engines.rules.specification.columns import Found, columns
from pipeline.engines.rules.specification.doubt import Doubt, disputed, doubts
from pipeline.engines.rules.specification.exchange import Exchange, exchanges, filled
from pipeline.engines.rules.specification.file_format import file_format
from pipeline.engines.rules.specification.needed import needed
from pipeline.engines.rules.specification.recognition import recognise
from pipeline.engines.rules.specification.revision import revise
from pipeline.engines.rules.specification.rights import Right, Row, rights
from pipeline.engines.rules.specification.sorting import Sort
from pipeline.engines.rules.specification.spoken import spoken
from pipeline.engines.rules.specification.statement import Statement, statements
from pipeline.engines.rules.specification.talk import Talk
from pipeline.engines.rules.specification.vocabulary import Vocabulary
from pipeline.models.base import Language
from pipeline.models.draft import DraftField, DraftSlot
from pipeline.models.minutes import Ask, Minutes
from pipeline.models.project import Entity
from pipeline.models.slots import SlotKey

_NAMED_ONLY = frozenset({"export", "masking"})
"""Kinds of asks whose columns are those that were named and no others."""

_A_LIST = 2
"""Named columns from which an export was spelled out."""


class Known(NamedTuple):
    """Everything that was found, before it is put into words."""

    ask: Ask
    language: Language
    talk: Talk
    said: tuple[Exchange, ...]
    plays: tuple[Play, ...]
    """The kind of ask first, then what it touches as well."""
    key: str
    """Key of the first play."""
    entity: Entity | None
    statements: tuple[Statement, ...]
    rows: tuple[Row, ...]
    found: Found
    touched: tuple[DraftField, ...]
    """Columns that its words touch without naming them."""
    format: DraftSlot
    filled: frozenset[SlotKey]
    doubts: tuple[Doubt, ...]

    @property
    def play(self) -> Play:
        """The kind of ask."""
        return self.plays[0]

    def of(self, *sorts: Sort) -> tuple[Statement, ...]:
        """The statements of some sorts, in order."""
        return tuple(one for one in self.statements if one.sort in sorts)

    def first(self, cue: str) -> Statement | None:
        """The first rule, need or purpose that a cue fits."""
        sorts: tuple[Sort, ...] = ("rule", "need", "purpose")
        return next((one for one in self.of(*sorts) if cues(cue).search(one.text)), None)


def known(ask: Ask, minutes: Minutes, talk: Talk, vocabulary: Vocabulary) -> Known:
    """Read the talk about an ask."""
    book = playbook(minutes.language)
    said = exchanges(talk)
    keys = recognise(ask, talk, book)
    play = book.plays[keys[0]]
    entity = vocabulary.entity(ask, (clause.text for clause in talk.client))
    usual: Right = "export" if keys[0] == "export" else "do"
    rows = rights(talk, said, vocabulary, usual)
    revised = revise(_undisputed(statements(talk, said), talk), talk, rows)
    stated = revised.statements
    found = columns(
        ask,
        talk,
        said,
        vocabulary,
        entity,
        lists=play.lists,
        masks=keys[0] == "masking",
        hurting=_hurting(stated, talk),
    )
    touched: tuple[DraftField, ...] = ()
    listed = sum(one.origin == "stated" for one in found.fields)
    if keys[0] not in _NAMED_ONLY or (keys[0] == "export" and listed < _A_LIST):
        touched = needed(ask, talk, vocabulary, entity, found)
        named = [one.label for one in (*found.fields, *touched)]
        named += [one.said for one in found.doubtful]
        touched += spoken(ask, talk, minutes.language, named)
    form = file_format(talk, said) if play.lists or "export" in keys else DraftSlot()
    return Known(
        ask=ask.with_(text=revised.renewed(ask.text), raw_quote=revised.renewed(ask.raw_quote)),
        language=minutes.language,
        talk=talk,
        said=said,
        plays=tuple(book.plays[key] for key in keys),
        key=keys[0],
        entity=entity,
        statements=stated,
        rows=rows,
        found=found,
        touched=touched,
        format=form,
        filled=_filled(talk, said, stated, found, rows, form),
        doubts=doubts(talk, said, minutes, internal=ask.visibility == "internal"),
    )


def _undisputed(said: Sequence[Statement], talk: Talk) -> tuple[Statement, ...]:
    """Without what two people of the client put differently: that is a question, not a fact."""
    words = {(clause.segment, clause.text) for pair in disputed(talk) for clause in pair}
    return tuple(
        one
        for one in said
        if not any(one.segment == segment and text in one.text for segment, text in words)
    )


def _hurting(stated: Sequence[Statement], talk: Talk) -> frozenset[tuple[str, str]]:
    """Clauses that tell of pain, as they stand in the talk."""
    told = [(one.segment, one.text) for one in stated if one.sort == "pain"]
    return frozenset(
        (clause.segment, clause.text)
        for clause in talk.client
        if any(segment == clause.segment and clause.text in text for segment, text in told)
    )


def _filled(
    talk: Talk,
    said: Sequence[Exchange],
    stated: Sequence[Statement],
    found: Found,
    rows: Sequence[Row],
    form: DraftSlot,
) -> frozenset[SlotKey]:
    slots = set(filled(talk, said)) - {"fields", "format", "permission"}
    if found.fields:
        slots.add("fields")
    if form.value is not None:
        slots.add("format")
    if rows:
        slots.add("permission")
    if any(one.own and cues("say.trigger").search(one.text) for one in stated):
        slots.add("trigger")
    return frozenset(slots)
