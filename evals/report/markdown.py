"""A run -> Markdown: a heading and one table. No word of a call stands in it."""

import re
from collections.abc import Iterator

from evals.errors import w
from evals.report.labels import label
from evals.report.table import between, groups, rows, shown
from evals.runs import Run
from pipeline.words.loader import Language

_MARKUP = re.compile(r"[\\`*_\[\]<>|#&~$!\n\r]")


def markdown(run: Run, language: Language) -> str:
    """The whole report."""
    return "\n".join(_lines(run, language)) + "\n"


def about(run: Run, language: Language) -> str:
    """What was measured, by what and when, in one line."""
    engine = f"{run.engine} {run.model}" if run.model else run.engine
    calls = len(run.calls)
    return w(
        "report.about",
        language,
        calls=calls,
        engine=engine,
        version=run.version,
        made_at=run.made_at,
    )


def _lines(run: Run, language: Language) -> Iterator[str]:
    yield f"# {_plain(w('report.title', language, dataset=run.dataset))}"
    yield ""
    yield _plain(about(run, language))
    yield ""
    heads = [w(f"group.{one}", language) for one in groups(run)]
    words = (w(f"report.{one}", language) for one in ("figure", "count", "interval"))
    figure, count, interval = words
    yield _row([figure, *heads, count, interval])
    yield _row(["---"] * (len(heads) + 3))
    for row in rows(run):
        cells = [shown(one) for one in row.figures]
        counted = f"{row.figures[0].of:g}"
        yield _row([label(row.name, language), *cells, counted, between(row.interval, row.name)])
    yield ""
    yield w("report.reading", language)


def _row(cells: list[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _plain(text: str) -> str:
    """A name that somebody else gave, as letters only."""
    return _MARKUP.sub(lambda found: f"\\{found[0]}" if found[0] not in "\n\r" else " ", text)
