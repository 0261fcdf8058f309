"""Tags of VTT and SRT -> plain text: what only looks like a tag was said and stays."""

import re
from typing import NamedTuple

from pipeline.language.named_lines import unescaped

_VTT_TAG = re.compile(
    r"</?(?:c|i|b|u|ruby|rt)(?:\.[^\s<>]*)?>|<(?:v|lang)(?:\.[^\s<>]*)?(?:[ \t][^<>\n]*)?>"
    r"|</(?:v|lang)>|<(?:\d{1,3}:)?\d{1,2}:\d{2}\.\d{3}>"
)
_SRT_TAG = re.compile(r"(?i)</?[biu]>|<font(?:\s[^<>\n]*)?>|</font>|\{\\an?\d{1,2}\}")
_VOICE = re.compile(r"<v(?:\.[^\s<>]*)?(?:[ \t]([^<>\n]*))?>")
_MOMENT = re.compile(r"<(?:\d{1,3}:)?\d{1,2}:\d{2}\.\d{3}>")


class Voice(NamedTuple):
    """Who a cue of a VTT says is speaking; nobody where the tag is empty."""

    name: str | None


class Spoken(NamedTuple):
    """Raw lines of a cue that one voice speaks; `voice` is None where no tag says who."""

    voice: Voice | None
    raw: str


def spoken(raw: str) -> list[Spoken]:
    """The parts of a VTT cue, one for each voice; what stands before the only one belongs to it."""
    found = list(_VOICE.finditer(raw))
    if len(found) < 2:
        return [Spoken(_voice(found[0]) if found else None, raw)]
    ends = [one.start() for one in found[1:]] + [len(raw)]
    parts = [
        Spoken(_voice(one), raw[one.end() : end]) for one, end in zip(found, ends, strict=True)
    ]
    return [Spoken(None, raw[: found[0].start()]), *parts]


def untagged(line: str, *, vtt: bool) -> str:
    """A line without the tags of its format; character references stay for the caller."""
    return (_VTT_TAG if vtt else _SRT_TAG).sub("", line).strip()


def word_by_word(raw: str) -> bool:
    """Whether the words of a VTT cue come up one after another, as in automatic captions."""
    return _MOMENT.search(raw) is not None


def has_voice(raw: str) -> bool:
    """Whether a line opens with a voice tag."""
    return _VOICE.match(raw.lstrip()) is not None


def _voice(found: re.Match[str]) -> Voice:
    return Voice(unescaped(found[1] or "").strip() or None)
