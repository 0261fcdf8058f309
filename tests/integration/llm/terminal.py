"""`dragoman` in a folder of its own, each time as another program."""

import json
import os
import subprocess
import sys
from pathlib import Path

from pipeline import bootstrap
from pipeline.service.house import House
from tests.integration.llm.model import TALK

MAIN = "from ui.cli.main import main; main()"
PEOPLE = (("王敏", "client"), ("陈立", "us"), ("周强", "us"))


class Terminal:
    """Runs commands one after the other; they share a home and a model endpoint."""

    def __init__(self, folder: Path, url: str) -> None:
        self.folder = folder
        self.home = folder / "home"
        self.url = url
        self.call = str(folder / "call.json")
        turns = [{"speaker": who, "text": text} for who, _, text in TALK]
        turns[4]["text"] = "客户手机号13812345678要脱敏，这是公司规定。"
        people = [{"name": name, "side": side} for name, side in PEOPLE]
        told = {"date": "2026-03-18", "turns": turns, "participants": people}
        Path(self.call).write_text(json.dumps(told, ensure_ascii=False), encoding="utf-8")
        secrets = f'model_url = "{url}"\nmodel_name = "m"\nmodel_key = "sk-1"\n'
        (folder / "secrets.toml").write_text(secrets)

    def __call__(self, *arguments: str, **environment: str) -> tuple[int, str, str]:
        """One command to its end: exit code, stdout, stderr."""
        made = {
            **os.environ,
            "DRAGOMAN_SECRETS": str(self.folder / "secrets.toml"),
            "DRAGOMAN_HOME": str(self.home),
            "DRAGOMAN_LANGUAGE": "en",
            **{f"DRAGOMAN_{name.upper()}": value for name, value in environment.items()},
        }
        done = subprocess.run(
            [sys.executable, "-c", MAIN, *arguments],
            env=made,
            cwd=self.folder,
            capture_output=True,
            text=True,
            check=False,
        )
        return done.returncode, done.stdout, done.stderr

    def house(self, **more: object) -> House:
        """The same home, looked at from inside this program."""
        given = {"home": self.home, "engine": "llm", "model_url": self.url, "model_name": "m"}
        return bootstrap.house(bootstrap.settings(**(given | more)))
