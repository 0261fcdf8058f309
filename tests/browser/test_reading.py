"""What a page says is said in plain words."""

import re

import pytest

from evals.bench import desk_calls as calls
from evals.bench.desk import Desk, settled

JARGON = re.compile(
    r"\b(?:slots?|weak|segments?|workflows?|hash(?:es)?|uid|ulid|payload|null|undefined|NaN"
    r"|None|transcript_version|not_for|needs_client|dbos|sqlite|traceback)\b|\{\w+\}|\[object",
    re.IGNORECASE,
)
"""Words of ours, and what a sentence looks like that was not filled in."""
PAGES = (
    "",
    "upload",
    "project",
    "settings",
    "review",
    "specs",
    "unsaid",
    "export",
    "audit",
    "model",
    "join",
)


def addresses(meeting):
    return [name if name in PAGES[:4] else f"{name}?m={meeting}" for name in PAGES]


def spoken(address, text):
    """The jargon of a page. Settings show the database's address as it is written, and "none"."""
    allowed = {"sqlite", "none"} if address == "settings" else set()
    return [word for word in JARGON.findall(text) if word not in allowed]


@pytest.fixture(scope="module")
def english(house):
    return calls.bundled(house, "en")


@pytest.mark.slow
def test_every_page_is_plain(page, desk, meeting, texts):
    jargon = {}
    for address in addresses(meeting):
        page.goto(f"{desk.url}/{address}")
        settled(page)
        jargon[address] = spoken(address, texts(page))
    assert {address: words for address, words in jargon.items() if words} == {}


@pytest.mark.slow
def test_no_english_page_speaks_our_jargon(home, visit, english, texts):
    with Desk(home, language="en") as other:
        page = visit(other)
        found = {}
        for address in addresses(english):
            page.goto(f"{other.url}/{address}")
            settled(page)
            found[address] = spoken(address, texts(page))
        page.close()
        assert {address: words for address, words in found.items() if words} == {}
