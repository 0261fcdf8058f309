"""`python -m evals.datasets.ami FILE.jsonl.gz --out DIR`: AMI meetings as labelled calls.

One meeting a line: id, turns with ids, and decisions, actions and problems linked to turns (AMI
corpus, CC BY 4.0, Carletta et al. 2005). Problems become risks, the kind nearest to them. Nobody
there is a client: every speaker is of an unknown side. What has no labels (null) is not scored.
"""

import gzip
import json
import sys
import zlib
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from evals.datasets.call_file import CallFile
from evals.datasets.importing import broken, imported
from evals.errors import EvalsError

_ARRAYS = {"decisions": ("decisions", "D"), "actions": ("actions", "T"), "problems": ("risks", "R")}


def main(words: Sequence[str] | None = None) -> int:
    """Write one call a meeting; 2 where the file cannot be read."""
    return imported("evals.datasets.ami", __doc__, calls, words)


def calls(file: Path) -> Iterator[CallFile]:
    """Every meeting of a file.

    Raises:
        EvalsError: it cannot be read, or a line is no meeting; names the line.
    """
    opened = gzip.open if file.suffix == ".gz" else open
    try:
        with opened(file, "rt", encoding="utf-8") as lines:
            for number, line in enumerate(lines, 1):
                if line.strip():
                    yield _checked(line, file, number)
    except (OSError, EOFError, zlib.error, UnicodeDecodeError) as error:
        raise EvalsError("not_read", file=str(file), reason=str(error)) from error


def _checked(line: str, file: Path, number: int) -> CallFile:
    try:
        return _call(json.loads(line))
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise broken(file, number, error) from error


def _call(data: Mapping[str, Any]) -> CallFile:
    turns = [
        {key: one.get(key) for key in ("id", "speaker", "start", "end", "text")}
        for one in data["turns"]
    ]
    gold = {
        array: _items(data["gold"].get(name), letter) for name, (array, letter) in _ARRAYS.items()
    }
    return CallFile.model_validate(
        {
            "id": f"ami-{data['id']}",
            "lang": "en",
            "title": f"AMI {data['id']}",
            "project": {"client": "AMI", "system": str(data["id"])},
            "turns": turns,
            "gold": gold,
        }
    )


def _items(some: Sequence[Mapping[str, Any]] | None, letter: str) -> list[dict[str, Any]] | None:
    if some is None:
        return None
    return [
        {"id": f"{letter}{place}", "text": one["text"], "evidence": one["evidence_turn_ids"]}
        for place, one in enumerate(some, 1)
    ]


if __name__ == "__main__":
    sys.exit(main())
