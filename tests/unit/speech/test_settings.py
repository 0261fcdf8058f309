"""What of a transcriber decides whether something is heard anew."""

import shutil
from importlib.metadata import version
from pathlib import Path

from pipeline.engines.speech import transcriber
from pipeline.engines.speech.transcriber import WhisperTranscriber
from pipeline.language.unsaid import lists_digest
from pipeline.models.hashing import digest


def settings(tmp_path: Path) -> dict[str, object]:
    return dict(WhisperTranscriber(model="small", demo_model=tmp_path).settings)


def test_another_release_of_what_decodes_hears_anew(tmp_path: Path):
    libraries = settings(tmp_path)["libraries"]
    assert libraries == {name: version(name) for name in ("faster-whisper", "ctranslate2")}


def test_another_way_of_ours_to_hear_hears_anew(tmp_path: Path):
    (tmp_path / "sound.py").write_text("RATE = 16_000\n", encoding="utf-8")
    before = transcriber.sources(tmp_path)
    assert transcriber.sources(tmp_path) == before
    (tmp_path / "sound.py").write_text("RATE = 8_000\n", encoding="utf-8")
    changed = transcriber.sources(tmp_path)
    (tmp_path / "sound.py").rename(tmp_path / "noise.py")
    assert len({before, changed, transcriber.sources(tmp_path)}) == 3


def test_settings_tell_our_sources_and_can_be_part_of_a_key(tmp_path: Path):
    given = settings(tmp_path)
    assert given["code"] == transcriber.sources(Path(transcriber.__file__).parent)
    assert given["unsaid"] == lists_digest()
    assert digest(given) == digest(settings(tmp_path))


def test_a_folder_goes_by_its_name_wherever_it_lies(tmp_path: Path):
    """A transcript goes to clients: no path of this machine. A moved folder hears nothing anew."""
    demo = Path(transcriber.__file__).parents[2] / "demo" / "model"
    told = []
    for place in ("here", "there"):
        folder = tmp_path / place / "mine"
        shutil.copytree(demo, folder)
        one = WhisperTranscriber(model=str(folder), demo_model=tmp_path)
        assert one.available()
        told.append((one.model, one.settings))
    assert told[0] == told[1]
    assert told[0][0] == "mine"


def test_no_other_model_calls_itself_the_bundled_one(tmp_path: Path):
    (tmp_path / "demo").mkdir()
    assert WhisperTranscriber(model=str(tmp_path / "demo"), demo_model=tmp_path).model != "demo"
