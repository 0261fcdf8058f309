"""From a file in somebody's hand to the Word file that goes out, and over a cut line."""

import os
import re
import subprocess
import sys
from urllib.parse import parse_qs, urlsplit

import pytest
from docx import Document

from evals.bench.desk import settled
from pipeline.models.project import Project
from tests.browser.uploading import choose, cut_after_the_first, transcript

EDITED = "订单列表按当前筛选条件导出成 Excel"
WORK = "from ui.cli.main import main; main()"
START, US = "开始处理", "我们自己看"
REST = b"\n" + b" " * (9 << 20)
"""An empty line that makes a text two chunks long; many of them would take seconds to read."""


@pytest.mark.slow
def test_an_upload_becomes_minutes_whose_docx_holds_the_edit(
    page, desk, home, lane_of, record_of, until
):
    page.goto(f"{desk.url}/upload")
    settled(page)
    choose(page, ("周三的通话.txt", transcript()))
    page.locator(".uploader .files .state.ok").wait_for()
    page.get_by_role("button", name=START, exact=True).click()
    page.locator("[class*=st-key-handed-]").first.wait_for()
    work(home)
    meeting = parse_qs(urlsplit(page.url).query)["h"][0]

    page.goto(desk.url)
    row = page.locator(f".st-key-row-{meeting}")
    row.get_by_text("周三的通话").first.wait_for()
    row.get_by_role("link").first.click()
    lane = lane_of(page).ready()
    record, first = record_of(meeting), lane.id
    lane.text.fill(EDITED)
    lane.act("approve").click()
    until(lambda: record.item(first).review == "approved")
    page.locator(".lane .bulk").click()
    lane.note.locator(".go").click()
    until(lambda: sum(item.review == "approved" for item in items(record)) > 1)

    page.goto(f"{desk.url}/export?m={meeting}")
    page.get_by_text(US, exact=True).click()
    page.locator("[class*=st-key-file-transcript-]").first.wait_for()  # only we get that one
    settled(page)
    with page.expect_download() as download:
        page.locator(".st-key-file-minutes-docx button").click()
    assert EDITED in text_of(download.value.path())


@pytest.mark.slow
def test_every_one_of_many_files_is_handed_over(page, desk, until):
    page.goto(f"{desk.url}/upload")
    settled(page)
    names = [f"{n}.txt" for n in range(8)]
    files = [(name, transcript() + f"\n王敏: {name}".encode()) for name in names]
    choose(page, *files[:1])
    page.locator(".uploader .files .state.ok").first.wait_for()
    choose(page, *files[1:])
    page.get_by_role("button", name=START, exact=True).press("Enter")  # it moves as files come in
    until(lambda: len(parse_qs(urlsplit(page.url).query).get("h", [""])[0].split(",")) == 8)
    until(lambda: page.locator(".uploader .files li").count() == 0)


@pytest.mark.slow
def test_every_file_that_is_none_is_told_and_closed(page, desk, until):
    page.goto(f"{desk.url}/upload")
    settled(page)
    choose(page, *((f"{n}.txt", f"{n} 不是逐字稿".encode()) for n in range(4)))
    page.locator(".uploader .files .state.ok").first.wait_for()
    page.get_by_role("button", name=START, exact=True).click()
    lines = page.locator(".uploader .files li")
    until(lambda: page.locator(".uploader .files .state.bad").count() == 4)
    assert lines.locator("button", has_text="关闭").count() == 4
    lines.locator("button").first.click()
    until(lambda: lines.count() == 3)


