"""The data fields of an ask: labels the client named, as columns where the dictionary has them."""

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from pipeline.engines.rules.playbook.loader import cues
from pipeline.engines.rules.specification.exchange import Exchange
from pipeline.engines.rules.specification.refusal import refused
from pipeline.engines.rules.specification.talk import Clause, Talk
from pipeline.engines.rules.specification.vocabulary import Mention, Vocabulary
from pipeline.language.terms import Column
from pipeline.models.draft import DraftField
from pipeline.models.evidence import Citation
from pipeline.models.minutes import Ask
from pipeline.models.project import Entity

_MASKS = re.compile(r"脱敏|星号|加密|\bmask", re.IGNORECASE)
_CJK = re.compile("[\u4e00-\u9fff]")
_ZH_SPLIT = re.compile(r"[、，,]|(?<=[\u4e00-\u9fff])(?:和|跟|以及|还有)(?=[\u4e00-\u9fff])")
_EN_SPLIT = re.compile(r",\s*(?:and\s+|or\s+)?|\s+and\s+|\s+plus\s+", re.IGNORECASE)
_ZH_LEAD = re.compile(
    r"^(?:.*?(?:要有|要登|包括|包含|显示|带出|带上|加上|写上|把|登|录|看|查|填))?(?:[^的]{0,3}的)?"
)
_NOT_A_NOUN = re.compile(
    "[我你他她它们谁要的了吗呢不没是有把给让能会就都也这那来去看说做得着过个每哪什么再还又才叫大小点先自直]"
)
_JOINS = re.compile("[和跟与及或]")
_EN_LEAD = re.compile(
    r"^(?:.*?\b(?:with|show|shows|include|including|see|add|enter|plus|need|want)\b)?\s*(?:the|a|an|their|our|its|how much|how many|also)?\s+",
    re.IGNORECASE,
)
_EN_NOT_A_NOUN = re.compile(
    r"\b(i|we|you|they|it|he|she|is|are|was|not|no|when|how|what|who|that|then|rest|those|own|about|export|excel|csv|pdf|yes|of it|left|in|to|by|please|yes|only|can|should|must)\b",
    re.IGNORECASE,
)
_EN_CUT = re.compile(
    r"\s+(?:you|we|they|i|as|in|for|of|on|to|that|which|please)\b.*$", re.IGNORECASE
)
_MOST_UNKNOWN = 6


class Found(NamedTuple):
    """Fields of an ask, and the labels that fit more than one column."""

    fields: tuple[DraftField, ...]
    doubtful: tuple[Mention, ...]

    @property
    def homeless(self) -> tuple[str, ...]:
        """Labels that no table has."""
        several = {_said(one) for one in self.doubtful}
        return tuple(
            field.label
            for field in self.fields
            if field.name is None and field.label not in several
        )


def columns(
    ask: Ask,
    talk: Talk,
    said: Sequence[Exchange],
    vocabulary: Vocabulary,
    entity: Entity | None,
    *,
    lists: bool,
    masks: bool,
    hurting: frozenset[tuple[str, str]],
) -> Found:
    """The fields the client named; with `lists`, only where fields are being listed.

    Clauses in `hurting` tell of today's trouble: what they name is not asked for.
    """
    asked = {turn.at for one in said if one.slot == "fields" for turn in one.reply}
    found: dict[str, DraftField] = {}
    for column in () if lists or masks else _named(ask, vocabulary, entity):
        found[column.label.lower()] = DraftField(
            label=column.label, name=column.path, type=column.type or None, origin="dictionary"
        )
    doubtful: dict[str, tuple[Mention, Clause]] = {}
    for clause in _units(talk):
        if (clause.segment, clause.text) in hurting:
            continue
        if _MASKS.search(clause.text) and not masks:
            continue
        listing = clause.at in asked or _lists_fields(clause, vocabulary)
        named = [
            m
            for m in vocabulary.mentions(clause.text)
            if not _goes_on(clause.text, m) and not (lists and refused(clause.text, m.start, m.end))
        ]
        for mention in named:
            if (listing or not (lists or mention.generic)) and not _part_of_talk(clause, mention):
                _take(
                    mention,
                    clause,
                    vocabulary.settle(mention.columns, entity),
                    found,
                    doubtful,
                    lists,
                )
        if listing and not clause.asks:
            for label in _unknown(clause.text, named):
                found.setdefault(label, _field(label, None, clause))
    unknown = [one for one in found.values() if one.name is None][_MOST_UNKNOWN:]
    several = [pair for key, pair in doubtful.items() if key not in found]
    return Found(
        (
            *(one for one in found.values() if one not in unknown),
            *(_field(_said(mention), None, clause) for mention, clause in several),
        ),
        tuple(mention for mention, _ in several),
    )


