"""The files of a spec on its page: attached, fetched, taken off, refused in words."""

from pathlib import Path
from typing import Any

from pipeline.service import attaching
from tests.ui.pages.conftest import ME
from ui.words.loader import t


def test_files_are_seen_and_taken_off(desk: Any, open_page: Any, tmp_path: Path):
    file = tmp_path / "样表 ![x](a) $1.xlsx"
    file.write_bytes(b"sheet")
    spec = desk.view.specs[0]
    attaching.attach(ME, desk.house, desk.meeting, spec.id, file)
    app = open_page("specs", m=desk.meeting, **{"as": "陈工"})
    assert not app.exception
    assert file.name in [one.value for one in app.text]
    (button,) = [one for one in app.button if one.key and one.key.startswith("attached-off-")]
    button.click().run()
    assert not app.exception
    assert desk.view.specs[0].attachments == ()


def test_a_refusal_is_told_in_words(desk: Any, open_page: Any, tmp_path: Path):
    file = tmp_path / "a.png"
    file.write_bytes(b"x")
    spec = attaching.attach(ME, desk.house, desk.meeting, "S1", file)
    app = open_page("specs", m=desk.meeting, **{"as": "陈工"})
    attaching.take_off(ME, desk.house, desk.meeting, "S1", "a.png")
    key = f"attached-off-{spec.uid}-{spec.attachments[0].sha256}"
    next(one for one in app.button if one.key == key).click().run()
    assert not app.exception
    assert t("desk.attached.remove") not in [one.label for one in app.button]
