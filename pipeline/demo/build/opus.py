"""Samples <-> Ogg Opus through PyAV: how the calls are stored, and how training audio is aged."""

import io
from pathlib import Path

import av
import numpy as np

from pipeline.demo.build.sound import SAMPLE_RATE, Samples

_OPUS_RATE = 48_000
_FRAME = 960


def encode_opus(channels: Samples, bit_rate: int) -> bytes:
    """Encode 16 kHz audio, shape (channels, samples), as Ogg Opus."""
    layout = "mono" if len(channels) == 1 else "stereo"
    target = io.BytesIO()
    # bitexact: else the stream gets a random number and no two files are the same
    with av.open(target, "w", format="ogg", options={"fflags": "bitexact"}) as container:
        stream = container.add_stream("libopus", rate=_OPUS_RATE, layout=layout)
        stream.bit_rate = bit_rate
        stream.codec_context.format = "flt"
        frames = av.AudioFifo()
        resampler = av.AudioResampler("flt", layout, _OPUS_RATE)
        source = av.AudioFrame.from_ndarray(channels, format="fltp", layout=layout)
        source.sample_rate = SAMPLE_RATE
        for frame in [*resampler.resample(source), *resampler.resample(None)]:
            frame.pts = None
            frames.write(frame)
        while chunk := frames.read(_FRAME, partial=True):
            container.mux(stream.encode(chunk))
        container.mux(stream.encode(None))
    return target.getvalue()


def decode_audio(source: bytes | Path) -> Samples:
    """Decode an audio file to 16 kHz, shape (channels, samples)."""
    opened = io.BytesIO(source) if isinstance(source, bytes) else str(source)
    with av.open(opened, "r") as container:
        layout = container.streams.audio[0].layout.name
        resampler = av.AudioResampler("fltp", layout, SAMPLE_RATE)
        parts = [
            part.to_ndarray()
            for frame in container.decode(audio=0)
            for part in resampler.resample(frame)
        ]
        parts += [part.to_ndarray() for part in resampler.resample(None)]
    return np.concatenate(parts, axis=1)


def through_opus(samples: Samples, bit_rate: int) -> Samples:
    """What is left of mono audio after Opus; sample positions stay where they were."""
    return decode_audio(encode_opus(samples[None], bit_rate))[0]
