"""Nothing in git knows where it was made: no package index, no folder of one machine."""

import re
from pathlib import Path

# The bracketed letters keep this file from finding itself.
PIECES = [
    r"p[y]pi\.org",
    r"p[y]thonhosted\.",
    r"regist[r]y\.npm",
    r"de[b]\.debian",
    r"(?<![a-z.~])/(?:wo[r]k|fa[r]m|ro[o]t)/",
    r"/op[t]/(?:pypi|wheels)",
    r"(?i:c:\\+u[s]ers\\+\w)",
    rf"(?<![\w.]){re.escape(str(Path.home()))}/",
]
FORBIDDEN = re.compile("|".join(PIECES))


def _text(path: Path) -> str | None:
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        return None  # a recording or a model


def test_no_file_names_a_package_index_or_a_folder_of_one_machine(
    root: Path, our_files: list[Path]
):
    found = {
        str(path.relative_to(root)): sorted(set(FORBIDDEN.findall(text)))
        for path in our_files
        if (text := _text(path)) is not None and FORBIDDEN.search(text)
    }
    assert not found
