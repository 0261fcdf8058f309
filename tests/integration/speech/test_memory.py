"""An hour takes no more memory than ten minutes."""

import subprocess
import sys
from pathlib import Path

import av
import pytest

pytestmark = [
    pytest.mark.slow,
    pytest.mark.timeout(600),
    pytest.mark.skipif(sys.platform != "linux", reason="peak memory is read the Linux way"),
]

DEMO = Path(__file__).parents[3] / "pipeline" / "demo"
MOST = 150
"""Megabytes that a long recording may take beyond a short one."""

HEAR = """
import resource, sys
from pathlib import Path
from pipeline.engines.speech.transcriber import WhisperTranscriber
model, recording = map(Path, sys.argv[1:])
transcriber = WhisperTranscriber(model=str(model), demo_model=model, threads=2, beam_size=1)
for batch in transcriber.hear(recording, languages=["zh"], hotwords=[], done={}):
    reached = batch.end
print(reached, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024)
"""


def looped(path: Path, seconds: float) -> Path:
    """The bundled call over and over: its packets are copied, not encoded again."""
    with av.open(str(DEMO / "zh" / "call.opus")) as source, av.open(str(path), "w") as target:
        stream = source.streams.audio[0]
        out = target.add_stream_from_template(stream)
        packets = [packet for packet in source.demux(stream) if packet.size]
        length = packets[-1].pts + packets[-1].duration - packets[0].pts
        for turn in range(int(seconds * stream.rate / length) + 1):
            for packet in packets:
                copy = av.Packet(bytes(packet))
                copy.stream, copy.time_base = out, packet.time_base
                copy.pts = copy.dts = packet.pts - packets[0].pts + turn * length
                copy.duration = packet.duration
                target.mux(copy)
    return path


def peak(model: Path, recording: Path) -> tuple[float, int]:
    """Seconds heard and megabytes at the peak, in a process of its own."""
    done = subprocess.run(
        [sys.executable, "-c", HEAR, model, recording], check=True, capture_output=True, text=True
    )
    reached, megabytes = done.stdout.split()
    return float(reached), int(megabytes)


def test_memory_does_not_grow_with_the_length(tmp_path: Path, mute_model: Path):
    _, short = peak(mute_model, looped(tmp_path / "ten-minutes.mka", 600))
    reached, long = peak(mute_model, looped(tmp_path / "hour.mka", 3600))
    assert reached > 3600
    assert long - short < MOST, f"{short} MB for ten minutes, {long} MB for an hour"
