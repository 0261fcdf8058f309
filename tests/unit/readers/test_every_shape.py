"""Whatever comes in: it is read, or it is refused with a sentence; and no line of it is lost."""

import json
import re
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.errors import InputError, NotReadableError
from pipeline.models.reading import Reading
from pipeline.readers.reader import TranscriptReader, known
from tests.unit.readers.examples import examples

EXAMPLES = examples()
SHAPES = sorted(known())
TEXTS = sorted(name for name in EXAMPLES if not EXAMPLES[name].lstrip().startswith(("{", "[{")))
JSONS = sorted(set(EXAMPLES) - set(TEXTS))
QUICK = settings(max_examples=60, deadline=None)
DEEP = settings(max_examples=4000, deadline=None)
STRAY = "Zebra 4711 走失的一行"
"""A line that stands in no example."""
BITS = st.sampled_from(
    [
        *"\n\n\t:：-,{}[]\"'<>&|#\\\0\ufeff\u2028",
        "00:00:01",
        "[00:00:02] ",
        "00:00:01.000 --> 00:00:02.000",
        "2026/6/15 15:02",
        "2026-06-15 周一",
        "张工 00:00:00\n",
        "说话人 1 00:03\n",
        "WEBVTT\n",
        "NOTE ",
        "A: ",
        "null",
        "-1",
        "1e999",
        "999999999999999999999",
        "<v ",
        "&#",
        "\ud83d",
        "٣",
        "²",
    ]
)
NODES = st.sampled_from(
    [None, True, -1, 0, 1e300, float("nan"), 10**18, "", " ", "x", "NaN", "1", [], {}, [[]], [{}]]
) | st.text(max_size=5)


def attempt(data: bytes, shape: str | None = None) -> Reading | None:
    try:
        reading = TranscriptReader().read(data, name="file", shape=shape)
    except (NotReadableError, InputError):
        return None
    assert reading.segments
    assert [one.index for one in reading.segments] == list(range(len(reading.segments)))
    assert len({one.id for one in reading.segments}) == len(reading.segments)
    for one in reading.segments:
        assert one.text == one.text.strip() != ""
        assert one.start is None or one.start >= 0
        assert one.start is None or one.end is None or one.end >= one.start
        assert one.speaker is None or one.speaker.strip()
    return reading


def told(reading: Reading) -> str:
    lines = [one.text for one in (*reading.segments, *reading.dropped)]
    names = [one.speaker or "" for one in reading.segments]
    return "\n".join([*lines, *names, reading.title or "", reading.date or ""])


@st.composite
def mangled(draw: st.DrawFn) -> str:
    """An example of some shape with pieces cut out, doubled, put elsewhere, or strange ones in."""
    text = EXAMPLES[draw(st.sampled_from(sorted(EXAMPLES)))]
    for _ in range(draw(st.integers(1, 6))):
        start = draw(st.integers(0, len(text)))
        end = min(len(text), start + draw(st.integers(0, 40)))
        put = draw(BITS | st.just(text[start:end] * 2) | st.just(""))
        text = text[:start] + put + text[end:]
    return text


@st.composite
def mangled_json(draw: st.DrawFn) -> Any:
    """A JSON example in which some values are others."""
    data = json.loads(EXAMPLES[draw(st.sampled_from(JSONS))])
    for _ in range(draw(st.integers(1, 4))):
        data = swap(data, draw)
    return data


def swap(node: Any, draw: st.DrawFn) -> Any:
    keys = (
        list(node)
        if isinstance(node, dict)
        else list(range(len(node)))
        if isinstance(node, list)
        else []
    )
    if not keys or draw(st.integers(0, 4)) == 0:
        return draw(NODES)
    key = draw(st.sampled_from(keys))
    copy = node.copy()
    copy[key] = swap(node[key], draw)
    return copy


def check_bytes(data: bytes, shape: str | None) -> None:
    attempt(data, shape)


SHAPE = st.none() | st.sampled_from(SHAPES)


@QUICK
@given(data=st.binary(max_size=300), shape=SHAPE)
def test_no_bytes_crash_a_reader(data: bytes, shape: str | None):
    check_bytes(data, shape)


@QUICK
@given(text=st.text(max_size=200) | st.lists(BITS, max_size=20).map("".join), shape=SHAPE)
def test_no_text_crashes_a_reader(text: str, shape: str | None):
    check_bytes(text.encode(errors="surrogatepass"), shape)


@QUICK
@given(text=mangled(), shape=SHAPE)
def test_no_damaged_file_crashes_a_reader(text: str, shape: str | None):
    check_bytes(text.encode(errors="surrogatepass"), shape)


@QUICK
@given(data=mangled_json(), shape=SHAPE)
def test_no_odd_value_crashes_a_reader(data: Any, shape: str | None):
    check_bytes(json.dumps(data).encode(), shape)


@pytest.mark.slow
@DEEP
@given(data=st.binary(max_size=2000), text=mangled(), odd=mangled_json(), shape=SHAPE)
def test_nothing_crashes_a_reader_on_a_long_look(
    data: bytes, text: str, odd: Any, shape: str | None
):
    check_bytes(data, shape)
    check_bytes(text.encode(errors="surrogatepass"), shape)
    check_bytes(json.dumps(odd).encode(), shape)


@pytest.mark.parametrize("name", SHAPES)
def test_a_shape_that_is_asked_for_never_crashes_on_a_file_of_another(name: str):
    for text in EXAMPLES.values():
        attempt(text.encode(), name)


@pytest.mark.parametrize("name", sorted(set(EXAMPLES) & set(SHAPES)))
def test_every_example_is_told_by_its_content(name: str):
    reading = attempt(EXAMPLES[name].encode())
    assert reading is not None
    assert reading.shape == name


def is_silent(name: str, lines: list[str], place: int) -> bool:
    """Whether a line put here is nothing that anybody said: a comment or an id of a VTT."""
    if name != "vtt":
        return False
    above = "\n".join(lines[:place]).rpartition("\n\n")[2]
    names_a_cue = place < len(lines) and "-->" in lines[place] and not lines[place - 1].strip()
    return names_a_cue or bool(re.match(r"\s*(WEBVTT|NOTE|STYLE|REGION)", above))


@pytest.mark.parametrize("name", [name for name in TEXTS if name in SHAPES])
def test_a_line_put_anywhere_into_a_file_is_not_lost(name: str):
    lines = EXAMPLES[name].split("\n")
    for place in range(len(lines) + 1):
        text = "\n".join([*lines[:place], STRAY, *lines[place:]])
        reading = attempt(text.encode(), name)
        if reading is None or is_silent(name, lines, place):
            continue
        assert STRAY in " ".join(told(reading).split()), (place, text)