@pytest.mark.slow
def test_a_word_to_go_outlives_the_window(visit, desk, house):
    page = visit(desk)
    file = {
        "name": "周四 2026-03-19.txt",
        "mimeType": "text/plain",
        "buffer": transcript() + REST,
    }
    chunks = []
    page.route("**/api/upload/**", lambda route: cut_after_the_first(route, chunks))
    page.on("dialog", lambda dialog: dialog.accept())
    page.goto(f"{desk.url}/upload?as=going")
    settled(page)
    page.add_init_script("Object.defineProperty(File.prototype, 'lastModified', { get: () => 1 })")
    page.reload()
    settled(page)
    page.locator(".uploader input[type=file]").set_input_files(file)
    page.locator(".uploader .files .state.warn").wait_for()
    page.locator(".st-key-upload-consent label").click()
    page.get_by_role("button", name=START, exact=True).click()
    page.get_by_text("每个文件传完就会立刻开始处理。").wait_for()
    page.close()

    again = visit(desk)
    again.add_init_script("Object.defineProperty(File.prototype, 'lastModified', { get: () => 1 })")
    again.goto(f"{desk.url}/upload?as=going")
    again.get_by_text("每个文件传完就会立刻开始处理。").wait_for()
    again.locator(".uploader input[type=file]").set_input_files(file)
    again.locator("[class*=st-key-handed-]").first.wait_for()
    meeting = house.tools.store.meeting(parse_qs(urlsplit(again.url).query)["h"][0])
    assert (meeting.title, str(meeting.date)) == ("周四 2026-03-19", "2026-03-19")
    assert meeting.consent is True


@pytest.mark.slow
def test_each_of_two_files_goes_to_the_client_it_was_started_for(visit, desk, house, until):
    for number in range(30):  # of a list so long only the part in sight is drawn
        house.tools.store.save_project(Project(client=f"老客户 {number}", language="zh"))
    page = visit(desk)
    page.on("dialog", lambda dialog: dialog.accept())
    page.goto(f"{desk.url}/upload?as=two-clients")
    settled(page)
    rest = re.compile(r"/api/upload/\w+\?offset=8388608")
    page.route(rest, lambda route: route.abort("connectionreset"))
    choose(page, ("甲.txt", transcript() + REST))
    page.locator(".uploader .files .state.warn").wait_for()
    for_client(page, "客户甲")
    page.locator(".st-key-upload-consent label").click()
    page.get_by_role("button", name=START, exact=True).click()
    page.get_by_text("已开始：甲.txt。").wait_for()

    choose(page, ("乙.txt", transcript() + "\n王敏: 乙方。".encode()))
    page.get_by_text("还没开始：乙.txt。").wait_for()
    page.locator(".st-key-upload-consent label").click()
    for_client(page, "客户乙")
    page.unroute_all(behavior="ignoreErrors")
    until(lambda: len(made(page)) == 1)
    assert filed(house, made(page)[0]) == ("甲", "客户甲", True)

    page.get_by_role("button", name=START, exact=True).click()
    until(lambda: len(made(page)) == 2)
    assert {filed(house, one) for one in made(page)} == {
        ("甲", "客户甲", True),
        ("乙", "客户乙", None),
    }


def work(home):
    """A worker that does what is waiting."""
    surroundings = {**os.environ, "DRAGOMAN_HOME": str(home)}
    command = [sys.executable, "-c", WORK, "worker", "--until-done"]
    done = subprocess.run(command, env=surroundings, capture_output=True, timeout=120, check=False)
    assert done.returncode == 0, done.stderr.decode()


def items(record):
    return [item for _, item in record.view().minutes.items()]


def text_of(path):
    document = Document(str(path))
    cells = (cell.text for table in document.tables for row in table.rows for cell in row.cells)
    return "\n".join([*(one.text for one in document.paragraphs), *cells])


def for_client(page, name):
    """Say in the form that it is about a client nobody knows yet."""
    field = page.locator(".st-key-upload-client input")
    if not field.count():
        page.locator(".st-key-upload-choice [role=combobox]").click()
        page.get_by_role("option", name="新客户…", exact=True).click()
    field.fill(name)
    field.press("Enter")
    settled(page)


def made(page):
    return [one for one in parse_qs(urlsplit(page.url).query).get("h", [""])[0].split(",") if one]


def filed(house, uid):
    meeting = house.tools.store.meeting(uid)
    return meeting.title, house.tools.store.project(meeting.project).client, meeting.consent
