"""Installs Dragoman from the folder this file lies in: no network, nothing beside the folder.

`python install.py [FOLDER]`. It needs nothing but Python itself, checks every file first, and
may be started again: what is there already is replaced.
"""

import hashlib
import json
import locale
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
SAID = {
    "zh": {
        "unfinished": "这个文件夹没有做完，请重新运行 dragoman bundle。",
        "python": "需要 Python {wanted}，现在是 {found}。",
        "platform": "这个文件夹是给 {wanted} 做的，这里是 {found}。",
        "checking": "正在检查文件 …",
        "damaged": "文件坏了或者不见了，请重新拷贝：{name}",
        "foreign": "{folder} 里有别的东西，请换一个文件夹：{script} 文件夹",
        "venv": "正在准备 {folder} …",
        "no_venv": "这台电脑的 Python 建不了虚拟环境（Debian、Ubuntu 要装 python3-venv）。",
        "installing": "正在安装 …",
        "failed": "安装没有成功，pip 说：",
        "model": "正在拷贝语音模型 {name} …",
        "set": "语音模型已设为 {folder}",
        "not_set": "语音模型没有设上。请自己设：DRAGOMAN_SPEECH_MODEL={folder}",
        "done": "装好了。启动：{program} up\n先试试：{program} demo",
    },
    "en": {
        "unfinished": "This folder was not finished: run dragoman bundle again.",
        "python": "Python {wanted} is needed; this is {found}.",
        "platform": "This folder was made for {wanted}; this is {found}.",
        "checking": "checking the files …",
        "damaged": "A file is damaged or missing, copy it again: {name}",
        "foreign": "There is something else in {folder}. Choose another one: {script} FOLDER",
        "venv": "making {folder} …",
        "no_venv": "This Python cannot make virtual environments (Debian, Ubuntu: python3-venv).",
        "installing": "installing …",
        "failed": "It could not be installed. pip said:",
        "model": "copying the speech model {name} …",
        "set": "The speech model is set to {folder}",
        "not_set": "The speech model could not be set. Do it: DRAGOMAN_SPEECH_MODEL={folder}",
        "done": "Done. To start: {program} up\nTo try it first: {program} demo",
    },
}
SET = "import sys; from pipeline.setting_up import write; write({'speech_model': sys.argv[1]})"
PYVENV = "pyvenv.cfg"


class GivenUp(Exception):
    """What a person has to do first."""


def say(code: str, **about: object) -> str:
    """A sentence in the language of this computer."""
    named = os.environ.get("LC_ALL") or os.environ.get("LANG") or locale.getlocale()[0] or ""
    chinese = named.lower().startswith(("zh", "chinese"))
    return SAID["zh" if chinese else "en"][code].format(**about)


def main() -> int:
    """Check, install, say how to start; 3 where something is missing."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    given = sys.argv[1:]
    to = Path(given[0]).expanduser().absolute() if given else Path.home() / "dragoman"
    try:
        about = looked_through()
        python = environment(to)
        install(python)
        program = python.with_name("dragoman.exe" if os.name == "nt" else "dragoman")
        set_model(about, to, python)
    except GivenUp as reason:
        print(reason, file=sys.stderr)
        return 3
    print(say("done", program=program))
    return 0


def looked_through() -> dict[str, Any]:
    """What the folder holds, once it is known to be whole and made for here."""
    about: dict[str, Any] = json.loads((HERE / "bundle.json").read_text(encoding="utf-8"))
    if not about.get("complete"):
        raise GivenUp(say("unfinished"))
    found = ".".join(str(part) for part in sys.version_info[:2])
    if found != about["python"]:
        raise GivenUp(say("python", wanted=about["python"], found=found))
    platform = {"linux": "linux", "win32": "windows"}.get(sys.platform, sys.platform)
    if platform not in about["platforms"]:
        raise GivenUp(say("platform", wanted=", ".join(about["platforms"]), found=platform))
    print(say("checking"), flush=True)
    for line in (HERE / "checksums.txt").read_text(encoding="utf-8").splitlines():
        wanted, name = line.split("  ", 1)
        path = HERE / name
        if not path.is_file() or digest(path) != wanted:
            raise GivenUp(say("damaged", name=name))
    return about


def digest(path: Path) -> str:
    """SHA-256 of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def environment(to: Path) -> Path:
    """An environment of its own; returns its Python."""
    where = to / ".venv"
    if to.exists() and any(to.iterdir()) and not (where / PYVENV).is_file():
        script = "install.bat" if os.name == "nt" else "sh install.sh"
        raise GivenUp(say("foreign", folder=to, script=script))
    print(say("venv", folder=where), flush=True)
    to.mkdir(parents=True, exist_ok=True)
    made = subprocess.run([sys.executable, "-I", "-m", "venv", str(where)], check=False)
    if made.returncode:
        raise GivenUp(say("no_venv"))
    return where / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def install(python: Path) -> None:
    """The libraries and the program, from the wheels in this folder and nowhere else."""
    print(say("installing"), flush=True)
    command = [str(python), "-I", "-m", "pip", "--isolated", "--disable-pip-version-check"]
    command += ["install", "--quiet", "--no-index", "--find-links", str(HERE / "wheels")]
    command += ["--require-hashes", "--no-deps", "-r"]
    # The program may have changed without another version.
    for more in (
        [str(HERE / "requirements.lock")],
        [str(HERE / "program.lock"), "--force-reinstall"],
    ):
        done = subprocess.run([*command, *more], stderr=subprocess.PIPE, text=True, check=False)
        if done.returncode:
            raise GivenUp(f"{say('failed')}\n{done.stderr.strip()}")


def set_model(about: dict[str, Any], to: Path, python: Path) -> None:
    """Copy the models; the first one is what hears from now on."""
    folders: list[Path] = []
    for name in about["models"]:
        print(say("model", name=name), flush=True)
        folder = to / "models" / name
        part = folder.with_name(f"{name}.part")
        shutil.rmtree(part, ignore_errors=True)
        shutil.copytree(HERE / "models" / name, part)
        shutil.rmtree(folder, ignore_errors=True)
        part.rename(folder)
        folders.append(folder)
    if not folders:
        return
    done = subprocess.run([str(python), "-I", "-c", SET, str(folders[0])], check=False)
    print(say("not_set" if done.returncode else "set", folder=folders[0]))


if __name__ == "__main__":
    sys.exit(main())
