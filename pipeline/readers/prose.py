"""Lines that people write for people, told from settings, code, logs, tables and lost transcripts."""

import re
from collections.abc import Sequence

from pipeline.language.script import size_in_words

_FEWEST_WORDS = 4
"""Below it a text is a word or a greeting, and no note."""
_CODE = re.compile(
    r".*[;{}]\s*|.*\)\s*[{;]|.*(?:=>|\(\);|:=|==).*|\s*(?:</?\w|//|/\*|\*/|#include|@\w+\(|\$ |>>> )"
    r".*|\s*(?:import|from \S+ import|def|class|function|const|let|var|return|package|public|private)"
    r"\s+[\w.{*]+.*[:;({)]?|(?i:\s*(?:select|create|insert|alter|drop|update|delete)\s+"
    r"(?:table|into|from|index|view|\*|[\w.,`\" ]+\s+from)\b.*)"
)
_SETTING = re.compile(r"\s*(?:- )?[a-z_][\w.-]*(?::(?:\s.*)?|\s*=.*)|\s*\[[\w.\- ]+\]\s*")
_LOG = re.compile(
    r"\W?\d{4}[-/]\d\d?[-/]\d\d?[T ]\d\d?:\d\d.*|\W?(?:DEBUG|INFO|WARN(?:ING)?|ERROR|FATAL|TRACE)\b.*"
)
_TIMED = re.compile(
    r".*(?:\b\d{1,3}:\d\d:\d\d\b|-->).*|.{0,30}\b\d{1,3}:\d\d\s*[\])）】]?\s*[:：]?\s*"
)
_CELLS = (",", "\t", ";", "|")
_TOKEN = re.compile(r"[!-~]{90,}")
_WEB = re.compile(r"https?://\S+")


def is_prose(lines: Sequence[str]) -> bool:
    """Whether people wrote it for people: words enough, and no file of a program."""
    said = [line for line in lines if line.strip()]
    chinese, latin = size_in_words(" ".join(said))
    if chinese // 2 + latin < _FEWEST_WORDS or said[0].lstrip().startswith("WEBVTT"):
        return False
    if any(_TOKEN.search(_WEB.sub("", line)) for line in said):
        return False
    limits = ((_CODE, 0.34), (_SETTING, 0.5), (_LOG, 0.34), (_TIMED, 0.3))
    if any(_share(pattern, said) >= most for pattern, most in limits):
        return False
    return not _is_table(said) and _is_words(said)


def _share(pattern: re.Pattern[str], lines: Sequence[str]) -> float:
    return sum(pattern.fullmatch(line) is not None for line in lines) / len(lines)


def _is_table(lines: Sequence[str]) -> bool:
    """Whether nearly every line has the same many cells, as a CSV has; Markdown rows begin with |."""
    if len(lines) < 3:
        return False
    for mark in _CELLS:
        counts = [line.count(mark) for line in lines if not line.lstrip().startswith("|")]
        common = max(set(counts), key=counts.count, default=0)
        if common >= 2 and counts.count(common) >= 0.8 * len(lines):
            return True
    return False


def _is_words(lines: Sequence[str]) -> bool:
    """Whether it is mostly letters, in words of a length that words have."""
    text = "".join(lines)
    letters = sum(char.isalpha() for char in text)
    latin = re.findall(r"[A-Za-z]+", text)
    long = sum(len(one) for one in latin if len(one) > 24)
    return letters >= 0.4 * sum(not char.isspace() for char in text) and long <= 0.2 * letters
