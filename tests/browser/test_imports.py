"""An export that was taken for something else is put right before anything is made of it."""

from urllib.parse import parse_qs, urlsplit

import pytest

from evals.bench.desk import settled

CUES = """\
1
00:00:03,000 --> 00:00:06,200
林芳: 盘点单能不能按仓库分开打？

第 1 页 / 共 2 页

2
00:00:07,000 --> 00:00:08,400
周凯: 可以，按仓库和库区。
"""


@pytest.mark.slow
def test_a_wrong_guess_is_put_right_and_the_speakers_are_known(page, desk, house, until):
    page.goto(f"{desk.url}/upload?as=import")
    settled(page)
    file = {"name": "盘点.txt", "mimeType": "text/plain", "buffer": CUES.encode()}
    page.locator(".uploader input[type=file]").set_input_files(file)
    page.get_by_text("按 SRT 字幕 读").wait_for()
    page.locator("[class*=st-key-preview-as-] [role=combobox]").click()
    page.get_by_role("option", name="VTT 字幕").click()
    page.get_by_text("按 VTT 字幕 读").wait_for()
    page.reload()
    page.get_by_text("按 VTT 字幕 读").wait_for()

    page.locator("[class*=st-key-take-over-] button").click()
    names = page.locator("[class*=st-key-upload-name-] input")
    until(lambda: names.evaluate_all("all => all.map(one => one.value)") == ["林芳", "周凯"])
    for at, side in enumerate(("客户", "我方")):
        page.locator("[class*=st-key-upload-side-] [role=combobox]").nth(at).click()
        page.get_by_role("option", name=side, exact=True).click()
        settled(page)
    page.get_by_role("button", name="开始处理", exact=True).click()
    page.locator("[class*=st-key-handed-]").first.wait_for()

    uid = parse_qs(urlsplit(page.url).query)["h"][0]
    made = house.tools.store.meeting(uid)
    assert [one.shape for one in made.sources] == ["vtt"]
    people = house.tools.store.project(made.project).participants
    assert [(one.name, one.side) for one in people] == [("林芳", "client"), ("周凯", "us")]
