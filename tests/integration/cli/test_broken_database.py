"""A database that cannot be used: what the person at the terminal reads."""

import os
from pathlib import Path

import pytest

LANGUAGES = pytest.mark.parametrize("language", ["en", "zh"])


def home() -> Path:
    return Path(os.environ["DRAGOMAN_HOME"])


@LANGUAGES
@pytest.mark.parametrize(
    ("url", "code", "says"),
    [
        ("nosuch://chen:geheim@db/d", 2, "sqlite:///"),
        ("no address at all", 2, "DRAGOMAN_DATABASE_URL"),
        ("sqlite:////{folder}", 2, "dragoman.db"),
        ("postgresql://chen:geheim@127.0.0.1:9/d", 1, "DRAGOMAN_DATABASE_URL"),
        ("sqlite:///file:/{folder}/odd.db?vfs=unix-none&uri=true", 1, "DRAGOMAN_HOME"),
    ],
)
def test_an_address_that_leads_nowhere(dragoman, tmp_path, url, code, says, language):
    url = url.format(folder=str(tmp_path).lstrip("/"))
    ran = dragoman("meetings", language=language, DRAGOMAN_DATABASE_URL=url)
    assert (ran.code, ran.out) == (code, "")
    assert says in ran.err
    assert "geheim" not in ran.err
    assert ran.err.count("\n") == 1


@LANGUAGES
def test_a_file_that_is_no_database_names_the_way_out(dragoman, language):
    home().mkdir()
    (home() / "dragoman.db").write_bytes(b"a letter to the client " * 300)
    ran = dragoman("meetings", language=language)
    assert ran.code == 1
    assert "dragoman db restore" in ran.err
    checked = dragoman("doctor", language=language)
    assert checked.code == 3
    assert "dragoman db restore" in checked.out


@LANGUAGES
def test_the_doctor_advises_against_a_disk_that_is_slow_for_us(dragoman, tmp_path, language):
    url = f"sqlite:///file:{tmp_path}/odd.db?vfs=unix-dotfile&uri=true"
    ran = dragoman("doctor", language=language, DRAGOMAN_DATABASE_URL=url)
    line = next(one for one in ran.out.splitlines() if "odd.db" in one)
    assert line.startswith("·")
    assert "DRAGOMAN_HOME" in line
    assert ran.code == 0


@pytest.mark.parametrize(
    "url", ["sqlite://", "sqlite:///", "sqlite:///:memory:", "sqlite:///file.db"]
)
def test_a_database_that_would_not_last_is_refused(dragoman, url):
    ran = dragoman("meetings", DRAGOMAN_DATABASE_URL=url)
    assert ran.code == 2
    assert "DRAGOMAN_DATABASE_URL" in ran.err or "sqlite:///" in ran.err


def test_an_emptied_database_beside_recordings_is_not_taken_for_a_new_one(dragoman, dragoman_home):
    content = dragoman_home / "recordings" / "sha256" / "ab" / ("ab" * 32)
    content.parent.mkdir(parents=True)
    content.write_bytes(b"a voice")
    (dragoman_home / "dragoman.db").touch()
    ran = dragoman("meetings")
    assert ran.code == 1
    assert "dragoman db restore" in ran.err
    assert dragoman("doctor").code == 3
    (dragoman_home / "dragoman.db").unlink()
    assert dragoman("meetings").code == 0
