"""What people said, and what files are called, shows as it is and loads nothing from anywhere."""

import http.server
import threading
from collections.abc import Iterator

import pytest

from evals.bench import desk_calls as calls
from evals.bench.desk import settled
from pipeline.models.project import Participant, Project
from pipeline.service.intake import Intake

PAGES = ("", "upload", "project", "settings")
OF_MEETING = ("review", "specs", "unsaid", "export", "audit", "model", "join")
MADE = """() => {
  const made = [];
  const walk = (root) => {
    for (const one of root.querySelectorAll("img, a, iframe, form, .katex, script")) {
      if (one.tagName === "A" && /^https?:/.test(one.textContent)) continue; // says where it leads
      const text = (one.getAttribute("src") || "") + (one.getAttribute("href") || "") + one.className;
      if (/katex|javascript:|beacon/.test(text) || one.tagName === "FORM") made.push(one.outerHTML);
    }
    for (const one of root.querySelectorAll("*")) if (one.shadowRoot) walk(one.shadowRoot);
  };
  walk(document);
  return made;
}"""
"""Whatever foreign text was turned into."""


class Beacon(http.server.ThreadingHTTPServer):
    """Somebody else's server, and who asked it for anything."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        super().__init__(("127.0.0.1", 0), self._handler())
        self.url = f"http://127.0.0.1:{self.server_port}/beacon"

    def _handler(self) -> type[http.server.BaseHTTPRequestHandler]:
        asked = self.asked

        class Note(http.server.BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                asked.append(self.path)
                self.send_response(204)
                self.end_headers()

            def log_message(self, *_: object) -> None:
                """Not worth a line."""

        return Note


@pytest.fixture
def beacon() -> Iterator[Beacon]:
    server = Beacon()
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


def hostile(url: str) -> str:
    return (
        f"![x]({url}?md) <img src='{url}?img'> <script>fetch('{url}?js')</script> "
        f":red[rot] $100到$200 $$x^2$$ [hier](javascript:alert(1)) # *2*3*4* `code`"
    )


@pytest.fixture
def hostile_meeting(house, desk, beacon, tmp_path) -> str:
    del desk
    bad = hostile(beacon.url)
    turns = [
        {**turn, "speaker": f"{turn['speaker']} {bad}", "text": f"{turn['text']} {bad}"}
        for turn in calls.bundled_turns("zh")
    ]
    speakers = dict.fromkeys(turn["speaker"] for turn in turns)
    project = Project(
        client=f"客户 {bad}",
        system=f"系统 {bad}",
        glossary={"单": bad},
        scope=(bad,),
        capabilities=(bad,),
        participants=tuple(
            Participant(name=name, side="client" if at else "us")
            for at, name in enumerate(speakers)
        ),
    )
    file = tmp_path / ":red[x] $1$ ![x](y) <b>.json"
    return calls.from_turns(house, file, turns, Intake(project=project, title=f"标题 {bad}"))


@pytest.mark.parametrize(
    "policy", ["without the headers", pytest.param("with the headers", marks=pytest.mark.slow)]
)
@pytest.mark.slow
def test_foreign_text_shows_literally_and_asks_nobody(
    visit, desk, beacon, hostile_meeting, texts, policy
):
    """Without the headers that forbid it, too: they are the second lock, not the only one."""
    page = visit(bypass_csp=policy.startswith("without"))
    shown = {}
    addresses = [*PAGES, *(f"{name}?m={hostile_meeting}" for name in OF_MEETING)]
    for address in addresses:
        page.goto(f"{desk.url}/{address}")
        settled(page)
        page.wait_for_timeout(300)
        assert page.evaluate(MADE) == [], address
        shown[address.partition("?")[0]] = "".join(texts(page).split())
    bad = "".join(hostile(beacon.url).split())
    assert f"标题{bad}" in shown[""]
    assert f"标题{bad}" in shown["review"]
    assert f"今天主要对一下订单模块的需求。{bad}" in shown["review"]
    assert beacon.asked == []
