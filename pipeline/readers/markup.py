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


class Voice(NamedTuple):
    """Who a cue of a VTT says is speaking; nobody where the tag is empty."""

    name: str | None


def voice(raw: str) -> Voice | None:
    """The voice tag of a VTT cue, if it has one."""
    found = _VOICE.search(raw)
    return Voice(unescaped(found[1] or "").strip() or None) if found else None


def untagged(line: str, *, vtt: bool) -> str:
    """A line without the tags of its format; character references stay for the caller."""
    return (_VTT_TAG if vtt else _SRT_TAG).sub("", line).strip()
