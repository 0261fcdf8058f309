"""What somebody says about the calls they upload, read from a form."""

import contextlib
import datetime as dt
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import PurePath
from typing import Literal

from pipeline.models.base import Language, Model
from pipeline.models.project import DEFAULT_CLIENT, Participant, Project
from pipeline.service.intake import Intake

SPOKEN: Mapping[str, tuple[str, ...]] = {
    "auto": (),
    "zh": ("zh",),
    "en": ("en",),
    "mixed": ("zh", "en"),
    "yue": ("yue", "zh", "en"),
}
MINUTES: Mapping[str, Language | None] = {"call": None, "zh": "zh", "en": "en"}
NO_PROJECT, NEW_PROJECT, FILE_PROJECT = "", "new", "file"
"""Choices beside the uids of projects."""
_DATE = re.compile(r"(?<!\d)(20\d\d)\s*[-_.年]?\s*(\d\d?)\s*[-_.月]?\s*(\d\d?)(?!\d)")
_NUMBERED = re.compile(
    r"(?i)\s*(?:speaker|spk|participant|user|guest|unknown speaker|说话人|发言人|讲话人|参会人|用户|嘉宾)"
    r"[\s_#-]*(?:[0-9]{1,3}|[一二三四五六七八九十]{1,3}|[a-z])?\s*"
)
Trouble = Literal["client", "file", "side", "twice", "glossary"]
"""What has to be put right before anything can begin."""


class Person(Model):
    """One row: somebody in the call."""

    name: str = ""
    side: Literal["us", "client", "unknown"] | None = None
    """Null where nobody said it yet; "unknown" where somebody said that nobody knows."""
    title: str = ""
    label: str = ""
    """What a file calls this person, where the row was filled in from one."""


class Form(Model):
    """The form as it is filled in."""

    choice: str = NO_PROJECT
    client: str = ""
    system: str = ""
    people: tuple[Person, ...] = ()
    glossary: str = ""
    date: dt.date | None = None
    spoken: str = "auto"
    minutes: str = "call"
    consent: bool = False

    @property
    def named(self) -> tuple[Person, ...]:
        """The rows that somebody filled in."""
        return tuple(
            one.with_(name=one.name.strip(), title=one.title.strip())
            for one in self.people
            if one.name.strip()
        )


class Named(Model):
    """What is said of one file of several: a title, its own date, what it is."""

    title: str = ""
    date: dt.date | None = None
    shape: str | None = None
    """What it is to be read as; null where that is to be found out."""


class Intent(Model):
    """What is to become of a file that is on its way: kept with it until it is here."""

    form: Form = Form()
    file: Project | None = None
    named: Named = Named()
    go: bool = False


def shown_again(wishes: Iterable[Intent]) -> Intent | None:
    """What the form shows again where nobody remembers it: what was said of a file that waits.

    Where all of them go already, it is what was said of the first, without the consent: that was
    given for the files that go, and for no other.
    """
    known = sorted(wishes, key=lambda one: one.go)
    if not known:
        return None
    first = known[0]
    return first.with_(form=first.form.with_(consent=False)) if first.go else first


def named_by(file: str) -> Named:
    """What a file's name says: a title, and a date where it holds one."""
    title = PurePath(file).stem.strip()
    return Named(title=title, date=next(_dates(title), None))


def _typed(title: str, file: str) -> str | None:
    """A title that somebody typed; None for the one of the file's name, so that its own wins."""
    title = title.strip()
    return title if title and title != named_by(file).title else None


def _dates(text: str) -> Iterator[dt.date]:
    for found in _DATE.finditer(text):
        year, month, day = (int(one) for one in found.groups())
        with contextlib.suppress(ValueError):
            yield dt.date(year, month, day)


def troubles(form: Form, file: Project | None) -> list[tuple[Trouble, str]]:
    """What has to be put right, and what it is about."""
    names = [one.name for one in form.named]
    found: list[tuple[Trouble, str]] = []
    if form.choice == NEW_PROJECT and not form.client.strip():
        found.append(("client", ""))
    if form.choice == FILE_PROJECT and file is None:
        found.append(("file", ""))
    found += [("side", one.name) for one in form.named if one.side is None]
    found += [("twice", name) for name in dict.fromkeys(names) if names.count(name) > 1]
    return found + [("glossary", line) for line in glossary_of(form.glossary)[1]]


def glossary_of(text: str) -> tuple[dict[str, str], list[str]]:
    """Terms and their meanings, one a line; and the lines that are neither."""
    terms: dict[str, str] = {}
    bad: list[str] = []
    for line in filter(None, map(str.strip, text.splitlines())):
        term, sign, meaning = line.replace("＝", "=").partition("=")
        if sign and term.strip() and meaning.strip():
            terms[term.strip()] = meaning.strip()
        else:
            bad.append(line)
    return terms, bad


