"""The word lists: equal in both languages, all of them read, and matched in place."""

from pathlib import Path

import pytest

from pipeline.language import cues
from pipeline.language.cues_content import shared, terms
from pipeline.language.cues_heard import heard

PIPELINE = Path(__file__).parents[4] / "pipeline"


def test_both_languages_have_words_for_every_cue():
    assert set(cues.names("zh")) == set(cues.names("en"))


def test_every_cue_is_used():
    code = "".join(path.read_text("utf-8") for path in PIPELINE.rglob("*.py"))
    families = ("kind.", "risk.", "decision.")
    unused = [
        name
        for name in cues.names("en")
        if f'"{name}"' not in code and not name.startswith(families)
    ]
    assert unused == []


@pytest.mark.parametrize("text", ["İstanbul wants “it”", "能不能ＡＢ？", "We can’t"])
def test_plain_text_keeps_every_character_in_its_place(text: str):
    assert len(cues.plain(text)) == len(text)


def test_english_cues_end_where_words_end():
    assert not cues.has("turn.proposal", cues.plain("we can't do that"))
    assert cues.has("turn.proposal", cues.plain("把 export 做了, we can do that"))


def test_recognisers_may_leave_the_apostrophe_out():
    assert cues.has("ask.require", "dont let them see it")


def test_content_words_leave_the_small_words_out():
    assert terms("能不能给我们来个一键导出") == {"键导", "导出"}
    assert terms("the exports and an exporting clerk") == {"export", "clerk"}
    assert shared(terms("export the invoices"), terms("invoice export")) == 1.0


@pytest.mark.parametrize(
    ("text", "cue"),
    [
        ("能不能给我们来个一键导出？", "ask"),
        ("我下周三之前给你答复。", "action"),
        ("那暂时先按六月底。", "decision"),
        ("老员工那边我有点没底。", "concern"),
        ("储存条件字段有，一半是空的。", "risk"),
        ("好的，谢谢，那我先下线了。", None),
        ("Could the delivery note carry the phone number?", "ask"),
        ("I will give you an answer by Friday.", "action"),
        ("Let us plan for the end of June for now.", "decision"),
        ("What does the add-on cost per year?", "question"),
        ("Yes, agreed.", None),
        ("Good morning everyone.", None),
    ],
)
def test_a_turn_is_heard_as_its_strongest_cue(text: str, cue: str | None):
    assert heard(text) == cue
