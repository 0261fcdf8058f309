"""requirements.lock -> the lines of it that one platform needs, and the files it allows."""

import re
from collections.abc import Iterator, Mapping
from typing import Literal, NamedTuple

from packaging.markers import Marker

Platform = Literal["linux", "windows"]
SHA256 = re.compile(r"--hash=sha256:([0-9a-f]{64})")
NEWEST_GLIBC = 40
"""Wheels for a C library up to 2.40 are taken; pip on the machine itself decides what fits."""
MARKS: Mapping[Platform, Mapping[str, str]] = {
    "linux": {
        "sys_platform": "linux",
        "platform_system": "Linux",
        "os_name": "posix",
        "platform_machine": "x86_64",
    },
    "windows": {
        "sys_platform": "win32",
        "platform_system": "Windows",
        "os_name": "nt",
        "platform_machine": "AMD64",
    },
}
"""What the markers of a lock ask of a platform."""


class Pinned(NamedTuple):
    """One release in a lock."""

    name: str
    """`name==version`."""
    marker: str
    """Where it is needed; empty means everywhere."""
    lines: tuple[str, ...]
    """Its hashes, as they stand there."""


def pinned(text: str) -> Iterator[Pinned]:
    """Every release of a lock, in order."""
    for block in re.split(r"\n(?=\S)", text):
        head, *rest = block.splitlines() or [""]
        if not head or head.startswith("#"):
            continue
        name, _, marker = head.rstrip("\\ ").partition(";")
        yield Pinned(name.strip(), marker.strip(), tuple(one for one in rest if SHA256.search(one)))


def needed(text: str, platform: Platform, python: str) -> list[Pinned]:
    """The releases that a platform needs.

    Args:
        text: The lock.
        platform: Where they are for.
        python: Its Python, such as `3.11`.
    """
    there = {
        **MARKS[platform],
        "python_version": python,
        "python_full_version": f"{python}.0",
        "implementation_name": "cpython",
        "implementation_version": f"{python}.0",
        "platform_python_implementation": "CPython",
        "platform_release": "",
        "platform_version": "",
        "extra": "",
    }
    return [
        one
        for one in pinned(text)
        if not one.marker or Marker(one.marker).evaluate(environment=there)
    ]


def tags(platform: Platform) -> list[str]:
    """The platforms whose wheels run there, as pip names them; those for any are always taken."""
    if platform == "windows":
        return ["win_amd64"]
    old = ["manylinux1_x86_64", "manylinux2010_x86_64", "manylinux2014_x86_64", "linux_x86_64"]
    return old + [f"manylinux_2_{minor}_x86_64" for minor in range(5, NEWEST_GLIBC + 1)]
