"""What a label names and what it asks of it: 报废数 is the number of 报废, "ship date" a date."""

import re
from functools import cache
from typing import NamedTuple

from pipeline.engines.rules.playbook.loader import compiled, part_group, part_list
from pipeline.engines.rules.specification.vocabulary import content_words
from pipeline.language.script import has_cjk

_LAST = re.compile(r"(?i)^last ")
_SPLIT = re.compile(r"[/、,，]")


class Said(NamedTuple):
    """A stretch of words, with the stems of its content."""

    text: str
    stems: frozenset[str]
    own: bool
    """Whether they are the ask's own words and not the talk about it."""


class Concept(NamedTuple):
    """A label taken apart."""

    cores: tuple[str, ...]
    """What it names, then what people say for it: 效期 for 有效期."""
    family: str
    """number, when, who and so on, by the end of the label; empty where it has none."""
    values: tuple[str, ...]
    """What its note lists: 普货 and 冷藏 of 货物类型(普货/冷藏)."""

    def may_be_in(self, said: Said) -> bool:
        """Whether any of its words was said at all."""
        return any(one in said.text for one in self.values) or any(
            _holds(said, one) for one in self.cores
        )

    def is_in(self, said: Said) -> bool:
        """Whether somebody speaks of it: names the thing, and asks that of it."""
        if said.own and any(one in said.text for one in self.values):
            return True
        loose = said.own or self.family == "who"
        cores = self.cores if loose else self.cores[:1]
        core = next((one for one in cores if _holds(said, one)), None)
        if core is None or self.family == "id":
            return False
        counted = said.own and self.family == "number" and has_cjk(core)
        if self.family == "" or counted:
            return True
        if self.family == "when" and re.search(re.escape(core) + "(?:以|之|了)?[后前]", said.text):
            return True
        return any(
            compiled(one).search(said.text) for one in part_list(f"family_said.{self.family}")
        )


@cache
def concept(label: str, note: str) -> Concept:
    """A label and its note, read once."""
    values = tuple(one.strip() for one in _SPLIT.split(note))
    values = tuple(one for one in values if len(one) >= (2 if has_cjk(one) else 4))
    if bare(label):
        return Concept((), "", values)
    for family, pattern in part_group("family").items():
        match = pattern.search(label)
        if match and match.start() > 0:
            return Concept(_cores(label[: match.start()]), family, values)
    return Concept(_cores(label), "", values)


@cache
def bare(label: str) -> bool:
    """Whether a label says only what is asked and not of what: 状态, 数量, "status"."""
    return any(compiled(one).fullmatch(label) for one in part_list("family_bare.all"))


def row_word(entity: str) -> str:
    """What people call a row of a table: 发药 for 发药记录."""
    return compiled("|".join(part_list("family_bare.entity"))).sub("", entity) or entity


def names(word: str, said: Said) -> bool:
    """Whether any of a word's content was said."""
    return word in said.text if has_cjk(word) else bool(_stems(word) & said.stems)


def _cores(text: str) -> tuple[str, ...]:
    text = text.strip()
    if not has_cjk(text):
        return (_LAST.sub("", text),)
    if len(text) < 3:
        return (text,) if len(text) == 2 else ()
    return (text, text[-2:], text[:2])


def _holds(said: Said, core: str) -> bool:
    if has_cjk(core):
        return core in said.text
    stems = _stems(core)
    return bool(stems) and stems <= said.stems


@cache
def _stems(word: str) -> frozenset[str]:
    return content_words(word)
