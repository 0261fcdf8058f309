"""A key goes from the browser into its file, and never comes back."""

import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from evals.bench import desk as bench
from evals.bench.desk import settled
from evals.bench.scripted import Scripted, refused, serving

KEY = "sk-not-for-anybody-0042"


@pytest.fixture
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of this person's two files."""
    for name in ("secrets", "settings"):
        monkeypatch.setenv(f"DRAGOMAN_{name.upper()}", str(tmp_path / "own" / f"{name}.toml"))
    return tmp_path / "own"


@pytest.fixture
def mine(own: Path, tmp_path: Path) -> Iterator[bench.Desk]:
    """A desk that reads those."""
    with bench.Desk(tmp_path / "home") as started:
        yield started
        assert started.troubles() == []


@pytest.fixture
def endpoint() -> Iterator[Scripted]:
    with serving() as server:
        server.otherwise = refused(401, f"Incorrect API key provided: {KEY}")
        yield server


@pytest.mark.slow
def test_a_key_never_comes_back(
    visit: Callable[..., Any],
    mine: bench.Desk,
    own: Path,
    endpoint: Scripted,
    texts: Callable[[Any], str],
    until: Callable[..., None],
):
    page = visit(mine, own=True)
    sent, came = [], []
    page.on(
        "websocket",
        lambda one: (
            one.on("framesent", lambda frame: sent.append(_bytes(frame))),
            one.on("framereceived", lambda frame: came.append(_bytes(frame))),
        ),
    )
    page.goto(f"{mine.url}/settings")
    settled(page)

    def field(name: str) -> Any:
        return page.locator(f"[class*=st-key-model-{name}] input").first

    field("model_url").fill(endpoint.url)
    field("model_name").click()
    settled(page)
    field("model_name").fill("m")
    field("model_key").click()
    settled(page)
    page.keyboard.type(KEY)
    page.keyboard.press("Tab")  # to the eye, which must not lose it
    page.locator(".st-key-model-save button").click()
    secrets = own / "secrets.toml"
    until(secrets.exists)
    assert tomllib.loads(secrets.read_text("utf-8"))["model_key"] == KEY
    page.get_by_text("下一通通话就用它").wait_for()
    until(lambda: field("model_key").input_value() == "")

    page.locator(".st-key-model-test button").click()
    page.get_by_text("HTTP 401").first.wait_for()
    assert endpoint.headers[0]["authorization"] == f"Bearer {KEY}"
    page.reload()
    settled(page)
    assert field("model_key").input_value() == ""
    assert field("model_key").get_attribute("type") == "password"
    assert any(KEY.encode() in one for one in sent), "else nothing is proved of what came"
    assert [one for one in came if KEY.encode() in one] == []
    assert KEY not in page.content() + texts(page)
    assert KEY not in mine.said()
    kept = [
        one for one in (mine.home).rglob("*") if one.is_file() and KEY.encode() in one.read_bytes()
    ]
    assert kept == []


def _bytes(frame: bytes | str) -> bytes:
    return frame if isinstance(frame, bytes) else frame.encode()
