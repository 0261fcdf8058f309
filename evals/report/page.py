"""A run -> one self-contained page: figures, then each call with gold beside prediction.

Everything that stands in a call is escaped; the page runs no script and loads nothing.
"""

import html
from collections.abc import Iterable, Iterator, Sequence
from importlib.resources import files

from evals.errors import harmless, w
from evals.report.details import CallDetail, Line, Side
from evals.report.labels import label
from evals.report.markdown import about
from evals.report.table import between, groups, rows, shown
from evals.runs import Run
from evals.tasks.specify import SpecLine
from pipeline.models.item import Kind
from pipeline.words.loader import Language


def page(run: Run, details: Sequence[CallDetail], language: Language) -> str:
    """The whole page."""
    return "\n".join(_Page(language).lines(run, details)) + "\n"


class _Page:
    """The parts of the page, in one language."""

    def __init__(self, language: Language) -> None:
        self._language = language

    def lines(self, run: Run, details: Sequence[CallDetail]) -> Iterator[str]:
        title = _text(self._w("report.title", dataset=run.dataset))
        style = files("evals.report").joinpath("page.css").read_text(encoding="utf-8")
        yield f'<!doctype html>\n<html lang="{self._language}">\n<head>\n<meta charset="utf-8">'
        yield '<meta name="viewport" content="width=device-width, initial-scale=1">'
        yield (
            '<meta http-equiv="Content-Security-Policy" '
            "content=\"default-src 'none'; style-src 'unsafe-inline'\">"
        )
        yield f"<title>{title}</title>\n<style>\n{style}</style>\n</head>\n<body>\n<main>"
        yield f"<h1>{title}</h1>\n<p>{_text(about(run, self._language))}</p>"
        yield f"<h2>{self._t('report.figures')}</h2>"
        yield from self._figures(run)
        yield f"<p>{self._t('report.reading')}</p>"
        if details:
            yield f"<h2>{self._t('report.calls')}</h2>"
        for one in details:
            yield from self._call(one)
        yield "</main>\n</body>\n</html>"

    def _figures(self, run: Run) -> Iterator[str]:
        heads = [self._t("report.figure"), *(self._t(f"group.{one}") for one in groups(run))]
        heads += [self._t("report.count"), self._t("report.interval")]
        yield "<table>\n<thead>"
        yield _cells("th scope=col", heads) + "</thead>\n<tbody>"
        for row in rows(run):
            cells = [shown(one) for one in row.figures]
            cells += [f"{row.figures[0].of:g}", between(row.interval, row.name)]
            name = f"<th scope=row>{_text(label(row.name, self._language))}</th>"
            yield f"<tr>{name}{''.join(f'<td>{_text(one)}</td>' for one in cells)}</tr>"
        yield "</tbody>\n</table>"

    def _call(self, one: CallDetail) -> Iterator[str]:
        call = one.call
        title = f"{call.id}: {call.title}" if call.title else call.id
        yield f"<details>\n<summary>{_text(title)}</summary>"
        for kind, lines in one.kinds.items():
            yield from self._kind(kind, lines, call.id)
        if one.specs:
            yield f"<h3>{self._t('report.specs')}</h3>"
            for spec in one.specs:
                yield from self._spec(spec)
        yield f"<h3>{self._t('report.turns')}</h3>\n<ol class=turns>"
        for turn in call.turns:
            place = f'<li id="{_anchor(call.id, turn.id)}"><b>{turn.id} {_text(turn.speaker)}</b>'
            yield f"{place} {_text(turn.text)}</li>"
        yield "</ol>\n</details>"

    def _kind(self, kind: Kind, lines: Sequence[Line] | None, call: str) -> Iterator[str]:
        yield f"<h3>{self._t(f'group.{kind}')}</h3>"
        if not lines:
            yield f"<p>{self._t('report.unlabelled' if lines is None else 'report.nothing')}</p>"
            return
        yield "<table class=pairs>\n<thead>"
        yield _cells("th scope=col", [self._t("report.wanted"), self._t("report.found"), ""])
        yield "</thead>\n<tbody>"
        for line in lines:
            verdict = "matched" if line.wanted and line.found else _lacking(line)
            notes = "".join(f"<br>{_text(one)}" for one in self._notes(line))
            look = "differs" if notes and verdict == "matched" else verdict
            told = f"<td class={look}>{self._t(f'report.{verdict}')}{notes}</td>"
            yield f"<tr>{_side(line.wanted, call)}{_side(line.found, call)}{told}</tr>"
        yield "</tbody>\n</table>"

    def _notes(self, line: Line) -> Iterator[str]:
        for one in line.differs:
            yield self._w("report.differs", **one._asdict())
        if line.taken is not None:
            yield self._w("report.taken", why=line.taken)
        if line.listed:
            yield self._w("report.listed")

    def _spec(self, one: SpecLine) -> Iterator[str]:
        title = one.title if one.title is not None else self._w("report.no_spec")
        yield f"<h4>{_text(one.ask)}: {_text(title)}</h4>"
        for heading, some in (("spec_asked", one.asked), ("spec_facts", one.facts)):
            if some:
                yield f"<p>{self._t(f'report.{heading}')}</p>\n<ul>"
                yield from (_ticked(text, hit) for text, hit in some)
                yield "</ul>"
        if one.questions:
            yield f"<p>{self._t('report.spec_questions')}</p>\n<ul>"
            yield from (f"<li>{_text(question)}</li>" for question in one.questions)
            yield "</ul>"

    def _w(self, key: str, **params: object) -> str:
        return w(key, self._language, **params)

    def _t(self, key: str) -> str:
        return _text(self._w(key))


def _lacking(line: Line) -> str:
    return "missed" if line.wanted else "extra"


def _side(one: Side | None, call: str) -> str:
    if one is None:
        return "<td></td>"
    turns = " ".join(f'<a href="#{_anchor(call, turn)}">{turn}</a>' for turn in one.turns)
    return f"<td><b>{_text(one.id)}</b> {_text(one.text)} <small>{turns}</small></td>"


def _ticked(text: str, hit: bool) -> str:
    return f"<li class={'matched' if hit else 'missed'}>{'✓' if hit else '✗'} {_text(text)}</li>"


def _anchor(call: str, turn: int) -> str:
    """The id of a call holds letters, digits, points and dashes only."""
    return f"{_text(call)}-{turn}"


def _cells(tag: str, cells: Iterable[str]) -> str:
    return f"<tr>{''.join(f'<{tag}>{one}</{tag.split()[0]}>' for one in cells)}</tr>"


def _text(text: str) -> str:
    """Text of anybody, harmless: no markup, no character that hides or turns what follows."""
    return html.escape(harmless(text), quote=True)
