"""Tokens: for one meeting, for some hours, made with a secret of this data folder."""

import stat
import sys
import threading
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from ui.routes import tokens

NOON = 1_774_008_000


def token(home: Path, meeting: str) -> str:
    return parse_qs(urlsplit(tokens.sound_url(home, meeting)).query)["k"][0]


@pytest.fixture
def clock(monkeypatch):
    now = [float(NOON)]
    monkeypatch.setattr(tokens.time, "time", lambda: now[0])
    return now


def test_a_token_opens_its_meeting_and_no_other(tmp_path):
    made = token(tmp_path, "m1")
    assert tokens.opens(tmp_path, made, "m1")
    assert not tokens.opens(tmp_path, made, "m2")


@pytest.mark.parametrize("wrong", ["", "x", "Im0xIg.aaaa.bbbb"])
def test_what_nobody_signed_opens_nothing(tmp_path, wrong):
    assert not tokens.opens(tmp_path, wrong, "m1")


def test_a_token_of_another_house_opens_nothing(tmp_path):
    (tmp_path / "other").mkdir()
    assert not tokens.opens(tmp_path, token(tmp_path / "other", "m1"), "m1")


def test_a_token_holds_for_half_a_day(tmp_path, clock):
    made = token(tmp_path, "m1")
    clock[0] = NOON + 12 * 3600
    assert tokens.opens(tmp_path, made, "m1")
    clock[0] = NOON + 13 * 3600
    assert not tokens.opens(tmp_path, made, "m1")


def test_a_page_that_is_drawn_again_names_the_same_address(tmp_path, clock):
    made = tokens.sound_url(tmp_path, "m1")
    clock[0] += 1800
    assert tokens.sound_url(tmp_path, "m1") == made


def test_the_secret_is_ours_alone_and_made_once(tmp_path):
    found: list[bytes] = []
    threads = [
        threading.Thread(target=lambda: found.append(tokens.secret(tmp_path))) for _ in range(8)
    ]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert len(set(found)) == 1
    assert len(found[0]) == tokens.LENGTH
    assert [at.name for at in tmp_path.iterdir()] == [tokens.SECRET]
    if sys.platform != "win32":
        assert stat.S_IMODE((tmp_path / tokens.SECRET).stat().st_mode) == 0o600
