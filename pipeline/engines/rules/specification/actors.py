"""Who will use what is asked for, or receive it: the client's own people only."""

from pipeline.engines.rules.specification.known import Known
from pipeline.engines.rules.specification.parts import singular
from pipeline.engines.rules.specification.vocabulary import Vocabulary
from pipeline.models.draft import DraftSlot
from pipeline.models.evidence import Citation

_MOST = 5


def actors(known: Known, vocabulary: Vocabulary) -> tuple[DraftSlot, ...]:
    """Roles that may, roles a rule or a wish names, and those who are told."""
    ours = _ours(vocabulary)
    denied = {_key(row.role) for row in known.rows if not row.value}
    allowed = {_key(row.role) for row in known.rows if row.value}
    found: dict[str, DraftSlot] = {}
    for role, segment, quote in _named(known, vocabulary):
        key = _key(role)
        if key in ours or (key in denied and key not in allowed):
            continue
        cited = Citation(segments=(segment,), quote=quote)
        found.setdefault(key, DraftSlot(value=role, origin="stated", citations=(cited,)))
    return tuple(found.values())[:_MOST]


def _named(known: Known, vocabulary: Vocabulary) -> list[tuple[str, str, str]]:
    rows = [(r.role, r.clause.segment, r.clause.text) for r in known.rows if r.value]
    theirs = {turn.segment for turn in known.talk.turns if turn.side != "us"}
    for one in known.of("wish", "need", "rule"):
        for cited in (one.citation, *one.also):
            if cited.segments[0] in theirs:
                roles = vocabulary.role_words(cited.quote, outside_labels=True)
                rows += [(role, cited.segments[0], cited.quote) for role in roles]
    return rows


def _ours(vocabulary: Vocabulary) -> frozenset[str]:
    """Names and forms of address of our own people."""
    found: set[str] = set()
    for person in vocabulary.project.participants:
        if person.side == "us":
            names = (person.name, person.name.split()[0], person.title or "")
            found |= {_key(name) for name in names}
    return frozenset(found)


def _key(role: str) -> str:
    return singular(role.lower())
