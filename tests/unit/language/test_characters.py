"""Chinese is written as the project is; names, numbers and Latin letters stay."""

import pytest

from pipeline.language.characters import Writing, on_these_words, writing
from pipeline.models.actor import Actor
from pipeline.models.project import DictionaryField, Entity, Participant, Project
from pipeline.models.review import Edit, EditEvent
from pipeline.models.transcript import EngineName, Segment, Transcript

MIXED = "皇后以後发现頭发里面的公里數，台湾于是有一只貓"


@pytest.mark.parametrize(
    ("characters", "written"),
    [
        ("simplified", "皇后以后发现头发里面的公里数，台湾于是有一只猫"),
        ("traditional", "皇后以後發現頭髮裏面的公里數，臺灣於是有一隻貓"),
        ("taiwan", "皇后以後發現頭髮裡面的公里數，臺灣於是有一隻貓"),
        ("hongkong", "皇后以後發現頭髮裏面的公里數，台灣於是有一隻貓"),
        ("as_heard", MIXED),
    ],
)
def test_characters_go_by_the_word_they_stand_in(characters, written):
    assert Writing(characters).rewritten(MIXED) == written


def test_writing_twice_is_writing_once():
    for characters in ("simplified", "traditional", "taiwan", "hongkong"):
        once = Writing(characters).rewritten(
            "只要系统里的数据准备好，后台就干净了，复核也于周三发布"
        )
        assert Writing(characters).rewritten(once) == once


def test_what_is_simplified_already_stays():
    for text in ("显著提高著录质量", "饿了么还在用", "乾隆年间的账", "瞭望塔"):
        assert Writing("simplified").rewritten(text) == text


def test_words_of_taiwan_are_read_as_such():
    assert Writing("simplified").rewritten("看著螢幕，接著匯出") == "看着萤幕，接着汇出"


def test_only_characters_change_and_never_words():
    assert Writing("taiwan").rewritten("软件、鼠标、数据") == "軟件、鼠標、數據"


@pytest.mark.parametrize("text", ["8,500 元 Excel 2026-11-26 A-1024", "export 3.5%", "", "a\0后"])
def test_latin_and_numbers_stay(text):
    written = Writing("taiwan").rewritten(text)
    assert [one for one in written if one.isascii()] == [one for one in text if one.isascii()]
    assert len(written) == len(text)


def test_half_a_character_harms_nothing():
    assert Writing("taiwan").rewritten("\ud800后来") == "\ud800后来"


LISTED = Project(
    client="臺積電",
    system="雲倉",
    characters="simplified",
    participants=(Participant(name="陳後山", org="華碩", side="client"),),
    glossary={"審批單": "", "里": ""},
    data_dictionary=(
        Entity(
            entity="訂單",
            table="so",
            fields=(DictionaryField(name="no", label="單號", synonyms=("編號",)),),
        ),
    ),
)


@pytest.mark.parametrize(
    "name", ["臺積電", "雲倉", "陳後山", "華碩", "審批單", "訂單", "單號", "編號"]
)
@pytest.mark.parametrize("heard", ["simplified", "taiwan"])
def test_names_stay_as_the_project_writes_them(name, heard):
    spelled = Writing(heard).rewritten(name)
    said = writing(LISTED).rewritten(f"請問{spelled}在裡面嗎")
    assert said == f"请问{name}在里面吗"


def test_a_single_character_is_no_name():
    assert writing(LISTED).rewritten("在裡面") == "在里面"


def test_the_longer_name_wins():
    project = Project(characters="simplified", glossary={"訂單": "", "退货訂單": ""})
    assert writing(project).rewritten("退貨訂單和訂單") == "退货訂單和訂單"


@pytest.mark.parametrize(
    ("project", "characters"),
    [
        (Project(), "simplified"),
        (Project(client="澄江茶饮", glossary={"单号": ""}), "simplified"),
        (Project(client="澄江茶飲", glossary={"單號": ""}), "taiwan"),
        (Project(client="澄江茶飲", time_zone="Asia/Hong_Kong"), "hongkong"),
        (Project(client="Harbour", time_zone="Asia/Taipei"), "taiwan"),
        (Project(client="Harbour", time_zone="Asia/Macau"), "hongkong"),
        (Project(client="澄江茶饮", glossary={"单号": ""}, time_zone="Asia/Taipei"), "simplified"),
        (Project(client="澄江茶飲", characters="simplified"), "simplified"),
        (Project(client="澄江茶飲", characters="as_heard"), "as_heard"),
    ],
)
def test_a_project_is_written_as_it_is_itself(project, characters):
    assert writing(project).characters == characters


def event(before: str, after: str, segment: str) -> EditEvent:
    edit = Edit(
        operation="set", entity="segment", entity_uid=segment, field="text", before=before,
        after=after,
    )  # fmt: skip
    return EditEvent(
        uid="e", project="p", meeting="m", seq=1, body_hash="", prev_hash="", hash="", entity="segment", entity_uid=segment, operation="set",
        actor=Actor(id="a", name="a", via="test"), at="", body=edit,
    )  # fmt: skip


TURN = Transcript(
    engine=EngineName(name="x"), segments=(Segment(id="s1", index=0, text="後來導出"),)
)


@pytest.mark.parametrize(
    ("segment", "before", "now"),
    [
        ("s1", "后来导出", "後來導出"),
        ("s1", "后来导入", "后来导入"),
        ("s1.1", "后来导入", "後來導入"),
    ],
)
def test_a_correction_holds_on_another_spelling_of_the_same_words(segment, before, now):
    (moved,) = on_these_words([event(before, "后来汇出", segment)], TURN, Writing("taiwan"))
    assert moved.body is not None
    assert (moved.body.before, moved.body.after) == (now, "后来汇出")
