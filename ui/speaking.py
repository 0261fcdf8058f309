"""Who speaks in a call, as it is asked on a page or told in a terminal; no widget here."""

from collections.abc import Callable
from typing import Literal, NamedTuple

from pipeline.models.minutes import Minutes
from pipeline.models.project import Participant
from pipeline.service.speakers import Choice, Speaker, Speakers

Say = Callable[..., str]
"""A sentence of ours in the reader's language: its key, what it is about."""

LATER = ""
"""Nothing is said of this speaker yet, or what was said stays."""
SOMEBODY = "+"
"""Somebody who is no participant yet."""
SIDES: tuple[Literal["us", "client"], ...] = ("client", "us")
_PERSON = "="
MANY = 3
"""Unknown speakers up to which a page asks by itself; more rows push the words off the screen."""


class Somebody(NamedTuple):
    """Who is no participant yet, as it was typed."""

    name: str = ""
    side: Literal["us", "client"] = "client"
    title: str = ""


NOBODY = Somebody()


def options(speaker: Speaker, told: Speakers) -> list[str]:
    """What can be said of a speaker: the likeliest people first, then the others by side and name."""
    likely = (speaker.guess.person, *speaker.guess.could_be)
    people = {one.name: one for one in told.project.participants}
    rest = sorted(people.values(), key=lambda one: (SIDES.index(one.side), one.name))
    names = dict.fromkeys([*(name for name in likely if name), *(one.name for one in rest)])
    return [LATER, *(_PERSON + name for name in names), SOMEBODY, *SIDES]


def preselected(speaker: Speaker) -> str:
    """What is suggested; nothing where a person said something already."""
    guess = speaker.guess
    if speaker.known or guess.reason is None:
        return LATER
    return _PERSON + guess.person if guess.person else guess.side or LATER


def option_text(option: str, speaker: Speaker, told: Speakers, say: Say) -> str:
    """An option as it is read; Streamlit shows it to the letter."""
    if option == SOMEBODY:
        return say("somebody")
    if option in SIDES:
        return say("side_only", side=say(f"side.{option}"))
    if option == LATER:
        if not speaker.known:
            return say("later")
        return say("stays", name=speaker.label, side=say(f"side.{speaker.side}"))
    name = option.removeprefix(_PERSON)
    person = next(one for one in told.project.participants if one.name == name)
    text = person_text(person, say)
    return say("could_be", person=text) if name in speaker.guess.could_be else text


def person_text(person: Participant, say: Say) -> str:
    """A participant in a line: name, title, side."""
    facts = (person.name, person.title, say(f"side.{person.side}"))
    return " · ".join(fact for fact in facts if fact)


def reason(speaker: Speaker, say: Say) -> str:
    """Why somebody is suggested, or who it may be; in plain words, empty where nobody is."""
    guess = speaker.guess
    if guess.reason is None:
        return say("could_be", person=" / ".join(guess.could_be)) if guess.could_be else ""
    side = say(f"side.{guess.side}")
    about = guess.about or speaker.label
    return say(f"reason.{guess.reason}", name=guess.person or "", about=about, side=side)


def choice(speaker: Speaker, option: str, somebody: Somebody = NOBODY) -> Choice | None:
    """What was chosen; None where that says nothing, or nothing new."""
    if option == LATER:
        return None
    if option in SIDES:
        side = SIDES[SIDES.index(option)]
        return None if speaker.side == side else Choice(label=speaker.label, side=side)
    if option == SOMEBODY:
        if not somebody.name.strip():
            return None
        title = somebody.title.strip() or None
        return Choice(label=speaker.label, name=somebody.name, side=somebody.side, title=title)
    name = option.removeprefix(_PERSON)
    done = speaker.known and speaker.person == name
    return None if done else Choice(label=speaker.label, name=name)


def suggested(told: Speakers) -> tuple[Choice, ...]:
    """All that is suggested, as choices."""
    every = (choice(one, preselected(one)) for one in told.speakers)
    return tuple(one for one in every if one is not None)


def head(told: Speakers, say: Say) -> str:
    """The line above the words: how many speak, how many of them nobody knows, turns of nobody."""
    count, unknown = len(told.speakers), len(told.unknown)
    text = say("head", count=count, unknown=unknown) if unknown else say("head_known", count=count)
    return f"{text}{say('head_unnamed', count=told.unnamed)}" if told.unnamed else text


def opens(told: Speakers, minutes: Minutes | None) -> bool:
    """Whether to ask at once: somebody is unknown, and nobody has decided anything yet.

    Not in a thread of many people, whose rows would push everything else off the page.
    """
    items = minutes.items() if minutes else ()
    fresh = all(item.review == "draft" for _, item in items)
    return bool(told.unknown) and fresh and len(told.unknown) <= MANY
