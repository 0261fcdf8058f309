"""The call in ten lines, for a chat or a mail: only what may reach the client."""

from collections.abc import Iterator, Sequence

from pipeline.models.asking_back import asking_of
from pipeline.models.client_view import ClientView
from pipeline.models.minutes import Action, Decision
from pipeline.models.together import replaced
from ui.words.loader import tin

LINES, EACH = 10, 3
LONGEST = {"zh": 60, "en": 120}
"""Characters of one line: it is read on a telephone."""


def short_text(view: ClientView) -> str:
    """A heading, what was decided, who does what until when, the questions that matter most."""
    lines = [_heading(view)]
    lines += _some(view, [(one.state, _short(view, one.text)) for one in standing(view)])
    lines += _some(view, [("to_do", _action(view, one)) for one in view.minutes.actions])
    lines += _some(view, [("asked", one) for one in questions(view)])
    return "\n".join(lines[:LINES])


def standing(view: ClientView) -> list[Decision]:
    """Decisions that no later one replaced."""
    gone = replaced(view.minutes.decisions)
    return [one for one in view.minutes.decisions if one.id not in gone]


def questions(view: ClientView) -> list[str]:
    """Those that go out first, in their order, each with what it is about: nothing else tells."""
    asking = asking_of(view.minutes, view.specs, view.project, view.left_open)
    return list(dict.fromkeys(_short(view, one.told) for one in asking.first))


def _heading(view: ClientView) -> str:
    told = [view.meeting.title, str(view.meeting.date or "")]
    heading = " ".join(one for one in told if one)
    kind = "" if view.meeting.kind == "call" else f"_{view.meeting.kind}"
    items = [item for _, item in view.minutes.items()]
    if all(item.uid in view.approved for item in items):
        return _say(view, f"heading{kind}", title=heading)
    return _say(view, f"heading_draft{kind}", title=heading)


def _some(view: ClientView, told: Sequence[tuple[str, str]]) -> Iterator[str]:
    """The first few, each in its line under its name, and how many more there are."""
    for number, (name, text) in enumerate(told[:EACH]):
        rest = len(told) - EACH if number == EACH - 1 else 0
        more = _say(view, "more", count=rest) if rest > 0 else ""
        yield _say(view, name, text=text) + more


def _action(view: ClientView, one: Action) -> str:
    owner = one.owner or (_say(view, f"side_{one.side}") if one.side != "unknown" else "")
    due = one.due_date or one.due_verbatim or ""
    about = _say(view, "comma").join(text for text in (owner, due) if text)
    return _short(view, one.text) + (_say(view, "about", text=about) if about else "")


def _short(view: ClientView, text: str) -> str:
    """What fits into a line; no word is cut where words have spaces between them."""
    plain, longest = " ".join(text.split()), LONGEST[view.minutes.language]
    if len(plain) <= longest:
        return plain
    cut = plain[:longest]
    word = cut.rpartition(" ")[0]
    return (word if len(word) > longest // 2 else cut[:-1]).rstrip(" ,;，；、") + "…"


def _say(view: ClientView, name: str, **params: object) -> str:
    return tin(view.minutes.language, f"desk.export.short.{name}", **params)
