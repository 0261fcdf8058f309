"""A data folder with the words of a client everywhere, and a search for them."""

import io
import json
import os
import shutil
import subprocess
import sys
import zipfile
from dataclasses import dataclass
from pathlib import Path

import pytest

from pipeline import bootstrap
from pipeline.models.actor import Actor
from pipeline.models.job import Failure, Job
from pipeline.models.meeting import Recording
from pipeline.models.review import Edit
from pipeline.service.house import House

ME = Actor(id="u1", name="tester", via="test")
CLIENT, SPEAKER, PLACE = "XyzzyPlover", "绝密甲乙丙", "Quuxborough"
OTHER = "澄江茶饮"


@dataclass(frozen=True)
class Data:
    """A data folder with two clients, and the words of one of them."""

    home: Path
    meeting: str
    client: str = CLIENT
    speaker: str = SPEAKER
    place: str = PLACE
    other: str = OTHER
    actor: Actor = ME

    def found(self, *words: str) -> set[str]:
        """Where any of the words is: in files, inside zips, in names."""
        return found(self.home, *words)

    def secrets(self) -> set[str]:
        """Where any word of the client is."""
        return found(self.home, CLIENT, SPEAKER, PLACE)


def forms(word: str) -> list[bytes]:
    escaped = json.dumps(word)[1:-1]
    codes = ("utf-8", "utf-16-le", "utf-16-be")
    found = [word.encode(code) for code in codes] + [word.encode("gb18030")]
    return list(dict.fromkeys([*found, escaped.encode(), escaped.upper().encode()]))


def contents(name: str, data: bytes) -> list[tuple[str, bytes]]:
    if not zipfile.is_zipfile(io.BytesIO(data)):
        return [(name, data)]
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        inner = [(f"{name}/{one}", packed.read(one)) for one in packed.namelist()]
    return [(name, data), *[pair for one in inner for pair in contents(*one)]]


def found(home: Path, *words: str) -> set[str]:
    """Every word in every file, and in the names of files."""
    files = [path for path in home.rglob("*") if path.is_file()]
    assert files
    places = [pair for path in files for pair in contents(str(path), path.read_bytes())]
    return {
        f"{word} in {name}"
        for word in words
        for name, data in places
        if word in name or any(form in data for form in forms(word))
    }


def call(folder: Path, client: str, speaker: str, place: str) -> Path:
    path = folder / f"{speaker}.json"
    turns = [
        (speaker, f"能不能给我们来个一键导出？{place} 的财务催得很。"),
        ("陈立", "导成Excel吗？"),
        (speaker, f"对，就要Excel，{place} 的订单号和金额一定要有。" * 40),
        ("陈立", f"好，下周三之前我把 {place} 的方案发给{speaker}。"),
    ]
    told = {
        "title": f"{speaker} {place}",
        "date": "2026-03-18",
        "lang": "zh",
        "project": {"client": client, "system": "云仓"},
        "participants": [
            {"name": speaker, "side": "client"},
            {"name": "陈立", "side": "us"},
        ],
        "turns": [
            {"speaker": who, "start": n * 5, "end": n * 5 + 4, "text": text}
            for n, (who, text) in enumerate(turns)
        ],
    }
    path.write_text(json.dumps(told, ensure_ascii=client == CLIENT), encoding="utf-8")
    return path


@pytest.fixture(scope="session")
def made(tmp_path_factory) -> Data:
    """Two clients, as the program itself leaves them, with edits, jobs, logs and leftovers."""
    folder = tmp_path_factory.mktemp("made")
    home = folder / "home"
    for client, speaker, place in ((OTHER, "王敏", "江北"), (CLIENT, SPEAKER, PLACE)):
        file = call(folder, client, speaker, place)
        command = [sys.executable, "-c", "from ui.cli.main import main; main()", "process", file]
        env = {**os.environ, "DRAGOMAN_HOME": str(home)}
        ran = subprocess.run(
            [*command, "--out", folder / "out"], env=env, capture_output=True, check=True
        )
    meeting = ran.stdout.split()[-1].decode()
    house = bootstrap.house(bootstrap.settings(home=home))
    work_on(house, meeting)
    sound = folder / f"{SPEAKER}.wav"
    sound.write_bytes(b"RIFF" + SPEAKER.encode() * 100_000)
    sha256, size = house.tools.blobs.put(sound)
    store = house.tools.store
    recording = Recording(name=sound.name, sha256=sha256, size=size)
    store.save_meeting(store.meeting(meeting).with_(recordings=(recording,)))
    store.close()
    (home / "logs").mkdir()
    log = home / "logs" / "dragoman-error-20260318T060000.log"
    log.write_text(f"ValueError: {SPEAKER!a} {PLACE}", encoding="utf-8")
    part = home / "recordings" / "tmp" / "01KILLED.part"
    part.write_text(f"{CLIENT} {SPEAKER}", encoding="utf-16")
    assert {line.split(" in ")[0] for line in found(home, CLIENT, SPEAKER, PLACE)} == {
        CLIENT,
        SPEAKER,
        PLACE,
    }
    return Data(home, meeting)


def work_on(house: House, meeting: str) -> None:
    """Long edits with their reasons, and a job that failed."""
    store = house.tools.store
    project = store.meeting(meeting).project
    for number, ask in enumerate(store.minutes(meeting).asks * 3):
        after = f"{SPEAKER}{number}{PLACE}" * 2000
        edit = Edit(entity="item", entity_uid=ask.uid, operation="set", field="text",
                    after=after, reason=f"{CLIENT} {SPEAKER}")  # fmt: skip
        store.append_edit(ME, project=project, meeting=meeting, edit=edit)
    failure = Failure(code="file_missing", params={"file": f"{PLACE}.mp3"})
    store.save_job(Job(uid=f"{meeting}-1", meeting=meeting, run=1, state="failed",
                       failure=failure, created_at="x", changed_at="x"))  # fmt: skip


@pytest.fixture
def data(made, dragoman_home) -> Data:
    """A copy of it as the data folder of this test."""
    shutil.copytree(made.home, dragoman_home)
    return Data(dragoman_home, made.meeting)


@pytest.fixture
def handed_in(made) -> Path:
    """The file that the meeting was made from."""
    return made.home.parent / f"{SPEAKER}.json"
