"""Summary: the main asks and decisions by name, and the stretches of talk they were made in."""

import tomllib
from collections.abc import Iterable, Sequence
from functools import cache
from importlib.resources import files

from pipeline.engines.rules.extraction.dialogue import Dialogue
from pipeline.engines.rules.extraction.far import turns_of
from pipeline.models.base import Language
from pipeline.models.draft import Draft, DraftAsk, DraftDecision, DraftItem
from pipeline.models.item import Summary, Topic
from pipeline.models.succession import Link, taken_over

_MOST = 4
"""Items of one kind that a summary names."""
_MARKS = " 。.；;，,？?！!"
"""Marks at the end of an item, which a list closes with one of its own."""
_GAP = 8
"""Turns between two mentions within which a topic goes on."""


def with_summary(draft: Draft, dialogue: Dialogue) -> Draft:
    """The draft with its summaries and topics."""
    summary = Summary(
        internal=_summary(draft, dialogue, internal=True),
        client=_summary(draft, dialogue, internal=False),
    )
    return draft.with_(summary=summary, topics=_topics(draft, dialogue))


def _summary(draft: Draft, dialogue: Dialogue, *, internal: bool) -> str:
    language = dialogue.language

    def texts(items: Iterable[DraftItem]) -> Sequence[str]:
        shown = [
            one for one in items if internal or (one.visibility == "client" and not one.not_for)
        ]
        return [_running(one.text, dialogue) for one in shown]

    replaced = taken_over(Link(one.ref, one.supersedes) for one in draft.decisions)
    standing = [one for one in draft.decisions if one.ref not in replaced]
    parts = [
        ("asks", texts(one for one in draft.asks if one.status == "live")),
        ("agreed", texts(_in_state(standing, "agreed"))),
        ("tentative", texts(_in_state(standing, "tentative"))),
        ("open", texts(draft.questions)),
        ("risks", texts(draft.risks) if internal else []),
    ]
    return _sentences(language)["glue"].join(
        _say(key, some, language) for key, some in parts if some
    )


def _running(text: str, dialogue: Dialogue) -> str:
    """A text inside a sentence: a small letter at its head where it was said with one somewhere."""
    head = text.split(" ", 1)[0]
    small = head.lower() in dialogue.small_words
    return head.lower() + text[len(head) :] if small else text


def _in_state(decisions: Iterable[DraftDecision], state: str) -> list[DraftDecision]:
    return [one for one in decisions if one.state == state]


def _say(key: str, texts: Sequence[str], language: Language) -> str:
    words = _sentences(language)
    bare = [text.rstrip(_MARKS) for text in texts[:_MOST]]
    more = words["more"].format(count=len(texts) - _MOST) if len(texts) > _MOST else ""
    return words[key].format(items=words["join"].join(bare) + more)


def _topics(draft: Draft, dialogue: Dialogue) -> tuple[Topic, ...]:
    topics = [
        topic
        for ask in draft.asks
        if ask.status != "duplicate" and (topic := _topic(ask, dialogue))
    ]
    return tuple(topics)


def _topic(ask: DraftAsk, dialogue: Dialogue) -> Topic | None:
    """The first unbroken stretch of talk about an ask."""
    turns = turns_of(ask, dialogue)
    if not turns:
        return None
    last = turns[0]
    for turn in turns[1:]:
        if turn.index - last.index > _GAP:
            break
        last = turn
    return Topic(
        title=ask.text,
        start=turns[0].segment.start,
        end=last.segment.end,
        visibility=ask.visibility,
        not_for=ask.not_for,
    )


@cache
def _sentences(language: Language) -> dict[str, str]:
    path = files("pipeline.engines.rules.extraction").joinpath("summary.toml")
    tables: dict[str, dict[str, str]] = tomllib.loads(path.read_text(encoding="utf-8"))
    return tables[language]
