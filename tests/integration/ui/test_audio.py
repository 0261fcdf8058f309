"""The sound of a meeting over HTTP: any part of it, for whoever has its token."""

import datetime as dt
import wave
from pathlib import Path

import av
import numpy as np
import pytest
from av.audio.frame import AudioFrame
from starlette.applications import Starlette
from starlette.testclient import TestClient

from pipeline import bootstrap
from pipeline.models.actor import Actor
from pipeline.models.meeting import Meeting, Recording
from pipeline.models.project import Project
from pipeline.service import deletion
from ui.routes.audio import audio_route
from ui.routes.tokens import sound_url

ME = Actor(id="t", name="Tester", via="test")
RATE = 16000


def wav(at: Path, seconds: float = 2.0, channels: int = 2) -> Path:
    tone = (np.sin(np.arange(int(seconds * RATE)) / 9) * 9000).astype("<i2")
    with wave.open(str(at), "wb") as file:
        file.setnchannels(channels)
        file.setsampwidth(2)
        file.setframerate(RATE)
        file.writeframes(np.repeat(tone, channels).tobytes())
    return at


def wma(at: Path) -> Path:
    """What browsers do not play."""
    with av.open(str(at), "w", format="asf") as container:
        stream = container.add_stream("wmav2", rate=RATE, layout="mono")
        stream.bit_rate = 24_000
        for place in range(0, 2 * RATE, 2048):
            tone = np.sin(np.arange(place, place + 2048) / 9).astype(np.float32)[None] * 0.3
            frame = AudioFrame.from_ndarray(tone, format="fltp", layout="mono")
            frame.sample_rate, frame.pts = RATE, place
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    return at


@pytest.fixture
def home(tmp_path):
    return tmp_path / "home"


@pytest.fixture
def house(home):
    return bootstrap.house(bootstrap.settings(home=home))


@pytest.fixture
def add(house):
    project = house.tools.store.save_project(Project(client="华露饮料")).uid

    def make(uid: str, file: Path) -> Path:
        sha256, size = house.tools.blobs.put(file)
        recording = Recording(name=file.name, sha256=sha256, size=size)
        made = dt.datetime(2026, 3, 18, tzinfo=dt.UTC).isoformat()
        house.tools.store.add_meeting(
            Meeting(uid=uid, project=project, title=uid, created_at=made, recordings=(recording,))
        )
        return house.tools.blobs.path(sha256)

    return make


@pytest.fixture
def client(house, home):
    with TestClient(Starlette(routes=[audio_route(lambda: house, lambda: home)])) as made:
        yield made


def test_any_part_of_a_recording_is_sent(client, home, add, tmp_path):
    kept = add("m1", wav(tmp_path / "a.wav"))
    url = sound_url(home, "m1")
    whole, part = client.get(url), client.get(url, headers={"Range": "bytes=100-199"})
    assert (whole.status_code, whole.content) == (200, kept.read_bytes())
    assert (part.status_code, part.content) == (206, kept.read_bytes()[100:200])
    assert part.headers["content-range"] == f"bytes 100-199/{kept.stat().st_size}"
    assert part.headers["content-type"] == "audio/wav"
    assert part.headers["cache-control"].startswith("private")
    head = client.head(url)
    assert (head.status_code, head.content) == (200, b"")
    assert head.headers["accept-ranges"] == "bytes"


def test_without_the_token_of_this_meeting_nothing_is_sent(client, home, add, tmp_path):
    add("m1", wav(tmp_path / "a.wav"))
    add("m2", wav(tmp_path / "b.wav", seconds=1))
    other = sound_url(home, "m2").partition("?")[2]
    for query in ("", "?k=", "?k=wrong", f"?{other}"):
        answer = client.get(f"/api/audio/m1{query}")
        assert (answer.status_code, answer.content) == (403, b"")


def test_a_recording_that_is_gone_is_not_there(client, home, add, tmp_path):
    kept = add("m1", wav(tmp_path / "a.wav"))
    assert client.get(sound_url(home, "nobody")).status_code == 404
    kept.unlink()
    assert client.get(sound_url(home, "m1")).status_code == 404


def made_at_last(client: TestClient, url: str):
    for _ in range(200):
        answer = client.get(url)
        if answer.status_code != 202:
            return answer
        assert answer.headers["retry-after"]
        client.portal.call(_rest)
    raise AssertionError("never made")


async def _rest() -> None:
    import anyio  # noqa: PLC0415

    await anyio.sleep(0.05)


def test_what_browsers_do_not_play_is_played_from_a_copy(client, house, home, add, tmp_path):
    add("m1", wma(tmp_path / "a.wma"))
    url = sound_url(home, "m1")
    assert client.get(url).status_code == 202
    answer = made_at_last(client, url)
    assert (answer.status_code, answer.headers["content-type"]) == (200, "audio/mp4")
    (copy,) = (home / "playback").iterdir()
    with av.open(str(copy)) as container:
        (stream,) = container.streams
        assert (stream.codec_context.name, stream.channels) == ("aac", 1)
        assert container.duration / av.time_base == pytest.approx(2, abs=0.2)
    done = deletion.delete(ME, house, "m1")
    assert done.removed["playback"] == 1
    assert list((home / "playback").iterdir()) == []


def test_what_cannot_be_decoded_says_so(client, home, add, tmp_path):
    file = tmp_path / "a.wma"
    file.write_bytes(b"no sound at all")
    add("m1", file)
    assert client.get(sound_url(home, "m1")).status_code == 415
