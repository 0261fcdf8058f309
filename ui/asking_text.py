"""The questions of a call as one message: what we understood, then what to answer by pointing."""

from collections.abc import Iterator, Sequence
from string import ascii_uppercase

from pipeline.models.asked_once import Asked
from pipeline.models.asking_back import asking_of
from pipeline.models.client_view import ClientView
from pipeline.models.restating import wish
from pipeline.models.spec import FeatureSpec, OpenQuestion
from ui.words.loader import tin

UNDERSTOOD = 3
"""Wishes that are said back before the questions: a message is short."""


def asking_text(view: ClientView) -> str:
    """A message for a chat, to be answered as "1A 2B"; empty where nothing is to be asked."""
    asking = asking_of(view.minutes, view.specs, view.project, view.left_open)
    if not asking.first:
        return ""
    lines = [_say(view, "heading", title=_title(view), count=len(asking.first))]
    lines += _understood(view, [spec for one in asking.first for spec in one.specs])
    for number, one in enumerate(asking.first, 1):
        lines += ["", *_question(view, number, one)]
    if asking.parked:
        lines += ["", _say(view, "parked", count=len(asking.parked))]
    return "\n".join(lines)


def _title(view: ClientView) -> str:
    told = (view.meeting.title, str(view.meeting.date or ""))
    return " ".join(one for one in told if one)


def _understood(view: ClientView, specs: Sequence[FeatureSpec]) -> Iterator[str]:
    """What is wanted, a line for each of the first few, and whether that is so."""
    wishes = [(one, _wish(view, one)) for one in {one.id: one for one in specs}.values()]
    told = [(one, text) for one, text in wishes if text][:UNDERSTOOD]
    if told:
        yield _say(view, "understood")
        for spec, text in told:
            yield _say(view, "wish", spec=spec.id, text=text)
        yield _say(view, "right")


def _wish(view: ClientView, spec: FeatureSpec) -> str:
    return wish(spec, [ask for ask in view.minutes.asks if ask.id in spec.asks], view.speech)


def _question(view: ClientView, number: int, one: Asked) -> Iterator[str]:
    names = _say(view, "comma").join(spec.id for spec in one.specs)
    about = _say(view, "about", specs=names) if names else ""
    yield _say(view, "question", number=number, text=" ".join(one.alone.split()), about=about)
    if not isinstance(one.question, OpenQuestion):
        return
    for letter, option in zip(ascii_uppercase, one.question.options, strict=False):
        best = _say(view, "best") if option == one.question.recommended else ""
        yield _say(view, "option", letter=letter, text=" ".join(option.split()), best=best)


def _say(view: ClientView, name: str, **params: object) -> str:
    return tin(view.minutes.language, f"desk.export.asking.{name}", **params)
