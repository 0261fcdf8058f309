"""A bundle is made for real, and installs where there is no network at all."""

import json
import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from pipeline.bundling.bundle import FOR_WINDOWS, put_texts
from pipeline.bundling.folder import begin, finish, put_model
from pipeline.bundling.wheels import digest

ROOT = Path(__file__).parents[3]
DEMO = ROOT / "pipeline" / "demo"
WHEELS = os.environ.get("DRAGOMAN_WHEELS", "")
"""A folder with the wheels of the lock, such as that of a bundle: a test fetches nothing."""
HERE = ".".join(str(part) for part in sys.version_info[:2])
pytestmark = [
    pytest.mark.slow,
    pytest.mark.timeout(1200),
    pytest.mark.skipif(sys.platform != "linux", reason="the bundle for Linux is installed"),
]


def quiet(done: int, total: int) -> None:
    """Nobody watches."""


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    """A bundle without wheels: all that is looked at before anything is installed."""
    folder = tmp_path / "U 盘"
    begin(folder)
    put_model(DEMO / "model", folder / "models" / "mine", quiet)
    put_texts(folder, HERE)
    finish(folder, {"python": HERE, "platforms": ["linux"], "models": ["mine"]}, quiet)
    return folder


def install(
    stick: Path, to: Path, language: str = "en_GB.UTF-8"
) -> subprocess.CompletedProcess[str]:
    """Run install.sh in bare surroundings."""
    return subprocess.run(
        ["sh", stick / "install.sh", to],
        env={"PATH": os.environ["PATH"], "HOME": str(to.parent), "LANG": language},
        capture_output=True,
        text=True,
        check=False,
        cwd=to.parent,
    )


def changed(stick: Path, **about: object) -> None:
    path = stick / "bundle.json"
    said = json.loads(path.read_text(encoding="utf-8"))
    path.write_text(json.dumps({**said, **about}), encoding="utf-8")


@pytest.mark.parametrize(
    ("about", "en", "zh"),
    [
        ({"complete": False}, "not finished", "没有做完"),
        ({"python": "3.99"}, "Python 3.99 is needed", "需要 Python 3.99"),
        ({"platforms": ["windows"]}, "made for windows", "给 windows 做的"),
    ],
    ids=["unfinished", "python", "platform"],
)
def test_what_does_not_fit_is_refused_before_anything_is_made(
    stick: Path, tmp_path: Path, about: dict[str, object], en: str, zh: str
):
    changed(stick, **about)
    for language, said in (("en_GB.UTF-8", en), ("zh_CN.UTF-8", zh)):
        done = install(stick, tmp_path / "to", language)
        assert (done.returncode, said in done.stderr) == (3, True), done.stderr
    assert not (tmp_path / "to").exists()


def test_a_damaged_file_is_named_and_nothing_is_installed(stick: Path, tmp_path: Path):
    with (stick / "models" / "mine" / "model.bin").open("r+b") as weights:
        weights.write(b"\0\0\0\0")
    done = install(stick, tmp_path / "to")
    assert done.returncode == 3
    assert "models/mine/model.bin" in done.stderr
    assert not (tmp_path / "to").exists()


def test_a_folder_with_something_else_in_it_is_left_alone(stick: Path, tmp_path: Path):
    (tmp_path / "to").mkdir()
    (tmp_path / "to" / "letter.txt").write_text("mine", encoding="utf-8")
    done = install(stick, tmp_path / "to")
    assert (done.returncode, "something else" in done.stderr) == (3, True)
    assert [path.name for path in (tmp_path / "to").iterdir()] == ["letter.txt"]


def test_without_the_right_python_the_script_says_which(stick: Path, tmp_path: Path):
    script = (stick / "install.sh").read_text(encoding="utf-8").replace(HERE, "3.99")
    (stick / "install.sh").write_text(script, encoding="utf-8")
    done = install(stick, tmp_path / "to")
    assert (done.returncode, "3.99" in done.stderr) == (3, True)


def test_the_script_for_windows_is_plain_and_jumps_to_labels_it_has(stick: Path):
    """It was not run: there is no Windows here."""
    script = (stick / FOR_WINDOWS).read_bytes()
    lines = script.decode("ascii").split("\r\n")
    assert "\n" not in "".join(lines)
    assert "@PYTHON@" not in script.decode("ascii")
    labels = {line.removeprefix(":") for line in lines if line.startswith(":")}
    jumps = {line.split("goto ")[1].strip() for line in lines if "goto " in line}
    assert jumps == labels


