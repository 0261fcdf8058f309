"""A real browser before the real desk.

Every page is watched: a request to another host, an error in the browser, or an exception in the
server's log fails the test that caused it.
"""

import itertools
import os
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page

from evals.bench import desk as bench
from evals.bench import desk_calls as calls
from pipeline.models.review import EditEvent
from pipeline.service import meetings, review, uploads
from pipeline.service.house import House
from pipeline.service.meetings import MeetingView

SLOW_MS = 20_000
"""What a busy machine may take for anything."""
LOST = (
    "net::ERR_",
    "disconnected from server",
    "Client Error in reaching server endpoint",
    "server is not responding",
)
"""What a page says while its server is dead: which of it depends on what was on its way then."""
TEXTS = """() => {
  const parts = [];
  const walk = (node) => {
    if (node.nodeType === Node.TEXT_NODE) parts.push(node.data);
    if (["STYLE", "SCRIPT"].includes(node.tagName)) return;
    if (node.value && ["INPUT", "TEXTAREA"].includes(node.tagName)) parts.push(node.value);
    if (node.shadowRoot) walk(node.shadowRoot);
    for (const child of node.childNodes) walk(child);
  };
  walk(document.body);
  return parts.join("\\n");
}"""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.browser)


class Watcher:
    """What a page asks for and complains about."""

    def __init__(self, page: Page, host: str, *, lossy: bool) -> None:
        self.foreign: list[str] = []
        self.errors: list[str] = []
        self._host = host
        self._lossy = lossy
        page.on("request", lambda request: self._asked(request.url))
        page.on("websocket", lambda socket: self._asked(socket.url))
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        page.on("console", self._console)

    def _asked(self, url: str) -> None:
        scheme, _, rest = url.partition("://")
        if scheme in ("http", "https", "ws", "wss") and rest.split("/")[0] != self._host:
            self.foreign.append(url)

    def _console(self, message: ConsoleMessage) -> None:
        if message.type == "error" and not self._known(message):
            self.errors.append(f"{message.text} ({message.location['url']})")

    def _known(self, message: ConsoleMessage) -> bool:
        """Streamlit looks for itself below every address first, and has an inline script.

        Between two runs that follow each other at once it forgets the icon of the window.
        """
        where = message.location["url"]
        icon = "404" in message.text and "/media/" in where and where.endswith(".png")
        probing = "404" in message.text and "/_stcore/" in where
        lost = any(words in message.text for words in LOST)
        inline = message.text.startswith("Executing inline script violates")
        return probing or icon or inline or (self._lossy and lost)


class Lane:
    """The minutes lane as somebody at the keyboard meets it.

    Locators are CSS: looking things up by role takes seconds among thousands of rows.
    """

    def __init__(self, page: Page, url: str) -> None:
        self.page = page
        self._url = url

    def open(self, meeting: str, **query: str) -> "Lane":
        more = "".join(f"&{name}={value}" for name, value in query.items())
        self.page.goto(f"{self._url}/review?m={meeting}{more}")
        return self.ready()

    def ready(self) -> "Lane":
        self.page.wait_for_selector(".lane .card .title, .lane .empty:not([hidden])")
        bench.settled(self.page)
        return self

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)

    @property
    def id(self) -> str:
        return self.page.locator(".lane .card .title strong").inner_text()

    @property
    def text(self) -> Any:
        return self.page.locator(".lane .card textarea.text")

    @property
    def saved(self) -> str:
        return self.page.locator(".lane .saved").inner_text()

    @property
    def rows(self) -> Any:
        return self.page.locator(".lane .list li")

    @property
    def note(self) -> Any:
        return self.page.locator(".lane .note")

    def act(self, name: str) -> Any:
        return self.page.locator(f".lane [data-act={name}]")


class Record:
    """What the database holds of a meeting."""

    def __init__(self, house: House, meeting: str) -> None:
        self.house, self.meeting = house, meeting

    def events(self) -> tuple[EditEvent, ...]:
        return review.history(calls.ME, self.house, self.meeting)

    def done(self) -> list[tuple[str, Any]]:
        """Operations and what they set, oldest first."""
        return [(one.body.operation, one.body.after) for one in self.events() if one.body]

    def view(self) -> MeetingView:
        return meetings.view(calls.ME, self.house, self.meeting)

    def item(self, ref: str) -> Any:
        minutes = self.view().minutes
        return next(item for _, item in minutes.items() if item.id == ref)


