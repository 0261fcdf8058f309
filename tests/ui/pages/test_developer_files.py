"""The export page hands developers their files: a folder for each kind, beside the documents."""

import io
import json
import zipfile
from typing import Any

import pytest

from tests.ui.pages.conftest import ME
from ui.parcel import archive_of, folder_of, for_reader

TARGETS = ("docx", "md", "json", "feature", "openspec")


def names(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        return {name: packed.read(name) for name in packed.namelist()}


@pytest.mark.parametrize("client", [True, False])
def test_each_kind_is_a_folder_of_its_own(desk: Any, client: bool):
    chosen = for_reader(desk.view, client=client)
    features = names(folder_of(ME, desk.house, chosen, "feature"))
    changes = names(folder_of(ME, desk.house, chosen, "openspec"))
    assert chosen.specs
    for spec in chosen.specs:
        assert f"features/{spec.id}.feature" in features
        assert f"openspec/changes/add-{spec.id.lower()}/proposal.md" in changes
    assert features["evidence.json"] == changes["evidence.json"]


def test_everything_for_us_holds_them_with_the_words_behind_them(desk: Any):
    files = names(archive_of(ME, desk.house, for_reader(desk.view, client=False), TARGETS))
    told = json.loads(files["evidence.json"])
    assert told["meeting"] == desk.meeting
    assert list(told["specs"]) == [spec.id for spec in desk.view.specs]
    assert any(name.startswith("features/") for name in files)


def labels(app: Any) -> set[str]:
    assert not app.exception
    return {one.proto.label for one in app.get("download_button")}


def test_the_page_offers_them_to_us_and_not_with_the_clients_copy(desk: Any, open_page: Any):
    app = open_page("export", m=desk.meeting)
    assert not {"Test cases", "OpenSpec"} & labels(app)
    app.session_state["export-for"] = "us"
    assert {"Test cases", "OpenSpec"} <= labels(app.run())
