"""Notes -> their lines: bullets without their marks, headings apart, who is named at the head."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from pipeline.language.bullets import BULLET, unmarked
from pipeline.language.labels import is_label
from pipeline.readers import labels

_LONGEST = 4_000
"""Characters of a line in which marks are looked for; a longer one is a text of its own."""
_QUOTE = re.compile(r"\s*(?:>\s?)+(?=\D)")
_HEADING = re.compile(r"\s*#{1,6}\s+(?P<text>.*?)\s*#*")
_STRONG = re.compile(r"(\*\*|__)(?=\S)(.+?)(?<=\S)\1")
_RULE = re.compile(r"[\s\-=*_~#|:+.—–·•>`]*")
_FENCE = re.compile(r"\s*```.*")
_ROW = re.compile(r"\s*\|(.+)\|\s*")
_NAMED = re.compile(r"(?P<name>[^:：\s][^:：]{0,30}?)\s*[:：]\s*(?P<text>\S.*)")
_SURNAMES = frozenset(
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏"
    "钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文欧"
)
_OFFICE = re.compile(
    r"[\u4e00-\u9fff]{1,3}(?:总|总监|经理|主任|老师|工|姐|哥|部长|处长|科长|院长|校长|店长|主管|组长|会计|医生|护士长|书记|老板|董)"
)
_LATIN_NAME = re.compile(r"(?:(?:Mr|Mrs|Ms|Dr)\.? )?[A-Z][\w'’.-]*(?: [A-Z][\w'’.-]*){0,2}")


class Line(NamedTuple):
    """A line of a note."""

    number: int
    text: str
    speaker: str | None = None
    heading: bool = False
    """Whether it only says what the lines below it are about."""


def note_lines(lines: Sequence[str]) -> tuple[Line, ...]:
    """Every line that says something; a line that a narrow page broke goes on with the next."""
    bare = list(_bare(lines))
    names = frozenset(_names(line.text for line in bare))
    return tuple(line if line.heading else _with_speaker(line, names) for line in bare)


def _bare(lines: Sequence[str]) -> Iterator[Line]:
    said: list[Line] = []
    open_at = -1
    for number, raw in enumerate(lines, 1):
        if _RULE.fullmatch(raw) or _FENCE.fullmatch(raw):
            continue
        if said and open_at == number - 1 and _goes_on(said[-1].text, raw):
            said[-1] = said[-1]._replace(text=f"{said[-1].text} {raw.strip()}")
        elif (line := _line(number, raw)).text:
            said.append(line)
        open_at = number
    yield from said


def _line(number: int, raw: str) -> Line:
    if len(raw) > _LONGEST:
        return Line(number, raw.strip())
    heading = _HEADING.fullmatch(raw)
    row = _ROW.fullmatch(raw)
    text = heading["text"] if heading else raw
    if row:
        text = " · ".join(cell.strip() for cell in row[1].split("|") if cell.strip())
    text = _STRONG.sub(r"\2", unmarked(_QUOTE.sub("", text)))
    text = text.strip()
    return Line(number, text, heading=is_label(text))


def _goes_on(before: str, raw: str) -> bool:
    """Whether a line goes on with the one above, which a narrow page broke off."""
    opens = raw.lstrip()[:1]
    broken = not before.endswith((".", "!", "?", ":", ";", "。", "！", "？", "：", "；"))
    return broken and opens.islower() and opens.isascii() and not BULLET.match(raw)


def _with_speaker(line: Line, names: frozenset[str]) -> Line:
    match = _NAMED.fullmatch(line.text)
    if match is None or match["name"] not in names:
        return line
    return line._replace(speaker=match["name"], text=match["text"])


def _names(texts: Iterable[str]) -> Iterator[str]:
    """Who is named at the head of lines: people by their look, or whoever comes back."""
    openings = Counter(match["name"] for text in texts if (match := _NAMED.fullmatch(text)))
    for name, times in openings.items():
        if is_label(name) or labels.is_label(name) or any(char.isdigit() for char in name):
            continue
        if (
            _OFFICE.fullmatch(name)
            or _is_full_name(name)
            or (_LATIN_NAME.fullmatch(name) and (times > 1 or " " in name))
        ):
            yield name


def _is_full_name(name: str) -> bool:
    chinese = 2 <= len(name) <= 3 and all("\u4e00" <= char <= "\u9fff" for char in name)
    return chinese and name[0] in _SURNAMES
