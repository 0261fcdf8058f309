"""Turns that are laid out as a program lays them out come back as the same turns."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from pipeline.models.transcript import REMARK
from pipeline.readers.reader import TranscriptReader


class Turn(NamedTuple):
    speaker: str
    start: int
    text: str


def clock(seconds: int, *, hours: bool = True) -> str:
    """`01:02:03`, or `62:03` and `0:14`."""
    if hours:
        return f"{seconds // 3600:02d}:{seconds // 60 % 60:02d}:{seconds % 60:02d}"
    return f"{seconds // 60}:{seconds % 60:02d}"


def _each(form: Callable[[Turn], str], between: str = "\n\n") -> Callable[[Sequence[Turn]], str]:
    return lambda turns: between.join(map(form, turns)) + "\n"


LAYOUTS: dict[str, tuple[str, Callable[[Sequence[Turn]], str]]] = {
    "name and time above": (
        "headed",
        _each(lambda one: f"{one.speaker} {clock(one.start)}\n{one.text}"),
    ),
    "name and time above, nothing between": (
        "headed",
        _each(lambda one: f"{one.speaker}   {clock(one.start, hours=False)}\n{one.text}", "\n"),
    ),
    "name and time in brackets above": (
        "headed",
        _each(lambda one: f"{one.speaker} [{clock(one.start)}]\n{one.text}"),
    ),
    "time before the name above": (
        "headed",
        _each(lambda one: f"{clock(one.start)} {one.speaker}\n{one.text}"),
    ),
    "time in brackets first": (
        "timed",
        _each(lambda one: f"[{clock(one.start, hours=False)}] {one.speaker}：{one.text}", "\n"),
    ),
    "time in brackets behind the name": (
        "timed",
        _each(lambda one: f"{one.speaker}（{clock(one.start)}）：{one.text}", "\n"),
    ),
    "time first": (
        "timed",
        _each(lambda one: f"{clock(one.start)} {one.speaker}：{one.text}", "\n"),
    ),
    "feishu": (
        "feishu",
        lambda turns: (
            "2026年6月15日 下午 3:02|58分钟 29秒\n\n关键词:\n库存、导出\n\n文字记录:\n"
            + _each(lambda one: f"{one.speaker} {clock(one.start)}\n{one.text}")(turns)
        ),
    ),
    "feishu in one line": (
        "feishu",
        lambda turns: (
            "文字记录：盘点 2026年6月18日\n\n"
            + _each(lambda one: f"{one.speaker} {clock(one.start)}{one.text}")(turns)
        ),
    ),
    "teams": (
        "teams",
        lambda turns: (
            "Stock-20260615_100000-Meeting Recording\nJune 15, 2026, 2:00AM\n30m 11s\n"
            + _each(lambda one: f"{one.speaker}   {clock(one.start, hours=False)}\n{one.text}")(
                turns
            )
        ),
    ),
    "teams in two lines": (
        "teams",
        lambda turns: (
            "Stock-20260615_100000-Meeting Recording\n30m 11s\n\n"
            + _each(lambda one: f"{one.speaker}\n{clock(one.start, hours=False)}\n{one.text}")(
                turns
            )
        ),
    ),
    "zoom": ("zoom", _each(lambda one: f"[{one.speaker}] {clock(one.start)}\n{one.text}")),
    "markdown headings": (
        "markdown",
        _each(lambda one: f"### **{one.speaker}** [{clock(one.start)}]\n{one.text}"),
    ),
    "markdown in bold": (
        "markdown",
        _each(lambda one: f"- **{one.speaker}** ({clock(one.start)}): {one.text}", "\n"),
    ),
}
SAID = (
    "我们约在 10:30",
    "他说：不行",
    "时间：上午 9:30 到 10:30",
    "at 10:30 we meet",
    "价格（10:30）以后再说",
    "大家好，开始吧。",
    "<b>R&D</b> & 5 < 6",
    "文字记录",
    "2026年6月15日",
    "好",
    "-20 度要报警",
)
NAMES = (
    "王敏",
    "Susan Grant",
    "说话人 1",
    "Andrew: Marketing",
    "Grant, Susan (Harbour)",
    "3号桌",
    "李工",
)
WORDS = st.text(
    st.sampled_from("库存导出要的是在 abcXYZ，。：:（）0123456789?!、"), min_size=1, max_size=30
).map(lambda text: " ".join(f"嗯{text}".split()))


@st.composite
def calls(draw: st.DrawFn) -> list[Turn]:
    """Turns of three people who all come back, in the order of time."""
    names = draw(st.lists(st.sampled_from(NAMES), min_size=2, max_size=3, unique=True))
    spoken = [*names, *names, *draw(st.lists(st.sampled_from(names), max_size=6))]
    said = draw(st.permutations(SAID))
    start, turns = 0, []
    for place, name in enumerate(spoken):
        start += draw(st.integers(1, 90))
        text = draw(WORDS) if place >= len(said) or draw(st.booleans()) else said[place]
        turns.append(Turn(name, start, text))
    return turns


def colons(turns: Sequence[Turn]) -> list[Turn]:
    """With names without a colon, for layouts in which a colon ends the name."""
    return [one._replace(speaker=one.speaker.replace(":", "")) for one in turns]


def check(layout: str, turns: list[Turn]) -> None:
    shape, lay = LAYOUTS[layout]
    if shape in ("timed", "markdown") or layout == "time before the name above":
        turns = colons(turns)
    reading = TranscriptReader().read(lay(turns).encode(), name="call")
    assert reading.shape == shape
    read = [(one.speaker, one.start, one.text) for one in reading.segments]
    assert read == [tuple(one) for one in turns]
    assert {one.reason for one in reading.dropped} <= {REMARK}


@pytest.mark.parametrize("layout", LAYOUTS)
@settings(max_examples=12, deadline=None)
@given(turns=calls())
@example(turns=[Turn(NAMES[n % 2], n * 10, text) for n, text in enumerate(SAID)])
def test_what_is_laid_out_comes_back(layout: str, turns: list[Turn]):
    check(layout, turns)


@pytest.mark.slow
@pytest.mark.parametrize("layout", LAYOUTS)
@settings(max_examples=300, deadline=None)
@given(turns=calls())
def test_what_is_laid_out_comes_back_however_it_is_said(layout: str, turns: list[Turn]):
    check(layout, turns)