@pytest.fixture(scope="session")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("desk") / "home"


@pytest.fixture(scope="session")
def house(home: Path) -> House:
    return calls.house(home)


@pytest.fixture(scope="session")
def desk(house: House, home: Path) -> Iterator[bench.Desk]:
    """The desk of everybody; at the end its log is free of exceptions."""
    with bench.Desk(home) as started:
        yield started
        assert started.troubles() == []


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Of one file only: its event loop must not be in the way of other tests."""
    if bench.browser_path() is None:
        missing = f"needs one of {', '.join(bench.BROWSERS)} on the PATH"
        if os.environ.get("CI") == "true":
            pytest.fail(missing)
        pytest.skip(missing)
    with bench.browser() as opened:
        yield opened


@pytest.fixture(scope="module")
def office(browser: Browser) -> Iterator[BrowserContext]:
    """One browser profile for all tests of a file: what is loaded once stays loaded."""
    context = _profile(browser)
    yield context
    context.close()


def _profile(browser: Browser, **options: Any) -> BrowserContext:
    context = browser.new_context(**{"viewport": {"width": 1440, "height": 900}, **options})
    context.set_default_timeout(SLOW_MS)
    return context


@pytest.fixture
def visit(
    browser: Browser, office: BrowserContext, desk: bench.Desk, house: House
) -> Iterator[Callable[..., Page]]:
    """Another window, watched until the test is over; a profile of its own where options say.

    What it left half uploaded is nobody's business afterwards.
    """
    opened: list[tuple[Page, Watcher]] = []
    begun = desk.log.stat().st_size

    def make(mortal: bench.Desk | None = None, *, own: bool = False, **options: Any) -> Page:
        context = _profile(browser, **options) if own or options else office
        page = context.new_page()
        host = (mortal or desk).url.partition("://")[2]
        opened.append((page, Watcher(page, host, lossy=mortal is not None)))
        return page

    yield make
    foreign = [url for _, watcher in opened for url in watcher.foreign]
    errors = [error for _, watcher in opened for error in watcher.errors]
    for page, _ in opened:
        page.close() if page.context is office else page.context.close()
    uploads.sweep(house, older_than=0)
    assert foreign == [], "asked another host"
    assert errors == [], "the browser complained"
    assert desk.troubles(begun) == [], "the server's log holds an exception"


@pytest.fixture
def page(visit: Callable[..., Page]) -> Page:
    return visit()


@pytest.fixture
def lane_of(desk: bench.Desk) -> Callable[[Page], Lane]:
    return lambda page: Lane(page, desk.url)


@pytest.fixture(scope="session")
def _numbers() -> Iterator[int]:
    return itertools.count(1)


@pytest.fixture
def meeting(house: House, desk: bench.Desk, _numbers: Iterator[int]) -> str:
    """The bundled Chinese call, which nobody looked at yet."""
    del desk
    return calls.bundled(house, "zh", system=f"订单系统 {next(_numbers)}")


@pytest.fixture
def lane(lane_of: Callable[[Page], Lane], page: Page, meeting: str) -> Lane:
    """The lane of that meeting, open."""
    return lane_of(page).open(meeting)


@pytest.fixture
def record(house: House, meeting: str) -> Record:
    return Record(house, meeting)


@pytest.fixture
def record_of(house: House) -> Callable[[str], Record]:
    return lambda meeting: Record(house, meeting)


@pytest.fixture
def until(page: Page) -> Callable[..., None]:
    """Wait for it, while the browser goes on."""

    def wait(true: Callable[[], bool], seconds: float = 20.0) -> None:
        end = time.monotonic() + seconds
        while not true():
            assert time.monotonic() < end, "it did not happen"
            page.wait_for_timeout(50)

    return wait


@pytest.fixture
def texts() -> Callable[[Page], str]:
    """All that a page shows, also inside our components."""
    return lambda page: str(page.evaluate(TEXTS))
