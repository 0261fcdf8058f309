"""A browser is sent what it does not have, whoever changed it, and never less."""

from collections.abc import Iterable, Iterator

import pytest

from ui.board import Board, Drawn, Entry, Look, board


class House:
    """Texts by uid, which count how often they are drawn."""

    def __init__(self, **texts: str) -> None:
        self.texts = texts
        self.drawn: list[str] = []
        self.marks: list[object] = []
        self.few: list[str] | None = None

    def look(self, mark: object) -> Look:
        self.marks.append(mark)
        if self.few is not None:
            return Look(len(self.marks), self.entries(self.few), whole=False)
        return Look(len(self.marks), self.entries(self.texts))

    def entries(self, uids: Iterable[str]) -> Iterator[Entry]:
        for uid in list(uids):
            text = self.texts[uid]
            yield Entry(uid, text, lambda uid=uid, text=text: self._draw(uid, text))

    def _draw(self, uid: str, text: str) -> Drawn:
        self.drawn.append(uid)
        return Drawn((text.startswith("done"), uid), {"uid": uid, "text": text.strip()})


class Browser:
    """What one browser made of what it was sent."""

    def __init__(self, of: Board, house: House) -> None:
        self.of, self.house = of, house
        self.rows: dict[str, dict[str, str]] = {}
        self.order: list[str] = []
        self.held: str | None = None

    def look(self) -> list[str]:
        """Look again; the uids of the rows that came."""
        change = self.of.changes(self.house.look, self.held)
        if change["since"] == 0:
            self.rows = {}
        self.rows |= {row["uid"]: row for row in change["rows"]}
        self.order = change["order"] if change["order"] is not None else self.order
        self.held = f"{change['board']}:{change['number']}"
        return [row["uid"] for row in change["rows"]]

    @property
    def shown(self) -> list[str]:
        return [self.rows[uid]["text"] for uid in self.order]


@pytest.fixture
def house() -> House:
    return House(a="one", b="two", c="three")


@pytest.fixture
def shared() -> Board:
    return Board()


def test_all_comes_once_and_then_only_what_became_another(house, shared):
    browser = Browser(shared, house)
    assert browser.look() == ["a", "b", "c"]
    assert browser.look() == []
    house.texts["b"] = "changed"
    assert browser.look() == ["b"]
    assert browser.shown == ["one", "changed", "three"]


def test_only_what_changed_is_drawn_anew(house, shared):
    browser = Browser(shared, house)
    browser.look()
    house.texts["b"], house.drawn = "changed", []
    browser.look()
    assert house.drawn == ["b"]


def test_what_somebody_else_was_sent_is_still_sent_to_me(house, shared):
    mine, other = Browser(shared, house), Browser(shared, house)
    mine.look(), other.look()
    house.texts["a"] = "changed"
    assert other.look() == ["a"]
    house.texts["c"] = "changed too"
    assert other.look() == ["c"]
    assert mine.look() == ["a", "c"]
    assert mine.shown == other.shown


def test_a_browser_that_missed_an_answer_is_told_again(house, shared):
    browser = Browser(shared, house)
    browser.look()
    before = browser.held
    house.texts["a"] = "changed"
    browser.look()
    browser.held = before
    assert browser.look() == ["a"]


def test_what_is_decided_takes_another_place(house, shared):
    browser = Browser(shared, house)
    browser.look()
    house.texts["a"] = "done"
    assert browser.look() == ["a"]
    assert browser.order == ["b", "c", "a"]


def test_what_is_gone_goes_and_comes_back_whole(house, shared):
    browser = Browser(shared, house)
    browser.look()
    text = house.texts.pop("b")
    assert browser.look() == []
    assert browser.order == ["a", "c"]
    house.texts["b"] = text
    assert browser.look() == ["b"]
    assert browser.order == ["a", "b", "c"]


def test_another_cause_of_the_same_row_sends_nothing(house, shared):
    browser = Browser(shared, house)
    browser.look()
    house.texts["a"] = "one "
    assert browser.look() == []


@pytest.mark.parametrize(
    "held", [None, "", "x", "other:1", ":1", "{name}:99", "{name}:-1", "{name}:"]
)
def test_whoever_says_they_hold_what_this_board_never_sent_gets_all(house, shared, held):
    name = shared.changes(house.look)["board"]
    change = shared.changes(house.look, held and held.replace("{name}", name))
    assert change["since"] == 0
    assert len(change["rows"]) == len(change["order"]) == 3


def test_another_meeting_or_language_has_a_board_of_its_own():
    one = board("lane", "m", "zh")
    assert board("lane", "m", "zh") is one
    assert (
        len({one, board("lane", "m", "en"), board("lane", "n", "zh"), board("specs", "m", "zh")})
        == 4
    )


def test_a_look_at_a_few_leaves_the_others_as_they_were(house, shared):
    browser = Browser(shared, house)
    browser.look()
    house.texts |= {"a": "done", "c": "not looked at"}
    house.few = ["a"]
    assert browser.look() == ["a"]
    assert (browser.order, browser.shown) == (["b", "c", "a"], ["two", "three", "done"])
    house.few = None
    assert browser.look() == ["c"]


def test_each_look_is_told_what_the_last_one_saw(house, shared):
    for _ in range(3):
        shared.changes(house.look)
    assert house.marks == [None, 1, 2]
