"""What points to a person or a company, hidden before anything leaves and shown again afterwards.

The same thing has the same sign all through a call, so that a model can still tell who is who.
Words are found in the call itself: the answer, with the signs taken back, quotes it letter by
letter.
"""

import re
from collections.abc import Iterable, Mapping

from pipeline.engines.llm.endpoint import What
from pipeline.engines.llm.fence import visible
from pipeline.language.personal import personal
from pipeline.models.project import Project
from pipeline.models.transcript import Transcript

_SIGN = re.compile(r"⟦[A-Z]+_\d+⟧")
_CHINESE = re.compile(r"[\u4e00-\u9fff]{2,4}")
_TITLES = (
    *("总", "工", "经理", "主任", "科长", "处长", "部长", "院长", "所长", "校长", "局长", "主管"),
    *("老师", "医生", "护士长", "师傅", "会计", "先生", "女士", "小姐", "哥", "姐", "董", "老板"),
)
_TWO = frozenset(
    ("欧阳", "司马", "上官", "诸葛", "夏侯", "皇甫", "东方", "尉迟", "公孙", "慕容", "司徒")
)
_SHORTEST = 2
"""Characters of a name below which it is no name to look for."""


class Mask:
    """Signs for one call; made anew from the same call they are the same."""

    def __init__(
        self, texts: Iterable[str] = (), names: Iterable[str] = (), *, widens: bool = True
    ) -> None:
        self._widens = widens
        self._signs: dict[str, str] = {}
        self._counts: dict[str, int] = {}
        for name in names:
            if len(name.strip()) >= _SHORTEST:
                self._sign("PERSON", name.strip())
        for text in texts:
            for found in personal(text):
                self._sign(found.sort, found.text)
        self._ready()

    def _ready(self) -> None:
        longest = sorted(self._signs, key=len, reverse=True)
        self._hidden = re.compile("|".join(map(re.escape, longest))) if longest else None
        self._shown = {sign: text for text, sign in self._signs.items()}

    @property
    def signs(self) -> Mapping[str, str]:
        """What is hidden, and under which sign."""
        return dict(self._signs)

    def covering(self, texts: Iterable[str]) -> "Mask":
        """A mask that hides what these texts hold besides; itself where that is nothing."""
        hidden = (self.hide(text) for text in texts if self._widens)
        found = [one for text in hidden for one in personal(text)]
        if not found:
            return self
        wider = Mask()
        wider._signs, wider._counts = dict(self._signs), dict(self._counts)
        for one in found:
            wider._sign(one.sort, one.text)
        wider._ready()
        return wider

    def hide(self, text: str) -> str:
        """The text with signs in place of what is hidden."""
        if self._hidden is None:
            return text
        return self._hidden.sub(lambda found: self._signs[found.group()], text)

    def show(self, value: object) -> object:
        """A value of an answer with the words in place of their signs; signs that are none stay."""
        if isinstance(value, str):
            return _SIGN.sub(lambda found: self._shown.get(found.group(), found.group()), value)
        if isinstance(value, list):
            return [self.show(one) for one in value]
        if isinstance(value, dict):
            return {name: self.show(one) for name, one in value.items()}
        return value

    def _sign(self, sort: str, text: str) -> None:
        if text not in self._signs:
            self._counts[sort] = self._counts.get(sort, 0) + 1
            self._signs[text] = f"⟦{sort}_{self._counts[sort]}⟧"


OPEN = Mask(widens=False)
"""Hides nothing."""


def _addressed(name: str) -> Iterable[str]:
    """How a person of a Chinese name is spoken to: 陈立 is 陈工, 陈总, 老陈 or 小陈."""
    if not _CHINESE.fullmatch(name):
        return
    family = name[:2] if name[:2] in _TWO and len(name) > 2 else name[0]
    yield from (f"{family}{title}" for title in _TITLES)
    yield from (f"{before}{family}" for before in "老小")


def mask_of(transcript: Transcript, project: Project, what: What) -> Mask:
    """The signs of one call, for all that questions tell of it and of its project.

    Words are looked at as they are sent: a number with an invisible character inside is one.
    """
    if what == "nothing":
        return OPEN
    people = project.participants
    speakers = dict.fromkeys(one.speaker for one in transcript.segments if one.speaker)
    names: list[str] = []
    if what == "names":
        known = (name for one in people for name in (one.name, one.label) if name)
        whole = [visible(name) for name in dict.fromkeys((*known, *speakers))]
        names = [*whole, *(short for name in whole for short in _addressed(name))]
    told = (
        *(one.text for one in transcript.segments),
        *speakers,
        *(value for one in people for value in one.model_dump().values() if isinstance(value, str)),
        *(project.system, project.industry),
        *(part for pair in project.glossary.items() for part in pair),
        *project.capabilities,
        *project.scope,
        *(part for one in project.data_dictionary for part in (one.entity, one.table)),
    )
    return Mask((visible(one) for one in told), names)
