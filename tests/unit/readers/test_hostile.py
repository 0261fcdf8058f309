"""Files that are meant to hurt end in a sentence or in time, and a long file costs by its length."""

import io
import json
import time
import zipfile

import pytest

from pipeline.errors import NotReadableError
from pipeline.models.reading import Reading
from pipeline.readers.reader import TranscriptReader, known
from tests.unit.readers.examples import examples

EXAMPLES = examples()
SHAPES = sorted(known())
GROW = sorted(
    name for name in set(EXAMPLES) & set(SHAPES) if not EXAMPLES[name].startswith(("{", "[{"))
)
"""Shapes whose files grow by being put after themselves."""
LONGEST = 12.0
"""Seconds of processor time that no file here may take, on a machine that is busy."""
HOSTILE = {
    "one long line": "x" * 5_000_000,
    "one long line of names": "A: " * 1_500_000,
    "one long line of Chinese": "王丽：好的，" * 400_000,
    "spaces, then a letter": " " * 3_000_000 + "x",
    "a letter, spaces, a letter": "x" + " " * 3_000_000 + "y",
    "blank lines": "\n" * 200_000 + "A: x",
    "names without words": "A: \n" * 50_000,
    "names on one line": "A: " * 50_000,
    "digits": "1" * 2_000_000,
    "times on one line": "00:00:01 " * 300_000,
    "times on lines": "00:00:01\n" * 100_000,
    "arrows": "00:00:01.000 --> 00:00:02.000 " * 50_000,
    "open tags": "WEBVTT\n\n00:00:01.000 --> 00:00:02.000\n" + "<v." * 500_000,
    "references": "&#1" * 700_000,
    "one cue of many lines": "1\n00:00:01,000 --> 00:00:02,000\n" + "A: x\n" * 100_000,
    "one message of many lines": "王芳 2026/6/15 15:02\n" + "要导出\n> 引用\n" * 100_000,
    "answers to answers": "".join(
        f"王芳 2026/6/15 15:02\n「许立：第 {n} 条」\n- - - - -\n可以，第 {n} 次\n\n"
        for n in range(30_000)
    ),
    "brackets": "[" * 500_000,
    "parentheses": "（" * 1_000_000,
    "hashes": "#" * 1_000_000,
    "quotes": '"' * 1_000_000,
    "commas": "a,b,c\n" + "," * 1_000_000,
    "tabs": "\t" * 1_000_000 + "x",
    "dashes": "- " * 1_000_000,
    "nested lists": "[" * 100_000 + "]" * 100_000,
    "nested keys": '{"segments":' * 50_000 + "1" + "}" * 50_000,
    "a deep value": json.dumps({"turns": [{"text": "x"}]})[:-1] + ', "a": ' + "[" * 900 + "]" * 900,
}


def seconds(data: bytes, shape: str | None = None) -> float:
    began = time.process_time()
    attempt(data, shape)
    return time.process_time() - began


def attempt(data: bytes, shape: str | None = None) -> Reading | None:
    try:
        return TranscriptReader().read(data, name="file", shape=shape)
    except NotReadableError:
        return None


def packed(parts: dict[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in parts.items():
            made.writestr(name, content)
    return stream.getvalue()


@pytest.mark.slow
@pytest.mark.parametrize("what", HOSTILE)
def test_what_is_meant_to_hurt_ends_in_time(what: str):
    assert seconds(HOSTILE[what].encode()) < LONGEST


@pytest.mark.slow
@pytest.mark.timeout(900)
@pytest.mark.parametrize("shape", SHAPES)
def test_it_ends_in_time_whatever_shape_is_asked_for(shape: str):
    slowest = max((seconds(text.encode(), shape), what) for what, text in HOSTILE.items())
    assert slowest[0] < LONGEST, slowest


@pytest.mark.slow
@pytest.mark.parametrize("shape", GROW)
def test_four_times_the_length_takes_about_four_times_as_long(shape: str):
    example = EXAMPLES[shape]
    small, large = ((f"{example.rstrip()}\n\n" * times).encode() for times in (1_500, 6_000))
    attempt(small, shape)
    assert seconds(large, shape) < 10 * seconds(small, shape) + 0.5


def test_a_bomb_is_not_unpacked():
    bomb = packed({"word/document.xml": b"\0" * 151_000_000})
    with pytest.raises(NotReadableError) as caught:
        TranscriptReader().read(bomb, name="file.docx")
    assert caught.value.code == "packed_large"


@pytest.mark.parametrize("data", [packed({}), packed({"a.txt": b"x"}), b"PK\x03\x04" + b"x" * 99])
def test_a_container_of_something_else_is_refused(data: bytes):
    assert attempt(data) is None


def test_an_entity_that_grows_is_refused():
    text = '<!DOCTYPE x [<!ENTITY a "aaaa">]><x>&a;</x>'
    assert attempt(packed({"word/document.xml": text.encode()})) is None
