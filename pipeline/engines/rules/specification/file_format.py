"""The file format of an ask: what was asked for or agreed to, never what was refused."""

from collections.abc import Iterable, Iterator, Sequence

from pipeline.engines.rules.playbook.loader import cue_group, cues
from pipeline.engines.rules.specification.exchange import Exchange, accepts
from pipeline.engines.rules.specification.refusal import turned_down, wanted
from pipeline.engines.rules.specification.talk import Clause, Talk
from pipeline.models.draft import DraftSlot
from pipeline.models.evidence import Citation


def file_format(talk: Talk, said: Sequence[Exchange]) -> DraftSlot:
    """The file format the client asked for or agreed to; what was said last holds."""
    asked = {
        one.turn.at: one
        for one in said
        if one.slot == "format" or (one.kind == "question" and named(one.turn.text))
    }
    replies = {turn.at for one in asked.values() for turn in one.reply}
    found = DraftSlot()
    for turn in talk.turns:
        for clause in turn.clauses if turn.side != "us" else ():
            value = named(clause.text)
            if value in _refused_names(turn.clauses):
                continue
            if value and (clause.at in replies or _produces(clause) or _against(turn.clauses)):
                cited = Citation(segments=(clause.segment,), quote=clause.text)
                if found.value is None or clause.at in replies or _against(turn.clauses):
                    found = DraftSlot(value=value, origin="stated", citations=(cited,))
    return found if found.value is not None else _agreed(asked.values())


def _agreed(asked: Iterable[Exchange]) -> DraftSlot:
    for one in asked:
        value = named(one.turn.text)
        if value and one.reply and accepts(one.reply[0].text):
            quotes = [(one.turn.segment, one.turn.text), (one.reply[0].segment, one.reply[0].text)]
            cited = tuple(Citation(segments=(at,), quote=text) for at, text in quotes)
            return DraftSlot(value=value, origin="stated", citations=cited)
    return DraftSlot()


def named(text: str) -> str | None:
    """The first format in a text that is not turned down there."""
    return next((name for name, one in cue_group("format").items() if any(wanted(one, text))), None)


def refused_formats(clauses: Iterable[Clause]) -> Iterator[tuple[str, Clause]]:
    """Formats that were turned down, in the client's words, each with its clause."""
    for clause in clauses:
        for one in cue_group("format").values():
            for match in turned_down(one, clause.text):
                yield match.group(), clause


def _refused_names(clauses: Iterable[Clause]) -> set[str | None]:
    return {
        name
        for name, one in cue_group("format").items()
        if any(True for clause in clauses for _ in turned_down(one, clause.text))
    }


def _against(clauses: Sequence[Clause]) -> bool:
    """Whether one format is put against another."""
    return any(True for _ in refused_formats(clauses))


def _produces(clause: Clause) -> bool:
    made = cues("format_near.said").search(clause.text) is not None
    return made and not cues("format_near.told").search(clause.text)
