"""Files on the disk: whole or not at all, and a clear error when the disk refuses."""

import json
import os
import subprocess
import sys
from pathlib import Path

import jsonschema
import pytest

from pipeline.bootstrap import exporters
from pipeline.errors import OutputError
from pipeline.exporters.docx.exporter import DocxExporter
from pipeline.exporters.feature import FeatureExporter
from pipeline.exporters.files import save
from pipeline.exporters.html.exporter import HtmlExporter
from pipeline.exporters.json import JsonExporter
from pipeline.exporters.markdown import MarkdownExporter
from pipeline.exporters.openspec.exporter import OpenSpecExporter
from pipeline.exporters.xlsx.exporter import XlsxExporter
from pipeline.models.client_view import client_view
from pipeline.models.minutes import Minutes
from pipeline.models.spec import FeatureSpec
from pipeline.models.view import InternalView
from pipeline.ports.files import Exporter

EXPORTERS = (
    MarkdownExporter,
    HtmlExporter,
    DocxExporter,
    XlsxExporter,
    JsonExporter,
    FeatureExporter,
    OpenSpecExporter,
)


@pytest.mark.parametrize("exporter", EXPORTERS)
def test_every_target_writes_its_files(view: InternalView, tmp_path: Path, exporter):
    one: Exporter = exporter()
    written = one.export(view, out=tmp_path / "new" / "folder")
    assert written
    assert all(path.stat().st_size for path in written)
    assert not list(tmp_path.rglob("*.part"))


def test_targets_have_the_names_of_the_command_line():
    names = ["md", "html", "docx", "xlsx", "json", "feature", "openspec"]
    assert [one().target for one in EXPORTERS] == names == list(exporters())


def test_json_reads_back_as_what_it_was(view: InternalView, tmp_path: Path):
    paths = {path.name: path for path in JsonExporter().export(view, out=tmp_path)}
    assert Minutes.read_json(paths["minutes.json"].read_bytes()) == view.minutes
    assert FeatureSpec.read_json(paths["S1.json"].read_bytes()) == view.specs[0]
    raw = json.loads(paths["minutes.json"].read_text(encoding="utf-8"))
    assert raw["schema"] == "dragoman/minutes/v1"
    jsonschema.validate(raw, Minutes.model_json_schema(mode="serialization"))


def test_the_clients_json_fits_the_same_schema(view: InternalView):
    for name, data in JsonExporter().render(client_view(view)).items():
        if name == "evidence.json":
            continue
        model = Minutes if name == "minutes.json" else FeatureSpec
        jsonschema.validate(json.loads(data), model.model_json_schema(mode="serialization"))


def test_a_second_writing_replaces_the_first(tmp_path: Path):
    save({"a/b.txt": b"one"}, tmp_path)
    save({"a/b.txt": b"two"}, tmp_path)
    assert (tmp_path / "a" / "b.txt").read_bytes() == b"two"


def test_a_written_file_has_the_rights_a_user_expects(tmp_path: Path):
    path = save({"a.txt": b"x"}, tmp_path)[0]
    plain = tmp_path / "plain.txt"
    plain.write_bytes(b"x")
    assert path.stat().st_mode == plain.stat().st_mode


def test_a_file_where_the_folder_should_be_is_named(tmp_path: Path):
    place = tmp_path / "taken"
    place.write_text("mine")
    with pytest.raises(OutputError) as caught:
        save({"minutes.md": b"x"}, place)
    assert caught.value.code == "output_not_writable"
    assert str(place) in str(caught.value.params["path"])
    assert caught.value.exit_code == 2
    assert place.read_text() == "mine"


def test_a_folder_where_the_file_should_be_is_named_and_leaves_nothing(tmp_path: Path):
    (tmp_path / "minutes.md" / "inside").mkdir(parents=True)
    with pytest.raises(OutputError) as caught:
        save({"minutes.md": b"x"}, tmp_path)
    assert caught.value.code == "output_not_writable"
    assert [path.name for path in tmp_path.iterdir()] == ["minutes.md"]


def test_a_failure_of_one_file_writes_none(tmp_path: Path):
    (tmp_path / "specs").write_text("in the way")
    with pytest.raises(OutputError):
        save({"minutes.md": b"x", "specs/S1.md": b"y"}, tmp_path)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["specs"]


def test_a_folder_in_the_way_of_the_last_file_moves_none(tmp_path: Path):
    save({"a.md": b"old"}, tmp_path)
    (tmp_path / "z.md").mkdir()
    with pytest.raises(OutputError):
        save({"a.md": b"new", "z.md": b"x"}, tmp_path)
    assert (tmp_path / "a.md").read_bytes() == b"old"


def test_a_link_that_leads_out_of_the_folder_is_refused(tmp_path: Path):
    out, elsewhere = tmp_path / "out", tmp_path / "elsewhere"
    out.mkdir()
    elsewhere.mkdir()
    (out / "specs").symlink_to(elsewhere, target_is_directory=True)
    with pytest.raises(OutputError) as caught:
        save({"minutes.md": b"x", "specs/deep/S1.md": b"y"}, out)
    assert caught.value.code == "output_not_writable"
    assert list(elsewhere.iterdir()) == []
    assert [path.name for path in out.iterdir()] == ["specs"]
    with pytest.raises(OutputError):
        save({"../x.md": b"y"}, out)


def test_the_folder_itself_may_be_a_link(tmp_path: Path):
    (tmp_path / "real").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "real", target_is_directory=True)
    save({"specs/S1.md": b"y"}, tmp_path / "link")
    assert (tmp_path / "real" / "specs" / "S1.md").read_bytes() == b"y"


def test_what_a_killed_run_left_is_swept_after_a_day(tmp_path: Path):
    old, new, other = (
        tmp_path / name for name in (".dragoman-old.part", ".dragoman-new.part", "mine.part")
    )
    for path in (old, new, other):
        path.write_bytes(b"x")
    for path in (old, other):
        os.utime(path, (1, 1))
    save({"a.md": b"x"}, tmp_path)
    assert [path.exists() for path in (old, new, other)] == [False, True, True]


FULL = """
import resource, sys
from pathlib import Path
from pipeline.bootstrap import exporters
from pipeline.errors import OutputError
from pipeline.exporters.files import save
out = Path(sys.argv[1])
save({"minutes.md": b"old"}, out)
resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096))
try:
    save({"minutes.md": b"x" * 100_000}, out)
except OutputError as error:
    print(error.code, (out / "minutes.md").read_text(), len(list(out.iterdir())))
"""


@pytest.mark.skipif(os.name == "nt", reason="needs a limit on the size of files")
def test_a_full_disk_leaves_the_old_file_whole(tmp_path: Path):
    done = subprocess.run(
        [sys.executable, "-c", FULL, str(tmp_path / "out")], capture_output=True, text=True
    )
    assert done.stdout.split() == ["disk_full", "old", "1"], done.stderr
