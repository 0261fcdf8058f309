"""How long a file of a hundred thousand turns takes to read, and how much memory, shape by shape.

`python -m evals.bench.readers [--turns N] [SHAPE...]`; exits 1 where one takes longer than LONGEST.
"""

import argparse
import io
import json
import resource
import sys
import time
import zipfile
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from typing import Any, NamedTuple

from pipeline.readers.reader import TranscriptReader, known

TURNS = 100_000
LONGEST = 5.0
"""Seconds of processor time that no file may take."""
MEGABYTE = 1_000_000
WORDS = "我们要按订单号导出第 {n} 批，财务月底对账用，最好周五之前给到。"
NAMES = ("周敏", "陈立", "Ruth Adler", "说话人 1")


class Row(NamedTuple):
    """Megabytes of the file, seconds of processor time, megabytes of memory beyond the file."""

    size: float
    seconds: float
    memory: float


def clock(n: int, point: str = ".") -> str:
    """Turn n's time of the call, with milliseconds after `point`."""
    seconds = n * 3
    return f"{seconds // 3600:02d}:{seconds // 60 % 60:02d}:{seconds % 60:02d}{point}{n % 1000:03d}"


def said(n: int) -> str:
    """What turn n says."""
    return WORDS.format(n=n)


def name(n: int) -> str:
    """Who speaks in turn n."""
    return NAMES[n % len(NAMES)]


def short(n: int) -> str:
    """The time without milliseconds."""
    return clock(n)[:-4]


def of_day(n: int) -> str:
    """The time of day of turn n, one every ten seconds."""
    return f"{n // 360 % 24:02d}:{n // 6 % 60:02d}:{n % 6 * 10:02d}"


def day(n: int) -> str:
    """The day of turn n."""
    return f"2026-06-{n // 8640 + 1:02d}"


def _heard(n: int) -> dict[str, Any]:
    return {"start": n * 3.0, "end": n * 3.0 + 2.5, "text": f" {said(n)}", "speaker": name(n)}


def _whisper(n: int) -> dict[str, Any]:
    words = [{"word": w, "start": n * 3.0, "end": n * 3.0 + 1, "score": 0.9} for w in "我们要"]
    return _heard(n) | {"avg_logprob": -0.2, "no_speech_prob": 0.01, "words": words}


def _ours(n: int) -> dict[str, Any]:
    return {"id": f"s{n:06d}", "index": n, **_heard(n)}


def _cpp(n: int) -> dict[str, Any]:
    return {"offsets": {"from": n * 3000, "to": n * 3000 + 2500}, "text": said(n)}


def _paragraph(n: int) -> dict[str, Any]:
    words = [{"start_time": n * 3000, "end_time": n * 3000 + 99, "text": w} for w in said(n)[:8]]
    return {"speaker_info": {"username": name(n)}, "sentences": [{"words": words}]}


def _lattice(n: int) -> dict[str, Any]:
    parts = [{"cw": [{"w": char}]} for char in said(n)[:8]]
    best = {"st": {"bg": str(n * 3000), "ed": str(n * 3000 + 99), "rl": "1", "rt": [{"ws": parts}]}}
    return {"json_1best": json.dumps(best)}