def _named(ask: Ask, vocabulary: Vocabulary, entity: Entity | None) -> Iterable[Column]:
    """Columns that the ask itself names, and the number of the thing it is about."""
    if entity is not None and entity.fields:
        yield vocabulary.column(entity, entity.fields[0])
    for mention in vocabulary.mentions(ask.text):
        column = vocabulary.settle(mention.columns, entity)
        if column is not None and not mention.generic:
            yield column


def _units(talk: Talk) -> Iterable[Clause]:
    """Clauses of Chinese, whose lists use 、, and sentences of English, whose lists use commas."""
    for turn in talk.turns:
        if turn.side != "us":
            yield from turn.clauses if _CJK.search(turn.text) else turn.sentences


def _take(
    mention: Mention,
    clause: Clause,
    column: Column | None,
    found: dict[str, DraftField],
    doubtful: dict[str, tuple[Mention, Clause]],
    listing: bool,
) -> None:
    if column is None:
        if listing:
            doubtful.setdefault(mention.said.lower(), (mention, clause))
    elif column.path not in {f.name for f in found.values() if f.origin == "stated"}:
        found[column.label.lower()] = _field(column.label, column, clause)


def _field(label: str, column: Column | None, clause: Clause) -> DraftField:
    cited = (Citation(segments=(clause.segment,), quote=clause.text),)
    if column is None:
        return DraftField(label=label, origin="stated", citations=cited)
    return DraftField(
        label=label, name=column.path, type=column.type or None, origin="stated", citations=cited
    )


def _said(mention: Mention) -> str:
    """What several columns are called, or else what was said."""
    labels = {one.label for one in mention.columns}
    return labels.pop() if len(labels) == 1 and mention.whole else mention.said


def _goes_on(text: str, mention: Mention) -> bool:
    """Whether a short label is only the front of a longer noun: 患者 in 患者身份证."""
    rest = re.match("[\u4e00-\u9fff]+", text[mention.end :])
    if rest is None or len(mention.said) > 2 or not _CJK.search(mention.said):
        return False
    return len(rest[0]) in (2, 3) and not _NOT_A_NOUN.search(rest[0]) and not _JOINS.match(rest[0])


def _part_of_talk(clause: Clause, mention: Mention) -> bool:
    """Whether an everyday word stands at the front as a form of address or a subject."""
    return mention.generic and not mention.whole and mention.start == 0


def _lists_fields(clause: Clause, vocabulary: Vocabulary) -> bool:
    """Whether a clause names what is to be shown or kept."""
    if not cues("ui.fieldish").search(clause.text):
        return False
    parts = _split(clause.text)
    labels = sum(not one.generic for one in vocabulary.mentions(clause.text))
    return labels > 0 or len(parts) >= 3


def _split(text: str) -> list[str]:
    splitter = _ZH_SPLIT if _CJK.search(text) else _EN_SPLIT
    return [part.strip() for part in splitter.split(text) if part.strip()]


def _unknown(text: str, named: Sequence[Mention]) -> Iterable[str]:
    """Nouns of an enumeration that are in no table."""
    parts = _split(text)
    if len(parts) < 2 or not (named or (len(parts) >= 3 and _CJK.search(text))):
        return
    for part in parts:
        label = _zh_noun(part) if _CJK.search(part) else _en_noun(part)
        if label and not any(_same(label, mention.said) for mention in named):
            yield label


def _same(label: str, said: str) -> bool:
    return label.lower() in said.lower() or said.lower() in label.lower()


def _zh_noun(part: str) -> str | None:
    noun = _ZH_LEAD.sub("", part, count=1).strip("，。？！ ")
    return noun if 2 <= len(noun) <= 6 and not _NOT_A_NOUN.search(noun) else None


def _en_noun(part: str) -> str | None:
    noun = _EN_CUT.sub("", _EN_LEAD.sub("", f" {part}", count=1)).strip(" .,;")
    fits = 1 <= len(noun.split()) <= 3 and len(noun) >= 3 and not _EN_NOT_A_NOUN.search(noun)
    return noun.lower() if fits else None
