"""Who may do what: rows of the permission matrix, from the client's own sentences."""

import re
from collections.abc import Iterable
from typing import Literal, NamedTuple

from pipeline.engines.rules.playbook.loader import cues
from pipeline.engines.rules.specification.exchange import Exchange
from pipeline.engines.rules.specification.talk import Clause, Talk, Turn
from pipeline.engines.rules.specification.vocabulary import Vocabulary

Right = Literal["see", "do", "export"]
_ZH_JOIN = r"(?:[、，和跟与或及]|或者|还有|以及|当班)"
_ZH_MAY = (
    r"(?:自己|本人|们|那边|这边|都|也|就|要|还|也要|绝对|一律|当班的?时候|才|是)*"
    r"(?:不(?:行|能|可以|许|让|准|得)|别|看不到|没有?权限?|可以|能|只能|有权|来(?:批|审|签|查))"
)
_EN_MAY = r"\s+(?:all |also |still |must |should )*(?:can(?:not|'t)?|may|must|are allowed|is allowed|sees?|views?|approves?|lifts?|exports?|should|don't|do not)\b"
_EN_JOIN = r"(?:\s*,\s*(?:and |or )?(?:the )?|\s+and (?:the )?|\s+or (?:the )?)"


_ASIDE = re.compile(r"[^，。]{0,4}(?:的(?:东西|内容|数据|信息|时候)|收到|知道)")
"""What turns "they can see" into a description or a message instead of a right."""


class Row(NamedTuple):
    """What one clause says about one role."""

    role: str
    right: Right
    value: bool
    clause: Clause
    plain: bool
    """Whether the row says all that the clause says."""


def rights(
    talk: Talk, said: Iterable[Exchange], vocabulary: Vocabulary, usual: Right
) -> tuple[Row, ...]:
    """Rows in the order they were said; `usual` is the right meant where no verb is named."""
    reader = _Reader(vocabulary, usual)
    asked = {turn.at: exchange for exchange in said for turn in exchange.reply}
    rows: list[Row] = []
    for turn in talk.turns:
        if turn.side != "us":
            rows.extend(reader.turn(turn, asked.get(turn.at)))
    return tuple(rows)


def right_of(text: str) -> Right | None:
    """The right a verb speaks of."""
    return next((right for right in _VERBS if cues(f"right.{right}").search(text)), None)


_VERBS: tuple[Right, ...] = ("export", "see")
"""Rights with verbs of their own; any other verb is doing."""


class _Reader:
    """Reads subjects and their rights, remembering who "they" are and what was asked."""

    def __init__(self, vocabulary: Vocabulary, usual: Right) -> None:
        role = f"(?:{vocabulary.role})"
        many = rf"(?P<roles>{role}(?:{_ZH_JOIN}\s*{role})*)"
        self.usual = usual
        self.role = re.compile(role, re.IGNORECASE)
        self.patterns = [
            re.compile(rf"(?:只(?:有|能|让|准)|必须)\s*{many}", re.IGNORECASE),
            re.compile(rf"{many}\s*{_ZH_MAY}", re.IGNORECASE),
            re.compile(rf"(?P<roles>{role}(?:{_EN_JOIN}{role})*)(?:{_EN_MAY})", re.IGNORECASE),
            re.compile(
                rf"\b(?:only|not|nobody in|except)\s+(?:the )?(?P<roles>{role}(?:{_EN_JOIN}{role})*)",
                re.IGNORECASE,
            ),
        ]
        self.last: tuple[str, ...] = ()

    def turn(self, turn: Turn, asked: Exchange | None) -> Iterable[Row]:
        allowed = asked is not None and asked.slot in ("permission", "approval")
        verb = right_of(asked.turn.text) if asked is not None and allowed else None
        for clause in turn.clauses:
            if clause.asks:
                continue
            verb = right_of(clause.text) or verb
            yield from self._clause(clause, verb, allowed)

    def _clause(self, clause: Clause, verb: Right | None, allowed: bool) -> Iterable[Row]:
        text = clause.text
        roles = self._subjects(text)
        if not roles and re.match(r"(他|她|他们|they|he|she)", text, re.IGNORECASE):
            roles = self.last
        if not roles and allowed and not defers_to_name(text):
            roles = tuple(match.group() for match in self.role.finditer(text))[:3]
        if not roles:
            return
        self.last = roles
        denied = cues("right.deny").search(text) is not None
        value = not denied or (cues("right.only").search(text) is not None)
        if not allowed and not denied and not cues("right.allow").search(text):
            return
        for role in roles:
            yield Row(role, verb or self.usual, value, clause, self._plain(text))

    def _subjects(self, text: str) -> tuple[str, ...]:
        for pattern in self.patterns:
            match = pattern.search(text)
            if match and not _ASIDE.match(text, match.end()):
                named = [one.group() for one in self.role.finditer(match["roles"])]
                return tuple(dict.fromkeys(named))
        return ()

    def _plain(self, text: str) -> bool:
        """Whether roles, verbs and little words are all that is there."""
        rest = self.role.sub("", text)
        rest = _LITTLE.sub("", rest)
        return len(rest.strip()) < 2


_LITTLE = re.compile(
    r"只有|只能|可以|不行|不能|不可以|[和跟与、，及或也都就要能导出看查改批审的了]|"
    r"\b(only|not|and|the|or|can|may|export|see|view|is|are|allowed|to|it|please)\b|[,.\s]",
    re.IGNORECASE,
)


def defers_to_name(text: str) -> bool:
    """Whether a clause asks somebody else instead of naming who may."""
    return cues("talk.defer").search(text) is not None