LINES: dict[str, tuple[str, Callable[[int], str]]] = {
    "vtt": ("WEBVTT\n\n", lambda n: f"{clock(n)} --> {clock(n)}\n<v {name(n)}>{said(n)}</v>\n\n"),
    "srt": ("", lambda n: f"{n}\n{clock(n, ',')} --> {clock(n, ',')}\n{name(n)}: {said(n)}\n\n"),
    "sbv": ("", lambda n: f"{clock(n)},{clock(n)}\n{name(n)}: {said(n)}\n\n"),
    "txt": ("", lambda n: f"[{short(n)}] {name(n)}: {said(n)}\n"),
    "whisper_tsv": ("start\tend\ttext\n", lambda n: f"{n * 3000}\t{n * 3000 + 99}\t{said(n)}\n"),
    "feishu": (
        "2026年6月15日 下午 3:02|83小时 20分钟\n\n关键词:\n导出\n\n文字记录:\n",
        lambda n: f"{name(n)} {short(n)}\n{said(n)}\n\n",
    ),
    "headed": ("", lambda n: f"{name(n)} {short(n)}\n{said(n)}\n\n"),
    "timed": ("", lambda n: f"{short(n)} {name(n)}：{said(n)}\n"),
    "teams": (
        "Stock weekly-20260615_133555-Meeting Transcript\n27m 42s\n",
        lambda n: f"{name(n)}   {short(n)}\n{said(n)}\n",
    ),
    "meet": (
        "Stock weekly (2026-06-15 at 10:00 GMT+8) - Transcript\nTranscript\n00:00:00\n",
        lambda n: f"{name(n)}: {said(n)}\n",
    ),
    "zoom": ("", lambda n: f"[{name(n)}] {of_day(n)}\n{said(n)}\n\n"),
    "markdown": ("# 导出\n\n", lambda n: f"- **{name(n)}** ({short(n)}): {said(n)}\n"),
    "named": ("库存会\n\n", lambda n: f"{name(n)}：{said(n)}\n还有一行。\n\n"),
    "table": (
        "发言人,开始时间,结束时间,内容\n",
        lambda n: f'{name(n)},{short(n)},{short(n)},"{said(n)}"\n',
    ),
    "chat": ("", lambda n: f"{name(n)} {day(n)} {of_day(n)}\n{said(n)}\n\n"),
    "chat_lines": ("", lambda n: f"[{day(n)}, {of_day(n)}] {name(n)}: {said(n)}\n"),
    "chat_names": ("", lambda n: f"{name(n)}：\n{said(n)}\n[图片]\n"),
    "chat_table": (
        "时间,发送人,内容\n",
        lambda n: f"{day(n)} {of_day(n)},{name(n)},{said(n)}\n",
    ),
    "note": ("# 导出访谈\n\n", lambda n: f"- 第 {n} 条：{said(n)}\n"),
}
"""What stands above the turns, and a turn, of shapes that are text."""
VALUES: dict[str, tuple[str, dict[str, Any], Callable[[int], dict[str, Any]]]] = {
    "turns": ("turns", {}, _heard),
    "dragoman": ("segments", {"engine": {"name": "bench"}}, _ours),
    "whisper": ("segments", {"text": "", "language": "zh"}, _whisper),
    "whisper_cpp": ("transcription", {}, _cpp),
    "meetspec": ("segments", {"schema": "meetspec/transcript/v1"}, _heard),
    "xfyun": ("lattice", {}, _lattice),
}
"""The list's key, what stands beside it, and a turn, of shapes that are JSON."""


def file_of(shape: str, turns: int) -> bytes | None:
    """A file of this shape with so many turns; None where the bench has none."""
    if shape in LINES:
        head, turn = LINES[shape]
        return (head + "".join(map(turn, range(turns)))).encode()
    if shape in VALUES:
        key, beside, value = VALUES[shape]
        return json.dumps({**beside, key: [value(n) for n in range(turns)]}).encode()
    if shape == "tencent_api":
        paragraphs = [_paragraph(n) for n in range(turns)]
        return json.dumps({"minutes": {"paragraphs": paragraphs}}).encode()
    return None


def document_of(paragraphs: list[str]) -> bytes:
    """A DOCX that holds these paragraphs and nothing else."""
    space = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    body = "".join(f"<w:p><w:r><w:t>{one}</w:t></w:r></w:p>" for one in paragraphs)
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as parts:
        parts.writestr(
            "word/document.xml", f"<w:document {space}><w:body>{body}</w:body></w:document>"
        )
    return stream.getvalue()


def main() -> None:
    """Print a row for each shape, and which shapes have no file here."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--turns", type=int, default=TURNS)
    parser.add_argument("shapes", nargs="*")
    told = parser.parse_args()
    slow: list[str] = []
    print("| shape | turns | MB | seconds | MB of memory |")
    print("|---|---|---|---|---|")
    for shape in told.shapes or sorted(known()):
        with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as apart:
            row = apart.submit(measured, shape, told.turns).result()
        if row is None:
            print(f"| {shape} | no file in this bench | | | |")
            continue
        print(
            f"| {shape} | {told.turns:,} | {row.size:.1f} | {row.seconds:.1f} | {row.memory:.0f} |",
            flush=True,
        )
        if row.seconds > LONGEST:
            slow.append(shape)
    if slow:
        sys.exit(f"longer than {LONGEST:g} s: {', '.join(slow)}")


def measured(shape: str, turns: int) -> Row | None:
    """What reading one file costs, in a process that has read nothing before.

    Raises:
        ValueError: it was read as something else, or not whole.
    """
    data = file_of(shape, turns)
    if data is None:
        return None
    reader = TranscriptReader()
    before = _memory()
    began = time.process_time()
    reading = reader.read(data, name="bench")
    seconds = time.process_time() - began
    if reading.shape != shape or len(reading.segments) != turns:
        raise ValueError(f"{shape}: read as {reading.shape}, {len(reading.segments)} turns")
    return Row(len(data) / MEGABYTE, seconds, _memory() - before)


def _memory() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000


if __name__ == "__main__":
    main()
