"""`python -m evals.datasets.alimeeting4mug FILE.tsv --out DIR`: Chinese meetings with their actions.

AliMeeting4MUG is given out by its makers on ModelScope, to those who accept its terms. A file is a
table (tabs, or commas) with the columns `idx` and `content`; `content` is JSON: `meeting_key`,
`sentences` (or `sentence_list`) of {id, speaker, start_time, end_time, s}, ids from 1, and
`action_ids` of {id}. Action sentences that follow one another become one action, without owner or
date, for none is labelled. Without `action_ids` (the test part) nothing is scored. Topics and
their candidate titles are no labels of ours and are left out.
"""

import csv
import json
import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from evals.datasets.call_file import CallFile
from evals.datasets.importing import broken, imported
from evals.errors import EvalsError, w

_LARGEST_CELL = 50_000_000
"""Characters of a meeting: the csv module takes 131,072 by itself."""
_NO_NAME = re.compile(r"[^\w.-]+")


def main(words: Sequence[str] | None = None) -> int:
    """Write one call a meeting; 2 where the file cannot be read."""
    return imported("evals.datasets.alimeeting4mug", __doc__, calls, words)


def calls(file: Path) -> Iterator[CallFile]:
    """Every meeting of a table.

    Raises:
        EvalsError: it cannot be read, has no column `content`, or a row is no meeting; names the
            line.
    """
    csv.field_size_limit(_LARGEST_CELL)
    try:
        with file.open(encoding="utf-8-sig", newline="") as lines:
            tabs = "\t" in lines.readline()
            lines.seek(0)
            table = csv.DictReader(lines, delimiter="\t" if tabs else ",")
            if "content" not in (table.fieldnames or ()):
                raise EvalsError("not_read", file=str(file), reason=w("fault.no_content"))
            for place, row in enumerate(table, 1):
                yield _checked(row["content"], place, file, table.line_num)
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise EvalsError("not_read", file=str(file), reason=str(error)) from error


def _checked(content: str, place: int, file: Path, line: int) -> CallFile:
    try:
        return _call(json.loads(content), place)
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise broken(file, line, error) from error


def _call(data: Mapping[str, Any], place: int) -> CallFile:
    sentences = data["sentences"] if "sentences" in data else data["sentence_list"]
    turns = [
        {
            "id": int(one.get("id", at)),
            "speaker": str(one.get("speaker") or "?"),
            "start": _seconds(one.get("start_time")),
            "end": _seconds(one.get("end_time")),
            "text": str(one["s"]),
        }
        for at, one in enumerate(sentences, 1)
    ]
    key = _NO_NAME.sub("-", str(data.get("meeting_key") or place)).strip("-.") or str(place)
    return CallFile.model_validate(
        {
            "id": f"alimeeting4mug-{key}",
            "lang": "zh",
            "title": f"AliMeeting4MUG {key}",
            "project": {"client": "AliMeeting4MUG", "system": key, "language": "zh"},
            "turns": turns,
            "gold": {"actions": _actions(data.get("action_ids"), turns)},
        }
    )


def _actions(
    ids: Sequence[Mapping[str, Any]] | None, turns: Sequence[Mapping[str, Any]]
) -> list[dict[str, Any]] | None:
    """Stretches of action sentences, each as one action."""
    if ids is None:
        return None
    said = {turn["id"]: turn["text"] for turn in turns}
    runs: list[list[int]] = []
    for one in sorted({int(row["id"]) for row in ids}):
        if runs and one == runs[-1][-1] + 1:
            runs[-1].append(one)
        else:
            runs.append([one])
    return [
        {"id": f"T{place}", "text": "".join(said[one] for one in run), "evidence": run}
        for place, run in enumerate(runs, 1)
    ]


def _seconds(value: object) -> float | None:
    return None if value in (None, "") else float(str(value))


if __name__ == "__main__":
    sys.exit(main())
