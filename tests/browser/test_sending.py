"""How the list of files sends them, goes on where it stopped, and tells what came."""

import hashlib
import os
from importlib.resources import files
from urllib.parse import parse_qs, urlsplit

import pytest

from evals.bench.desk import settled
from tests.browser.uploading import choose, cut_after_the_first, transcript

START = "开始处理"
SIZE = 24_000_000

PUT_TOGETHER_TWICE = """async ([html, script]) => {
  const made = await import(URL.createObjectURL(new Blob([script], { type: "text/javascript" })));
  const root = document.body.appendChild(document.createElement("div"));
  root.innerHTML = html;
  const counts = [];
  for (const waiting of [[{ id: "1", name: "0.txt", size: 5, offset: 5 }], []]) {
    const data = { waiting, told: [], gone: [], words: {}, token: "", at: 1 };
    const end = made.default({ data, parentElement: root, setStateValue() {}, setTriggerValue() {} });
    counts.push(root.querySelectorAll("li").length);
    end();
  }
  root.remove();
  return counts;
}"""

TOLD_BY_THE_NEXT = """async ([html, script]) => {
  const made = await import(URL.createObjectURL(new Blob([script], { type: "text/javascript" })));
  const root = document.body.appendChild(document.createElement("div"));
  root.innerHTML = html;
  let told = 0;
  const data = { waiting: [], told: [], gone: [], words: {}, token: "", at: 1 };
  const one = { data, parentElement: root, setStateValue() { told += 1; }, setTriggerValue() {} };
  let end = made.default(one);
  document.body.dispatchEvent(new Event("keydown", { bubbles: true }));
  dragomanSending.moved();
  end();
  const before = told;
  end = made.default(one);
  await new Promise((done) => setTimeout(done, 1000));
  end();
  root.remove();
  return [before, told];
}"""


@pytest.mark.slow
def test_an_upload_that_was_cut_goes_on_where_it_stopped(visit, desk, home):
    page = visit(desk)
    content = b"RIFF\xff\xff\xff\xffWAVE" + os.urandom(SIZE - 12)
    file = home.parent / "long.wav"
    file.write_bytes(content)
    chunks = []
    page.route("**/api/upload/**", lambda route: cut_after_the_first(route, chunks))
    page.on("dialog", lambda dialog: dialog.accept())
    page.goto(f"{desk.url}/upload")
    page.locator(".uploader input[type=file]").set_input_files(file)
    page.locator(".uploader .files .state.warn").wait_for()
    page.unroute_all(behavior="ignoreErrors")
    assert len(chunks) > 1

    resumed = []
    page.on("request", lambda one: one.method == "PUT" and resumed.append(one.url))
    page.goto(f"{desk.url}/upload")
    page.locator(".uploader .files .state.warn").wait_for()
    page.locator(".uploader input[type=file]").set_input_files(file)
    page.locator(".uploader .files .state.ok").wait_for()
    assert int(parse_qs(urlsplit(resumed[0]).query)["offset"][0]) > 0
    whole = hashlib.sha256(content).hexdigest()
    assert whole in {
        hashlib.sha256(one.read_bytes()).hexdigest()
        for one in (home / "uploads").rglob("*")
        if one.is_file() and one.stat().st_size == SIZE
    }
    page.locator(".uploader .files .acts button").click()
    page.locator(".uploader .files li").wait_for(state="detached")


@pytest.mark.slow
def test_nothing_is_sent_again_on_the_word_of_an_older_page(page, desk, until):
    page.goto(f"{desk.url}/upload?as=older")
    settled(page)
    choose(page, ("周五.txt", transcript()))
    page.locator(".uploader .files .state.ok").wait_for()
    begun = []
    page.on("request", lambda one: one.method == "POST" and begun.append(one.url))
    missing = "(after) => { const all = dragomanSending, one = all.files[0]; all.missing(one.id, one.at + after); }"
    page.evaluate(missing, -1)
    page.evaluate(missing, 0)
    assert page.evaluate("dragomanSending.files[0].state") == "done"
    assert begun == []
    page.evaluate(missing, 1)
    until(lambda: len(begun) == 1)
    until(lambda: page.evaluate("dragomanSending.files[0].state") == "done")


@pytest.mark.slow
def test_a_file_that_was_handed_over_is_sent_again_like_any_other(page, desk, home, until):
    file = home.parent / "周六.txt"
    file.write_bytes(transcript() + "\n王敏: 周六。".encode())  # of one text there is one meeting
    page.goto(f"{desk.url}/upload?as=once-more")
    settled(page)
    box, lines = page.locator(".uploader input[type=file]"), page.locator(".uploader .files li")
    box.set_input_files(file)
    page.locator(".uploader .files .state.ok").wait_for()
    page.get_by_role("button", name=START, exact=True).click()
    page.locator("[class*=st-key-handed-]").first.wait_for()
    lines.wait_for(state="detached")
    held = []
    page.route("**/api/upload/*?offset=*", lambda route: held.append(route))
    box.set_input_files(file)
    until(lambda: held and lines.count() == 1)
    page.get_by_role("button", name=START, exact=True).wait_for()  # the page has heard of it
    settled(page)
    assert page.evaluate("dragomanSending.files.map((one) => one.state)") == ["sending"]
    held.pop().continue_()
    page.locator(".uploader .files .state.ok").wait_for()


@pytest.mark.slow
def test_a_list_that_is_put_together_anew_keeps_no_line_of_the_one_before(page, desk):
    page.goto(f"{desk.url}/settings")
    settled(page)
    counts = page.evaluate(PUT_TOGETHER_TWICE, [text("uploader.html"), script()])
    assert counts == [1, 0]


@pytest.mark.slow
def test_what_waits_to_be_told_after_a_click_is_told_by_the_list_that_comes_next(page, desk):
    page.goto(f"{desk.url}/settings")
    settled(page)
    told = page.evaluate(TOLD_BY_THE_NEXT, [text("uploader.html"), script()])
    assert told == [0, 1]


def text(name):
    return files("ui").joinpath("components", "assets", name).read_text(encoding="utf-8")


def script():
    return "\n".join(text(f"{name}.js") for name in ("shared", "sending", "uploader"))
