"""How far to trust a list: what the engine behind it reached on labelled calls, in plain figures.

Every figure is one of ten, as people count. Of an engine that nobody measured no figure is told,
least of all another engine's.
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from pipeline.measured.reading import Found, Measured, MeasuredFigure, MeasuredUnsaid, Spoken
from pipeline.models.adding import BY_HAND
from pipeline.models.base import Language
from pipeline.models.item import KINDS
from pipeline.models.meeting import MeetingKind
from pipeline.models.minutes import Minutes
from ui.plain import plain
from ui.sending import sentences
from ui.words.loader import tin

RULES = "rules"
MODEL = "llm"
ROWS: tuple[Found, ...] = (
    "ask",
    "live_ask",
    "decision",
    "action",
    "risk",
    "question",
    "conflict",
    "concern",
)
"""Kinds in the order of the table; live asks, which are asks as well, right below them."""
_FEWEST_CALLS, _FEWEST_ITEMS = 2, 20
"""Calls and items from which the figures of one language are told rather than those of all."""


class Trust(NamedTuple):
    """What is known of the engine that made some minutes."""

    engine: str
    model: str | None = None
    measured: Measured | None = None
    """None where nobody measured this very engine and model."""
    other_version: bool = False
    """Whether another version of the rules was measured than the one in use."""
    kind: MeetingKind = "call"
    """What the minutes were made from: it was calls that were measured."""


class Pool(NamedTuple):
    """Items of all kinds together, in one language or in all."""

    spoken: Spoken
    calls: int
    right: float
    """Share of what was listed that is right."""
    found: float
    """Share of what should be there that was found."""


class Row(NamedTuple):
    """One kind of items in the table."""

    kind: Found
    listed: int
    right: str
    wanted: int
    found: str


class Explained(NamedTuple):
    """The figures behind the line."""

    table: str
    """Markdown: words of ours and figures, nothing else."""
    told: str
    """What they mean and how far they hold."""


def engines(minutes: Minutes) -> tuple[str, ...]:
    """The engines that made the items; what people added does not count.

    Recorded answers are those of a model: they count as it.
    """
    names = {one.origin_engine for _, one in minutes.items()} - {BY_HAND}
    return tuple(sorted({RULES if name == RULES else MODEL for name in names}, reverse=True))


def trust(
    engine: str, known: Measured | None, *, model: str | None = None, version: str | None = None
) -> Trust:
    """What is known of an engine.

    Args:
        engine: rules or llm.
        known: what was measured of an engine of this name, perhaps with another model.
        model: the model that was asked; null with the rules, or where it is not known.
        version: the version of the rules in use; null where it is not known.
    """
    if known is None or known.engine != engine or known.model != model:
        return Trust(engine, model)
    same = version is None or f"{known.version}+".startswith(f"{version}+")
    return Trust(engine, model, known, other_version=not same)


def pooled(known: Measured, language: Language) -> Pool | None:
    """All kinds together: in a language where enough of it was measured, else in all."""
    own = _pool(known, language)
    return own if own is not None else _pool(known, "all")


def line(one: Trust, language: Language, reader: Language) -> str:
    """One sentence or two on how far to trust a list.

    Args:
        one: what is known.
        language: that of the call.
        reader: that of whoever reads.
    """
    pool = pooled(one.measured, language) if one.measured else None
    if pool is None:
        return _unmeasured(one, reader)
    told = tin(
        reader,
        f"trust.line.{pool.spoken}",
        engine=_name(one, reader),
        calls=pool.calls,
        right=_tenths(pool.right),
        found=_tenths(pool.found),
    )
    return _with_version(told, one, reader)


def of_unsaid(one: Trust, language: Language, reader: Language) -> str:
    """How much the list of the unsaid kept when it was measured; empty if it was not."""
    figures = _unsaid(one.measured, language) if one.measured else None
    if figures is None or figures.asks_kept is None or figures.turns is None:
        return ""
    told = tin(
        reader,
        f"trust.unsaid.{figures.language}",
        engine=_name(one, reader),
        calls=figures.calls,
        kept=_tenths(figures.asks_kept),
        turns=round(100 * figures.turns),
    )
    return _with_version(told, one, reader)


def explained(known: Measured, language: Language, reader: Language) -> Explained | None:
    """The figures of every kind, and what they mean; None where there are none.

    Args:
        known: what was measured.
        language: that of the call.
        reader: that of whoever reads.
    """
    pool = pooled(known, language)
    if pool is None:
        return None
    found = rows(known, pool.spoken)
    ranged = any("(" in one.right + one.found for one in found)
    told = (
        tin(reader, f"trust.about.{pool.spoken}", date=known.measured_at, calls=pool.calls),
        tin(reader, "trust.about_right"),
        *([tin(reader, "trust.about_range")] if ranged else []),
        tin(reader, "trust.about_yours"),
    )
    return Explained(_table(found, reader), sentences(told, reader))


def rows(known: Measured, spoken: Spoken) -> tuple[Row, ...]:
    """Every kind that was measured, of ten, with where it lies in 95 of 100 draws."""
    found = (known.figure(kind, spoken) for kind in ROWS)
    return tuple(
        Row(
            one.kind,
            one.found,
            _ranged(one.precision, one.precision_interval),
            one.wanted,
            _ranged(one.recall, one.recall_interval),
        )
        for one in found
        if one
    )


def _table(found: Sequence[Row], reader: Language) -> str:
    heads = [tin(reader, f"trust.column.{name}") for name in Row._fields]
    lines = [heads, [":--", *["--:"] * (len(heads) - 1)]]
    for row in found:
        lines.append([tin(reader, f"trust.kind.{row.kind}"), *(plain(value) for value in row[1:])])
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)


def _pool(known: Measured, spoken: Spoken) -> Pool | None:
    figures = list(_figures(known, spoken))
    listed = sum(one.found for one in figures)
    wanted = sum(one.wanted for one in figures)
    calls = known.calls if spoken == "all" else max((one.calls for one in figures), default=0)
    if spoken != "all" and (calls < _FEWEST_CALLS or wanted < _FEWEST_ITEMS):
        return None
    if not listed or not wanted:
        return None
    right = sum(one.found * (one.precision or 0) for one in figures)
    found = sum(one.wanted * (one.recall or 0) for one in figures)
    return Pool(spoken, calls, right / listed, found / wanted)


def _figures(known: Measured, spoken: Spoken) -> Iterator[MeasuredFigure]:
    found = (known.figure(kind, spoken) for kind in KINDS)
    return (one for one in found if one is not None)


def _unsaid(known: Measured, language: Language) -> MeasuredUnsaid | None:
    own = known.unsaid_in(language)
    enough = own and own.calls >= _FEWEST_CALLS and own.asks >= _FEWEST_ITEMS
    return own if enough else known.unsaid_in()


def _unmeasured(one: Trust, reader: Language) -> str:
    if one.engine == RULES:
        return tin(reader, "trust.unmeasured.rules")
    named = "model" if one.model else "some_model"
    return tin(reader, f"trust.unmeasured.{named}", model=one.model)


def _with_version(told: str, one: Trust, reader: Language) -> str:
    also = [tin(reader, "trust.other_version")] if one.other_version else []
    if one.kind != "call":
        also.append(tin(reader, f"trust.not_on.{one.kind}"))
    return sentences((told, *also), reader) if also else told


def _name(one: Trust, reader: Language) -> str:
    return one.model or tin(reader, "trust.rules")


def _ranged(rate: float | None, edges: tuple[float, float] | None) -> str:
    if rate is None:
        return "–"
    if edges is None:
        return str(_tenths(rate))
    low, high = (_tenths(edge) for edge in edges)
    return f"{_tenths(rate)} ({low}–{high})"


def _tenths(rate: float) -> int:
    return round(10 * rate)
