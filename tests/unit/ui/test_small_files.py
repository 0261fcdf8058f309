"""Names of files and people, moments, sources of settings."""

import io
import zipfile
from pathlib import Path

import pytest

from pipeline import bootstrap
from pipeline.addresses import without_password
from pipeline.models.meeting import Meeting
from ui import reviewers
from ui.moments import moment
from ui.parcel import archive, file_name
from ui.sources import libraries, sources
from ui.theme import STYLE


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("碰头: 订单/导出?", "碰头 订单 导出 2026-03-18 纪要.docx"),
        ("CON", "_CON 2026-03-18 纪要.docx"),
        ("aux.x", "_aux.x 2026-03-18 纪要.docx"),
        ("a" * 200, "a" * 80 + " 2026-03-18 纪要.docx"),
        (" . ", "m1 2026-03-18 纪要.docx"),
        ("x\u202egpj.exe\n..", "x gpj.exe 2026-03-18 纪要.docx"),
    ],
)
def test_every_system_takes_the_name(title: str, name: str):
    meeting = Meeting(uid="m1", project="p", title=title, date="2026-03-18")
    assert file_name(meeting, "纪要", ".docx") == name


def test_the_same_files_make_the_same_archive():
    files = {"specs/S1.md": "一".encode(), "minutes.md": b"2"}
    assert archive(files) == archive(dict(reversed(files.items())))
    with zipfile.ZipFile(io.BytesIO(archive(files))) as packed:
        assert {one: packed.read(one) for one in packed.namelist()} == files


def test_names_are_kept_the_last_first(tmp_path: Path):
    assert reviewers.known(tmp_path) == ()
    for name in ("陈工", " 王\n工 ", "陈工", "", "x" * 99):
        reviewers.remember(tmp_path, name)
    assert reviewers.known(tmp_path) == ("x" * 60, "陈工", "王工")
    assert [one.name for one in tmp_path.iterdir()] == [reviewers.FILE]


def test_a_folder_that_refuses_costs_nobody_anything(tmp_path: Path):
    reviewers.remember(tmp_path / "gone", "陈工")
    assert reviewers.known(tmp_path / "gone") == ()


def test_a_moment_is_told_in_the_readers_time():
    assert moment("2026-03-18T06:00:30.000Z", "Asia/Shanghai") == "2026-03-18 14:00"
    assert moment("2026-03-18T06:00:30", "Nowhere/At all") == "2026-03-18T06:00:30"
    assert moment(None, "UTC") == "–"


def test_a_setting_says_where_it_comes_from(tmp_path: Path):
    (tmp_path / "dragoman.toml").write_text('speech_model = "base"\nhome = "x"\n')
    chosen = bootstrap.settings(
        home=tmp_path, database_url="postgresql://u:geheim@host/db", speech_model="base"
    )
    found = {one.name: one for one in sources(chosen, {"DRAGOMAN_KEEP_DAYS": "3"}, tmp_path)}
    assert found["speech_model"].where == "file"
    assert found["keep_days"].where == "environment"
    assert (found["home"].where, found["home"].in_file) == ("built_in", False)
    assert found.keys() == type(chosen).model_fields.keys()
    assert "geheim" not in str(found)


def test_a_key_is_never_shown_and_its_file_is_named(tmp_path: Path, monkeypatch):
    secrets = tmp_path / "secrets.toml"
    secrets.write_text('model_url = "https://me:geheim@host/v1"\nmodel_key = "sk-geheim"\n')
    monkeypatch.setenv("DRAGOMAN_SECRETS", str(secrets))
    chosen = bootstrap.settings(home=tmp_path)
    assert chosen.model_key.get_secret_value() == "sk-geheim"
    found = {one.name: one for one in sources(chosen, {}, tmp_path)}
    assert (found["model_key"].where, found["model_url"].where) == ("secrets", "secrets")
    assert found["model_url"].value == "https://host/v1"
    assert "geheim" not in str(found)


def test_no_password_is_shown_of_a_mirror():
    given = {"HF_ENDPOINT": "https://me:geheim@mirror.example/x?token=geheim", "HF_TOKEN": "geheim"}
    assert libraries(given) == {"HF_ENDPOINT": "https://mirror.example/x"}
    assert without_password("/data/models") == "/data/models"


def test_only_a_main_button_that_can_be_pressed_has_words_in_the_colour_of_the_page():
    rules = [line for line in STYLE.splitlines() if "stBaseButton-primary" in line]
    assert [line for line in rules if "]:enabled *" not in line] == []
    assert rules
