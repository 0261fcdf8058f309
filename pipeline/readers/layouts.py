"""The layouts in which exports say who speaks and when: patterns of the lines that open a turn."""

import re
from typing import NamedTuple

from pipeline.readers.clock import CLOCK, FULL_CLOCK, span, wrapped
from pipeline.readers.labels import LONGEST_NAME

_GAP = r"[ \t\u3000\xa0]{1,40}"
_BLANK = r"\s{0,20}"
_NAME = rf"(?P<name>[^\s\[(（【:：#*>_|-](?:.{{0,{LONGEST_NAME - 2}}}?\S)??)"
_TEXT = r"(?P<text>\S.*)"
_REST = r"(?P<rest>\S.*)"


class Layout(NamedTuple):
    """How the lines look that open a turn."""

    pattern: re.Pattern[str]
    """Groups: start, end, name, text, or `rest`: words with a name before a colon, or without."""
    lines: int = 1
    """How many lines it takes to say who speaks and when."""
    bare: bool = False
    """Nothing marks name or time: the name must come back to be believed."""

    @property
    def named(self) -> bool:
        """Whether every opening has a name."""
        return "name" in self.pattern.groupindex

    @property
    def below(self) -> bool:
        """Whether the words stand in the lines below."""
        return not {"text", "rest"} & set(self.pattern.groupindex)


def _layout(pattern: str, *, lines: int = 1, bare: bool = False) -> Layout:
    return Layout(re.compile(rf"(?:{pattern})\Z"), lines, bare)


NAME_TIME = _layout(rf"{_NAME}(?:{_GAP}{span()}|{_BLANK}{wrapped('2')}){_BLANK}[:：]?")
"""`张工 00:00:05`, `Susan Grant   0:14`, `张工 [00:00:05]`; the words stand below."""
NAME_TIME_TEXT = _layout(
    rf"{_NAME}{_GAP}(?:(?P<start>{FULL_CLOCK}){_BLANK}|(?P<start2>{CLOCK})(?:{_BLANK}[:：]|{_GAP}){_BLANK})"
    rf"(?![:：]|(?:-->|[-–~至到]){_BLANK}{CLOCK}){_TEXT}",
    bare=True,
)
"""`说话人 1 00:00:05大家好`, `Speaker 1 00:05: Hello`."""
NAME_WRAPPED_TEXT = _layout(rf"{_NAME}{_BLANK}{wrapped()}{_BLANK}[:：]?{_BLANK}{_TEXT}")
"""`张工（00:00:05）：大家好`."""
WRAPPED_TEXT = _layout(rf"{wrapped()}{_BLANK}{_REST}")
"""`[00:05] 张工：大家好`, and without a name."""
TIME_TEXT = _layout(rf"{span()}{_GAP}{_REST}", bare=True)
"""`00:00:05 张工：大家好`, and without a name."""
TIME_NAME = _layout(
    rf"(?:{span()}{_GAP}|{wrapped('2')}{_BLANK})(?P<name>[^\s:：][^:：]{{0,{LONGEST_NAME - 1}}}?){_BLANK}[:：]?",
    bare=True,
)
"""`00:00:05 Speaker 1`; the words stand below."""
NAME_ABOVE = _layout(rf"{_NAME}[ \t]{{0,40}}\n{_BLANK}{span()}", lines=2, bare=True)
"""`Susan Grant`, and the time in the next line."""
NAME_BELOW = _layout(rf"{span()}[ \t]{{0,40}}\n{_BLANK}{_NAME}{_BLANK}[:：]?", lines=2, bare=True)
"""The time, and `Susan Grant` in the next line."""
CUE_NAME = _layout(
    rf"(?P<start>\d{{1,3}}:\d{{1,2}}:\d{{1,2}}\.\d{{1,3}}) --> (?P<end>\d{{1,3}}:\d{{1,2}}:\d{{1,2}}\.\d{{1,3}})"
    rf"[ \t]{{0,40}}\n{_BLANK}{_NAME}",
    lines=2,
)
"""`0:0:5.120 --> 0:0:9.80`, and `Susan Grant` in the next line."""
TIME_ALONE = _layout(rf"{span()}|{wrapped('2')}", bare=True)
"""A time; the words stand below, and nobody is named."""
BRACKETED_NAME = _layout(rf"\[(?P<name>[^\[\]\n]{{1,{LONGEST_NAME}}})\]{_GAP}{span()}")
"""`[Susan Grant] 10:02:13`; the words stand below."""