def small_program(folder: Path) -> Path:
    """A wheel that is called as ours and only writes down what is set: it needs no library."""
    wheel = folder / "dragoman-0.1.0-py3-none-any.whl"
    info = "dragoman-0.1.0.dist-info"
    setting = (
        "import pathlib\ndef write(values):\n    pathlib.Path('set').write_text(repr(values))\n"
    )
    with zipfile.ZipFile(wheel, "w") as packed:
        packed.writestr("pipeline/__init__.py", "")
        packed.writestr("pipeline/setting_up.py", setting)
        packed.writestr(
            f"{info}/METADATA", "Metadata-Version: 2.1\nName: dragoman\nVersion: 0.1.0\n"
        )
        packed.writestr(
            f"{info}/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
        )
        packed.writestr(f"{info}/RECORD", "")
    return wheel


def test_the_program_is_installed_from_the_stick_and_the_model_set(stick: Path, tmp_path: Path):
    wheel = small_program(stick / "wheels")
    (stick / "requirements.lock").write_text("", encoding="utf-8")
    line = f"dragoman==0.1.0 --hash=sha256:{digest(wheel)}\n"
    (stick / "program.lock").write_text(line, encoding="utf-8")
    finish(stick, {"python": HERE, "platforms": ["linux"], "models": ["mine"]}, quiet)
    to = tmp_path / "装在这里"
    for _ in range(2):  # started again it installs again
        done = install(stick, to, "zh_CN.UTF-8")
        assert (done.returncode, "装好了" in done.stdout) == (0, True), done.stderr
    copied = to / "models" / "mine"
    assert (copied / "model.bin").read_bytes() == (DEMO / "model" / "model.bin").read_bytes()
    assert str(copied) in (tmp_path / "set").read_text(encoding="utf-8")
    with zipfile.ZipFile(wheel, "a") as packed:
        packed.writestr("pipeline/other.py", "")
    finish(stick, {"python": HERE, "platforms": ["linux"], "models": ["mine"]}, quiet)
    done = install(stick, to)
    assert (done.returncode, "could not be installed" in done.stderr) == (3, True)


@pytest.mark.asr
@pytest.mark.skipif(not WHEELS, reason="DRAGOMAN_WHEELS names no folder with the lock's wheels")
def test_a_bundle_installs_and_hears_without_a_network(tmp_path: Path):
    stick = tmp_path / "stick"
    model = tmp_path / "whisper-demo"
    shutil.copytree(DEMO / "model", model)
    program = [sys.executable, "-c", "from ui.cli.main import main; main()"]
    made = subprocess.run(
        [*program, "bundle", stick, "--for", "linux", "--model", model],
        env={**os.environ, "PIP_NO_INDEX": "1", "PIP_FIND_LINKS": WHEELS},
        capture_output=True,
        text=True,
        check=False,
    )
    assert made.returncode == 0, made.stderr
    assert "MB" in made.stdout
    apart = ["unshare", "--map-root-user", "--net"]
    if subprocess.run([*apart, "true"], capture_output=True, check=False).returncode:
        apart = []  # not allowed here; pip is told to look nowhere else all the same
    to = tmp_path / "installed"
    env = {
        "PATH": os.environ["PATH"],
        "HOME": str(tmp_path),
        "DRAGOMAN_HOME": str(tmp_path / "home"),
        "XDG_CONFIG_HOME": str(tmp_path / "config"),
        "LANG": "en_GB.UTF-8",
    }
    done = subprocess.run(
        [*apart, "sh", stick / "install.sh", to],
        env=env,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    shutil.rmtree(stick)
    heard = subprocess.run(
        [*apart, to / ".venv" / "bin" / "dragoman", "transcribe", DEMO / "zh" / "call.opus"],
        env=env,
        capture_output=True,
        text=True,
        check=False,
        cwd=tmp_path,
    )
    assert heard.returncode == 0, heard.stderr
    assert "六月底其实很紧，这个先不要跟客户说。" in heard.stdout
    doctor = subprocess.run(
        [to / ".venv" / "bin" / "dragoman", "doctor"],
        env=env,
        capture_output=True,
        text=True,
        check=False,
    )
    assert str(to / "models" / "whisper-demo") in doctor.stdout
