"""What a large data dictionary costs: the index, and the whole way of one call with the rules.

`python -m evals.bench.vocabulary` makes a call of 120 turns in each language and takes it the whole
way with `dragoman process`, once with 20 columns and once with 5,000. It prints
seconds and their ratios, then the marks, met or missed. Times are processor time, so that a busy
machine does not decide, and medians.
"""

import argparse
import json
import os
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from statistics import median

import yaml

from pipeline.language.terms import Terms
from pipeline.models.base import Language
from pipeline.models.project import DictionaryField, Entity, Participant, Project

_DRAGOMAN = (sys.executable, "-c", "from ui.cli.main import main; main()")
_HERE = os.pathsep.join(one for one in sys.path if one)
FEW, MANY, A_TABLE, TURNS = 20, 5_000, 20, 120
BUILD_S, MORE_S, ROUNDS = 0.150, 1.0, 5
_HEADS: dict[Language, tuple[str, ...]] = {
    "zh": ("号", "名称", "金额", "数量", "状态", "日期", "类型", "人", "地址", "备注"),
    "en": (
        "number",
        "name",
        "amount",
        "quantity",
        "status",
        "date",
        "type",
        "owner",
        "place",
        "note",
    ),
}
_WORDS: dict[Language, tuple[str, ...]] = {
    "zh": (
        "采购",
        "销售",
        "仓库",
        "质检",
        "财务",
        "生产",
        "设备",
        "物流",
        "合同",
        "客户",
        "供应",
        "预算",
    ),
    "en": (
        "purchase",
        "sales",
        "stock",
        "audit",
        "finance",
        "plant",
        "freight",
        "contract",
        "client",
    ),
}
_SAID: dict[Language, tuple[str, ...]] = {
    "zh": (
        "能不能给我们来个一键导出，{a}和{b}一定要有",
        "{a}小于五千的直接通过",
        "每天要和财务系统同步一次{a}",
        "{b}改了以后要提醒我们",
        "现在都是手工在表里登记的，太慢了",
        "查{a}的时候还要看到{b}、{c}",
    ),
    "en": (
        "Can we have a one click export with the {a} and the {b}?",
        "Anything with a {a} below five hundred should pass automatically.",
        "The {a} must sync to the accounts every night.",
        "We need a reminder when the {b} changes.",
        "Today somebody types it all into a sheet, that is far too slow.",
        "The list should show the {a}, the {b} and the {c}.",
    ),
}


def main(argv: Sequence[str] | None = None) -> int:
    """Measure and print; 1 when a mark is missed."""
    parser = argparse.ArgumentParser(prog="evals.bench.vocabulary", description=__doc__)
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    rounds = parser.parse_args(argv).rounds
    met = [_measured(language, rounds) for language in ("zh", "en")]
    return 0 if all(met) else 1


def project(language: Language, columns: int) -> Project:
    """A made-up system with so many columns; every table has the same kinds of them."""
    heads, words = _HEADS[language], _WORDS[language]
    entities = []
    for table in range(columns // A_TABLE):
        thing = _joined(
            language, _name(language, words, table), "单" if language == "zh" else "form"
        )
        fields = tuple(
            DictionaryField(
                name=f"f{table}_{place}",
                label=_joined(
                    language, _name(language, words, table * 7 + place), heads[place % 10]
                ),
                type="varchar(32)",
            )
            for place in range(A_TABLE)
        )
        entities.append(Entity(entity=thing, table=f"t{table}", fields=fields))
    people = (Participant(name="A", side="us"), Participant(name="B", side="client"))
    return Project(
        client=f"c{columns}",
        system="s",
        language=language,
        participants=people,
        data_dictionary=tuple(entities),
    )


def turns(language: Language, known: Project, count: int) -> list[dict[str, object]]:
    """So many turns that name the first columns of a project."""
    rng = random.Random(7)
    labels = [field.label for field in known.data_dictionary[0].fields]
    said = []
    for place in range(count):
        a, b, c = rng.sample(labels, 3)
        text = _SAID[language][place % len(_SAID[language])].format(a=a, b=b, c=c)
        side = "A" if place % 4 == 3 else "B"
        said.append({"speaker": side, "start": place * 5.0, "end": place * 5.0 + 4, "text": text})
    return said


def _name(language: Language, words: Sequence[str], number: int) -> str:
    size = len(words)
    parts = [words[number % size], words[number // size % size], words[number // size**2 % size]]
    return _joined(language, *dict.fromkeys(parts))


def _joined(language: Language, *parts: str) -> str:
    return ("" if language == "zh" else " ").join(parts)


def _measured(language: Language, rounds: int) -> bool:
    small, large = project(language, FEW), project(language, MANY)
    build = median(list(_built(large, rounds)))
    few, many = [], []
    for _ in range(rounds):
        few.append(_whole_way(language, small, TURNS))
        many.append(_whole_way(language, large, TURNS))
    more = median(many) - median(few)
    _say(f"{language}: index of {MANY} columns {build * 1000:.0f} ms")
    _say(
        f"{language}: a call of {TURNS} turns {median(few):.2f} s with {FEW} columns, "
        f"{median(many):.2f} s with {MANY}: {median(many) / median(few):.2f} times, {more:.2f} s more"
    )
    met = build <= BUILD_S and more <= MORE_S
    _say(f"{language}: index <= {BUILD_S * 1000:.0f} ms, <= {MORE_S:.0f} s more: {_told(met)}")
    return met


def _told(met: bool) -> str:
    return "met" if met else "MISSED"


def _built(known: Project, rounds: int) -> Iterator[float]:
    for _ in range(rounds):
        began = time.process_time()
        Terms(known)
        yield time.process_time() - began


def _whole_way(language: Language, known: Project, count: int) -> float:
    """Processor seconds of `dragoman process`, in a process and a home of its own."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        said = {"turns": turns(language, project(language, FEW), count)}
        (folder / "call.json").write_text(json.dumps(said, ensure_ascii=False), "utf-8")
        (folder / "project.yaml").write_text(
            yaml.safe_dump(known.model_dump(exclude={"uid"}), allow_unicode=True), "utf-8"
        )
        began = _spent()
        options = ("--engine", "rules", "--date", "2025-09-11", "--out", "out", "--json")
        subprocess.run(
            [*_DRAGOMAN, "process", "call.json", "--project", "project.yaml", *options],
            cwd=folder,
            env={**os.environ, "DRAGOMAN_HOME": str(folder / "home"), "PYTHONPATH": _HERE},
            check=True,
            capture_output=True,
        )
        return _spent() - began


def _spent() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")


if __name__ == "__main__":
    sys.exit(main())
