"""Prompts as files: `prompts/<call site>/v<N>.<lang>.md`.

A file opens with its name, version and inputs between two lines of `---`; then a `# system` part
and a `# user` part. Inputs stand as `{{{name}}}`, which puts a text in as it is. A version that is
named in released.txt never changes: what needs other words is the next version.
"""

import hashlib
import re
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Literal, NamedTuple

import yaml

Language = Literal["zh", "en"]
RELEASED = "released.txt"
_FILE = re.compile(r"v(\d+)\.(zh|en)\.md")
_WHOLE = re.compile(
    r"---\n(?P<head>.*?)\n---\n+# system\n(?P<system>.*?)\n# user\n(?P<user>.*)", re.DOTALL
)
_INPUT = re.compile(r"\{\{\{(\w+)\}\}\}")


class Prompt(NamedTuple):
    """One version of what one call site says."""

    site: str
    version: int
    language: Language
    inputs: tuple[str, ...]
    system: str
    user: str
    digest: str
    """SHA-256 of the file, in hex."""

    @property
    def label(self) -> str:
        """name@version+digest, as it stands in the record."""
        return f"{self.site}@{self.version}.{self.language}+{self.digest[:8]}"

    @property
    def placeholders(self) -> frozenset[str]:
        """Inputs that its text takes."""
        return frozenset(_INPUT.findall(self.system + self.user))


@cache
def prompt(site: str, language: Language) -> Prompt:
    """The newest version for a call site.

    Raises:
        LookupError: there is none.
    """
    found = [one for one in every() if (one.site, one.language) == (site, language)]
    if not found:
        raise LookupError(f"no prompt for {site!r} in {language!r}")
    return max(found, key=lambda one: one.version)


def every() -> Iterator[Prompt]:
    """Every version of every prompt."""
    for folder in sorted(files("prompts").iterdir(), key=lambda one: one.name):
        if folder.is_dir():
            for file in sorted(folder.iterdir(), key=lambda one: one.name):
                if named := _FILE.fullmatch(file.name):
                    yield _read(folder.name, file, named)


def released() -> dict[str, str]:
    """SHA-256 of each released file, by `<call site>/<file>`."""
    lines = (files("prompts") / RELEASED).read_text(encoding="utf-8").splitlines()
    told = (line.split() for line in lines if line.strip() and not line.startswith("#"))
    return {name: digest for digest, name in told}


def _read(site: str, file: Traversable, named: re.Match[str]) -> Prompt:
    content = file.read_bytes()
    whole = _WHOLE.fullmatch(content.decode("utf-8").replace("\r\n", "\n"))
    if whole is None:
        raise ValueError(f"prompts/{site}/{file.name} has no head, # system and # user")
    head = yaml.safe_load(whole["head"])
    version, language = int(named[1]), named[2]
    if (head["name"], head["version"], head["language"]) != (site, version, language):
        raise ValueError(f"the head of prompts/{site}/{file.name} names another prompt")
    return Prompt(
        site=site,
        version=version,
        language="zh" if language == "zh" else "en",
        inputs=tuple(head["inputs"]),
        system=whole["system"].strip(),
        user=whole["user"].strip(),
        digest=hashlib.sha256(content).hexdigest(),
    )
