"""A project as somebody edits it: lines of text and rows, and what they say."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from pipeline.models.project import Entity, Participant, Project
from ui import mending_form
from ui.plain_words_form import plain_words, unchanged

PERSON = ("name", "title", "org", "side", "role", "label")
"""What of a person is edited, in the order of the columns."""
PLAIN = ("industry", "language", "spoken", "characters", "time_zone")
"""What is taken as the form gives it."""
SIGNS = ("=", "＝")


class Row(NamedTuple):
    """A column of the client's system, to be looked up."""

    entity: str
    table: str
    label: str
    name: str
    type: str


def lines(text: str) -> tuple[str, ...]:
    """What stands in each line that is not empty."""
    return tuple(one for line in text.splitlines() if (one := " ".join(line.split())))


def glossary_text(glossary: Mapping[str, str]) -> str:
    """A line for each term."""
    return "\n".join(f"{term} = {meaning}" for term, meaning in glossary.items())


def glossary(text: str) -> tuple[dict[str, str], tuple[str, ...]]:
    """Meanings by term, and the lines that say none."""
    found: dict[str, str] = {}
    unclear: list[str] = []
    for line in lines(text):
        sign = min((at for one in SIGNS if (at := line.find(one)) >= 0), default=-1)
        term, meaning = line[:sign].strip(), line[sign + 1 :].strip()
        if sign < 1 or not term or not meaning:
            unclear.append(line)
        else:
            found[term] = meaning
    return found, tuple(unclear)


def people_rows(people: Sequence[Participant]) -> list[dict[str, str]]:
    """A row for each person."""
    return [{name: getattr(one, name) or "" for name in PERSON} for one in people]


def people(
    rows: Sequence[Mapping[str, Any]], before: Sequence[Participant]
) -> tuple[Participant, ...]:
    """The people of the rows that have a name; what is not edited here stays as it was."""
    sites = {one.name: one.site for one in before}
    found = []
    for row in rows:
        told = {name: " ".join(str(row.get(name) or "").split()) or None for name in PERSON}
        if told["name"]:
            side = told["side"] if told["side"] in ("us", "client") else "client"
            values = {**told, "side": side, "site": sites.get(told["name"])}
            found.append(Participant.model_validate(values))
    return tuple(found)


def edited(seen: Project, texts: Mapping[str, Any], rows: Sequence[Mapping[str, Any]]) -> Project:
    """The project as the form says it; what nobody touched stays to the letter."""
    changes: dict[str, Any] = {name: texts[name] for name in PLAIN if name in texts}
    for name in ("capabilities", "scope"):
        if texts[name] != "\n".join(getattr(seen, name)):
            changes[name] = lines(texts[name])
    if texts["glossary"] != glossary_text(seen.glossary):
        changes["glossary"] = glossary(texts["glossary"])[0]
    said = texts.get("plain_words")
    if said is not None and not unchanged(said, seen.plain_words):
        changes["plain_words"] = plain_words(said)[0]
    mended = texts.get("corrections")
    if mended is not None and not mending_form.unchanged(mended, seen.corrections):
        changes["corrections"] = mending_form.corrections(mended)[0]
    wanted = people(rows, seen.participants)
    if people_rows(wanted) != people_rows(seen.participants):
        changes["participants"] = wanted
    return seen.with_(**changes)


def dictionary(entities: Sequence[Entity], search: str = "") -> list[Row]:
    """The columns in whose row all the words of a search stand."""
    wanted = search.lower().split()
    rows = [
        Row(one.entity, one.table, field.label, field.name, field.type)
        for one in entities
        for field in one.fields
    ]
    return [row for row in rows if all(word in " ".join(row).lower() for word in wanted)]