def glossary_text(glossary: Mapping[str, str]) -> str:
    """A glossary as it is typed."""
    return "\n".join(f"{term} = {meaning}" for term, meaning in glossary.items())


def intake_of(
    form: Form,
    projects: Sequence[Project],
    file: Project | None,
    *,
    name: str,
    language: Language,
    named: Named | None = None,
) -> Intake:
    """What is said about one file.

    Args:
        form: what was filled in.
        projects: those there are.
        file: the project file that was dropped in.
        name: what the file is called.
        language: of a project that is made now.
        named: what this file alone is called, and its own date.
    """
    own = named or Named()
    return Intake(
        project=_project(form, projects, file, name=name, language=language),
        shape=own.shape,
        title=_typed(own.title, name),
        date=own.date or form.date,
        languages=SPOKEN.get(form.spoken, ()),
        text_language=MINUTES.get(form.minutes),
        consent=form.consent or None,
    )


def base_of(form: Form, projects: Iterable[Project], file: Project | None) -> Project | None:
    """The project as it is known: chosen, dropped in, or named as one that there is."""
    if form.choice == FILE_PROJECT:
        return file
    key = (form.client.strip(), form.system.strip())
    for one in projects:
        named = form.choice == NEW_PROJECT and (one.client, one.system) == key
        if named or (form.choice and one.uid == form.choice):
            return one
    return None


def _project(
    form: Form,
    projects: Sequence[Project],
    file: Project | None,
    *,
    name: str,
    language: Language,
) -> Project | None:
    terms, _ = glossary_of(form.glossary)
    base = base_of(form, projects, file)
    if base is None and form.choice == NEW_PROJECT:
        client, system = form.client.strip(), form.system.strip()
        base = Project(client=client, system=system, language=language)
    if base is None:
        if not (form.named or terms):
            return None
        # People without a client belong to this call: they are not everybody's.
        base = Project(client=DEFAULT_CLIENT, system=PurePath(name).stem, language=language)
    elif form.choice == NEW_PROJECT:
        # Typed anew, it still has what was known before.
        terms = {**base.glossary, **terms}
        return base.with_(participants=_people(form, base, keep=True), glossary=terms)
    if form.choice == FILE_PROJECT and (base.client, base.system) == (DEFAULT_CLIENT, ""):
        base = base.with_(system=PurePath(name).stem)  # nor are the tables of somebody's system
    return base.with_(participants=_people(form, base), glossary=terms)


def _people(form: Form, base: Project, *, keep: bool = False) -> tuple[Participant, ...]:
    """The rows, with what the project knows of each beyond them."""
    known = {one.name: one for one in base.participants}
    people = []
    for row in form.named:
        was = known.get(row.name)
        if row.side is None or row.side == "unknown":
            people += [was] if was else []
            continue
        known_so = was or Participant(name=row.name, side=row.side)
        label = known_so.label or _label(form, row)
        people.append(known_so.with_(side=row.side, title=row.title or None, label=label))
    names = {one.name for one in people}
    rest = [one for one in base.participants if keep and one.name not in names]
    return (*people, *rest)


def numbered(label: str) -> bool:
    """Whether a name is none, but a number that a recorder gave to a voice."""
    return _NUMBERED.fullmatch(label) is not None


def _label(form: Form, row: Person) -> str | None:
    """What files call somebody: a number that a recorder gave means another in the next call."""
    passing = numbered(row.label) and form.choice != NO_PROJECT
    return None if passing or row.label in ("", row.name) else row.label


def refilled(
    people: Sequence[Person], glossary: str, before: Project | None, now: Project | None
) -> tuple[tuple[Person, ...], str]:
    """Rows and terms after another project was chosen.

    What was filled in from the last project goes; what somebody typed stays.
    """
    filled = set(_rows(before))
    typed = [one for one in people if one.name.strip() and one not in filled]
    rows = _rows(now)
    names = {one.name for one in rows}
    old = before.glossary if before else {}
    terms, bad = glossary_of(glossary)
    own = {term: meaning for term, meaning in terms.items() if old.get(term) != meaning}
    told = {**(now.glossary if now else {}), **own}
    text = "\n".join(filter(None, (glossary_text(told), *bad)))
    return (*rows, *(one for one in typed if one.name.strip() not in names)), text


def _rows(project: Project | None) -> list[Person]:
    people = project.participants if project else ()
    return [Person(name=one.name, side=one.side, title=one.title or "") for one in people]
