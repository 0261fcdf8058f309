"""The project's own words in what was said: columns, entities and roles."""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import cache
from typing import NamedTuple

from pipeline.engines.rules.playbook.loader import cue_list
from pipeline.engines.rules.specification.refusal import refused
from pipeline.language.once import per_project
from pipeline.language.scanning import Scanner
from pipeline.language.terms import Column, terms_of
from pipeline.models.minutes import Ask
from pipeline.models.project import DictionaryField, Entity, Project

_CJK_RUN = re.compile("[\u4e00-\u9fff]+")
_LATIN = re.compile(r"[A-Za-z][A-Za-z-]{2,}")
_ENDING = re.compile(r"(ations?|ing|ies|als?|ed|es|s|y)$")
_CJK = re.compile("[\u4e00-\u9fff]")
_STAFF = re.compile(r"岗位|人员|staff|people who|\brole\b", re.IGNORECASE)
_NOTE = re.compile(r"\s*[(（].*?[)）]")
_TITLED = (
    "(?<![我你贵对双资现乙甲])[赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦许何吕张孔曹严金魏陶姜谢邹章苏潘葛范彭鲁马"
    "方俞袁柳史唐薛雷贺倪汤罗毕郝常傅康余顾孟黄萧尹姚邵汪毛宋庞熊纪舒董梁杜蓝季贾江童郭梅林钟徐邱高夏"
    "蔡田樊胡凌霍万卢莫房丁邓洪包石崔龚程邢裴陆侯段武刘龙叶黎乔谭姬申冉欧白尚温庄晏牛]"
    "(?:总监|总经理|副总|经理|主任|科长|部长|处长|厂长|院长|校长|店长|组长|班长|主管|会计|秘书|护士长|老师|医生|师傅|总(?!部|额|数|计|量|共|是|的|会|价|账|体|结)|[姐哥])"
)
"""A surname with a title is a person, not a role."""


class Mention(NamedTuple):
    """A label that occurs in a text, and the columns it may mean."""

    start: int
    end: int
    said: str
    columns: tuple[Column, ...]
    whole: bool
    """False when only a part of the label was said."""

    @property
    def generic(self) -> bool:
        """Whether it may be an everyday word."""
        return self.said.lower() in cue_list("words.generic") or not self.whole


class Vocabulary:
    """Finds the words of one project."""

    def __init__(self, project: Project) -> None:
        """Index labels and what else people say for them; `vocabulary_of` does so once."""
        self.project = project
        self._terms = terms_of(project)
        self._trade: Scanner[str] = Scanner()
        for term in project.glossary:
            self._trade.add(term, term)
        self.role = "|".join((*_names(project), _TITLED, *_role_expressions()))
        """Every role word and participant, as an expression to build others with."""
        self.roles = re.compile(self.role, re.IGNORECASE)

    def mentions(self, text: str) -> tuple[Mention, ...]:
        """Labels in a text that do not overlap, the longer first where they do."""
        return tuple(
            Mention(hit.start, hit.end, hit.said, hit.columns, hit.whole)
            for hit in self._terms.find(text)
        )

    def entity(self, ask: Ask, texts: Iterable[str]) -> Entity | None:
        """The entity an ask is about, by how often it and its own columns are named."""
        votes: defaultdict[str, float] = defaultdict(float)
        for weight, text in [(3, ask.text), (3, ask.raw_quote), *((1, text) for text in texts)]:
            labels = self.mentions(text)
            for named in self._named(text, labels):
                votes[named.table] += weight
            for mention in labels:
                for column in mention.columns if not mention.generic else ():
                    votes[column.entity.table] += weight / len(mention.columns)
        best = sorted(votes, key=lambda table: -votes[table])
        if not best or votes[best[0]] == 0:
            return None
        if len(best) > 1 and votes[best[0]] == votes[best[1]]:
            return None
        return next(one for one in self.project.data_dictionary if one.table == best[0])

    def _named(self, text: str, labels: Sequence[Mention]) -> Iterable[Entity]:
        """Entities named in a text, each as often as it is, not as a part of a label."""
        for at, entity in self._terms.entities_in(text):
            if not any(one.start <= at < one.end for one in labels):
                yield entity

    def column(self, entity: Entity, field: DictionaryField) -> Column:
        """A field of an entity as a column."""
        return self._terms.columns[f"{entity.table}.{field.name}"]

    def noun(self, text: str) -> str | None:
        """The first word of the project in a text: a glossary term, an entity or a label."""
        spots = [
            *((one.start, one.end) for one in self._trade.spots(text)),
            *((one.start, one.end) for one in self._terms.find(text) if one.whole),
            *self._terms.things_in(text),
        ]
        for start, end in sorted(spots, key=lambda one: (one[0], -one[1])):
            if text[start:end].lower() not in cue_list("words.generic"):
                return text[start:end]
        return None

    def touched(self, text: str) -> Entity | None:
        """The one entity that the labels in a text belong to, even those said only in part."""
        tables = {c.entity.table: c.entity for one in self.mentions(text) for c in one.columns}
        return next(iter(tables.values())) if len(tables) == 1 else None

    def settle(self, columns: Sequence[Column], entity: Entity | None) -> Column | None:
        """The one column meant: the only one there is, or the one of the ask's entity."""
        mine = [one for one in columns if entity is not None and one.entity.table == entity.table]
        fitting = mine or list(columns)
        return fitting[0] if len(fitting) == 1 else None

    def role_words(self, text: str, *, outside_labels: bool = False) -> tuple[str, ...]:
        """Roles and names in a text, in order, each once; a "dentist name" is no dentist."""
        labels = [one for one in self.mentions(text) if one.whole] if outside_labels else []
        return tuple(
            dict.fromkeys(
                match.group()
                for match in self.roles.finditer(text)
                if not any(one.start <= match.start() < one.end for one in labels)
                and not (outside_labels and refused(text, *match.span()))
            )
        )


def _names(project: Project) -> list[str]:
    """Expressions for the participants, and for the roles that only the glossary knows."""
    words = {person.name for person in project.participants}
    words |= {person.name.split()[0] for person in project.participants}
    words |= {person.title for person in project.participants if person.title}
    words |= {term for term, meaning in project.glossary.items() if _STAFF.search(meaning)}
    return [_word(word) for word in sorted(words, key=len, reverse=True)]


@cache
def _role_expressions() -> tuple[str, ...]:
    chinese = sorted(cue_list("role.zh"), key=len, reverse=True)
    return (*chinese, *(rf"\b{one}\b" for one in cue_list("role.en")))


def _word(word: str) -> str:
    plain = re.escape(word)
    return plain if _CJK.search(word) else rf"(?<!\w){plain}s?(?!\w)"


@per_project
def vocabulary_of(project: Project) -> Vocabulary:
    """The words of a project, indexed once."""
    return Vocabulary(project)


def content_words(text: str) -> frozenset[str]:
    """What a text is about: stems of its Latin words and pairs of its Chinese characters."""
    plain = cue_list("words.plain")
    found = {
        _ENDING.sub("", word.lower()) for word in _LATIN.findall(text) if word.lower() not in plain
    }
    for run in _CJK_RUN.findall(text):
        found |= {run[start : start + 2] for start in range(len(run) - 1)}
    return frozenset(found.difference(plain, {""}))
