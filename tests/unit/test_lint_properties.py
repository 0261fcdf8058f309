"""Lint holds for any text: total, the same each time, and it points at what is there."""

import re
import time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.language.openings import openings
from pipeline.language.plain_wording import even
from pipeline.language.wording import weak_words
from pipeline.lint import lint
from pipeline.models.evidence import Evidence
from pipeline.models.slots import Origin, Slot
from pipeline.models.spec import FeatureSpec, Finding

SAID = Evidence(meeting="m", transcript_version=1, segments=("s1",), quote="x", match="exact")
WEIGHT = {"info": 1, "warning": 2, "error": 3}
PIECES = [
    "系统应", "尽快", "导出", "订单号、金额等", "，", "。", "原则上", "一键", "自动", "实时", "提醒", "大量",
    "三千", "3000", "100%", "更快", "和/或", "新增/修改", "我们", "需要审批", "并且应", "不得", "以便", "“等”",
    "The system shall ", "be sent ", "as soon as possible ", "etc. ", "some ", "several rows ",
    "if possible ", "always ", "faster ", "import/export ", "one-click ", "automatically ", "it ",
    "never lose ", "by the manager ", "50,000 ", " ", "\n", "正常", "works correctly", "；", "(", ")",
]  # fmt: skip
TEXTS = st.one_of(
    st.text(max_size=60), st.lists(st.sampled_from(PIECES), max_size=9).map("".join)
)  # fmt: skip
VALUES = TEXTS.filter(lambda text: bool(text.strip()))
ORIGINS = st.sampled_from(["inferred", "default", "stated", "dictionary"])
LANGUAGES = st.sampled_from(["zh", "en"])


def slot(value: str, origin: Origin) -> Slot:
    return Slot(value=value, origin=origin, evidence=(SAID,) if origin == "stated" else ())


def spec(language: str, **more: Any) -> FeatureSpec:
    return FeatureSpec.model_validate(
        {
            "uid": "u", "id": "S1", "project": "p", "meetings": ["m"], "asks": ["A1"],
            "origin_engine": "test", "title": "t", "language": language, **more,
        }
    )  # fmt: skip


def case(then: str, kind: str = "happy") -> dict[str, str]:
    return {"given": "a", "when": "b", "then": then, "kind": kind}


SLOTS = st.builds(slot, VALUES, ORIGINS)
SPECS = st.builds(
    spec,
    LANGUAGES,
    title=TEXTS,
    rules=st.lists(SLOTS, max_size=3),
    limits=st.lists(SLOTS, max_size=2),
    behaviours=st.lists(SLOTS, max_size=2),
    trigger=SLOTS,
    acceptance=st.lists(st.builds(case, TEXTS), max_size=2),
)


def at(one: FeatureSpec, path: str) -> object:
    """What stands at the place of a finding; fails where there is no such place."""
    value: Any = one
    for name, index in re.findall(r"(\w+)(?:\[(\d+)\])?", path):
        value = getattr(value, name)
        value = value[int(index)] if index else value
    return value


def weights(one: FeatureSpec) -> dict[tuple[str, str], int]:
    """The heaviest finding of each kind and place."""
    found: dict[tuple[str, str], int] = {}
    for finding in lint(one):
        key = (finding.code, finding.slot)
        found[key] = max(found.get(key, 0), WEIGHT[finding.severity])
    return found


@given(SPECS)
def test_the_same_spec_has_the_same_findings_each_once(one: FeatureSpec):
    found = lint(one)
    assert found == lint(FeatureSpec.read(one.model_dump(mode="json")))
    assert len(set(found)) == len(found)


@given(SPECS)
def test_each_finding_stands_at_a_place_that_exists_and_says_what_to_do(one: FeatureSpec):
    for finding in lint(one):
        at(one, finding.slot)
        assert finding.reason.strip()
        assert finding.suggestion.strip()


def named(finding: Finding, words: set[str]) -> bool:
    return any(f"“{word}”" in finding.reason for word in words)


@given(VALUES, ORIGINS, LANGUAGES)
def test_the_word_a_finding_names_stands_in_the_text(text: str, origin: Origin, language: str):
    weak = weak_words(text)
    for one in weak:
        assert one.word in even(text)
    words = {one.word for one in weak}
    for finding in lint(spec(language, behaviours=[slot(text, origin)])):
        if finding.code in {one.kind for one in weak}:
            assert named(finding, words)


@given(VALUES, LANGUAGES, st.sampled_from(["rules", "limits", "behaviours", "errors"]))
def test_what_the_client_says_never_weighs_more_than_what_we_say(text, language, part):
    ours = weights(spec(language, **{part: [slot(text, "inferred")]}))
    theirs = weights(spec(language, **{part: [slot(text, "stated")]}))
    assert all(weight <= ours.get(key, 0) for key, weight in theirs.items())


@given(VALUES, LANGUAGES, st.sampled_from(["stated", "dictionary"]))
def test_the_clients_words_are_never_an_error(text: str, language: str, origin: Origin):
    found = lint(spec(language, rules=[slot(text, origin)], limits=[slot(text, origin)]))
    assert {one.slot for one in found if one.severity == "error"} <= {"acceptance"}


@given(st.lists(VALUES, min_size=1, max_size=3), LANGUAGES)
def test_a_question_for_each_opened_slot_takes_the_finding_away(texts: list[str], language: str):
    values = [slot(text, "stated") for text in texts]
    bare = spec(language, title="一键", rules=values)
    asked = [
        {"id": f"q{number}", "slot": group.slots[0], "question": "?"}
        for number, group in enumerate(
            group
            for text in (bare.title, *texts)
            for opening in openings(text)
            for group in opening.groups
        )
    ]
    assert [one for one in lint(bare) if one.code == "opens"]
    full = bare.with_(open_questions=asked)
    assert not [one for one in lint(full) if one.code == "opens"]


_WIDE = {code: code + 0xFEE0 for code in range(0x21, 0x7F) if chr(code) not in ",;:?!"}


@given(SPECS)
def test_width_and_white_space_change_no_finding(one: FeatureSpec):
    def wide(value: Slot) -> Slot:
        text = str(value.value).translate(_WIDE)
        return value.with_(value="\n " + re.sub(r"\s", " \t", text) + "\u3000")

    cases = [test.with_(then=test.then.translate(_WIDE) + "  ") for test in one.acceptance]
    changed = one.with_(
        rules=[wide(value) for value in one.rules],
        limits=[wide(value) for value in one.limits],
        behaviours=[wide(value) for value in one.behaviours],
        trigger=wide(one.trigger),
        acceptance=cases,
    )
    assert lint(changed) == lint(one)


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "😀",
        "“",
        "等",
        "/",
        "q1",
        "a" * 5000,
        "等" * 3000,
        "一" * 5000,
        "9" * 5000,
        "shall " * 2000,
        "需要" * 4000,
        "“" * 3000,
        "a/" * 3000,
    ],
)
def test_odd_texts_are_no_trouble_and_take_no_time(text: str):
    started = time.process_time()
    values = [slot(text, "inferred")] if text.strip() else []
    lint(spec("zh", title=text, limits=values, acceptance=[case(text)]))
    assert time.process_time() - started < 2
