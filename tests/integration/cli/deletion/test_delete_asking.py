"""`dragoman delete`: what it asks, what it says, and what it does not take."""

import json
import os
import pty
import sys

import pytest

from pipeline import bootstrap
from pipeline.models.project import Project


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["delete", "--yes"], "--older-than"),
        (["delete", "7Q2M", "--client", "x", "--yes"], "--older-than"),
        (["delete", "7Q2M", "--system", "x", "--yes"], "--client"),
        (["delete", "7Q2M"], "--yes"),
        (["delete", "7Q2M", "--yes"], "7Q2M"),
        (["delete", "--client", "nobody", "--yes"], "nobody"),
        (["delete", "--older-than", "0", "--yes"], "--older-than"),
        (["delete", "--older-than", "x", "--yes"], "--older-than"),
    ],
)
def test_wrong_words_end_with_the_way_out(dragoman, words, said, language):
    ran = dragoman(*words, language=language)
    assert ran.code == 2
    assert said in ran.err
    assert ran.out == ""


@pytest.mark.slow
def test_a_client_with_several_systems_is_asked_back(dragoman):
    store = bootstrap.store(bootstrap.settings())
    for system in ("", "CRM"):
        store.save_project(Project(client="合骏", system=system))
    ran = dragoman("delete", "--client", "合骏", "--yes")
    assert (ran.code, '"", "CRM"' in ran.err) == (2, True)
    ran = dragoman("delete", "--client", "合骏", "--system", "ERP", "--yes")
    assert (ran.code, "ERP" in ran.err) == (2, True)
    assert dragoman("delete", "--client", "合骏", "--system", "", "--yes").code == 0
    assert [one.system for one in store.projects()] == ["CRM"]
    assert dragoman("delete", "--client", "合骏", "--yes").code == 0
    assert store.projects() == ()


def test_nothing_is_older_than_a_day_and_old_ones_go(dragoman, data):
    ran = dragoman("delete", "--older-than", "1", "--yes")
    assert (ran.code, "Nothing was deleted" in ran.out) == (0, True)
    assert (
        json.loads(dragoman("delete", "--older-than", "1", "--yes", "--json").out)["meetings"] == []
    )


def at_a_terminal(answer: str, *words: str) -> str:
    """What a person sees who types the answer."""
    pid, terminal = pty.fork()
    if pid == 0:
        program = "from ui.cli.main import main; main()"
        os.execv(sys.executable, [sys.executable, "-c", program, *words])
    os.write(terminal, f"{answer}\n".encode())
    shown = b""
    while True:
        try:
            chunk = os.read(terminal, 4096)
        except OSError:
            break
        if not chunk:
            break
        shown += chunk
    os.close(terminal)
    os.waitpid(pid, 0)
    return shown.decode()


@pytest.mark.skipif(os.name == "nt", reason="no pseudo terminals on Windows")
def test_at_a_terminal_it_shows_what_would_go_and_asks(data):
    shown = at_a_terminal("", "delete", "--client", data.client)
    assert "2026-03-18" in shown
    assert f"{data.speaker} {data.place}" in shown
    assert "MB" in shown
    assert "Nothing was deleted" in shown
    assert data.secrets() != set()
    shown = at_a_terminal("y", "delete", data.meeting)
    assert "Removed:" in shown
    assert data.found(data.place) == set()
