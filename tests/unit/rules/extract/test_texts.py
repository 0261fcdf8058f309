"""What a person reads in the minutes: who is told to do it, and short words with their thing."""

from typing import Any

import pytest

from pipeline.engines.rules.extraction.addressed import tells_you, told_to
from pipeline.engines.rules.extraction.dialogue import Dialogue
from pipeline.engines.rules.extraction.phrasing import wish
from pipeline.engines.rules.extraction.wording import names_a_thing, said_around, tidy
from pipeline.models.project import Participant, Project
from pipeline.models.transcript import EngineName, Segment, Transcript

Read = Any
TEAM = Project(
    client="C",
    system="S",
    language="zh",
    participants=(
        Participant(name="邱博", side="us"),
        Participant(name="Daniel Ray", side="us"),
        Participant(name="Carl Smith", side="us"),
        Participant(name="周敏", title="周总", side="client"),
        Participant(name="Cleo", side="client"),
    ),
)


def dialogue_of(speaker: str, text: str) -> Dialogue:
    segment = Segment(id="0", index=0, start=0, end=4, speaker=speaker, side="client", text=text)
    return Dialogue(Transcript(engine=EngineName(name="test"), segments=(segment,)), TEAM)


@pytest.mark.parametrize(
    ("text", "owner"),
    [
        ("小邱你周一把接口文档给我。", "邱博"),
        ("那行，邱经理，你周一把接口文档发我。", "邱博"),
        ("Daniel 你把 estimate 周五发我。", "Daniel Ray"),
        ("接口文档你周一发给我啊，小邱。", "邱博"),
        ("Carl, can you send me the interface document by Friday?", "Carl Smith"),
        ("Okay, Daniel, please send me the interface document.", "Daniel Ray"),
        ("Can you send me the interface document by Friday, Carl?", "Carl Smith"),
    ],
)
def test_who_is_called_and_told_to_do_it(text: str, owner: str):
    dialogue = dialogue_of("周敏", text)
    assert told_to(text, dialogue.turns[0], dialogue) == owner


@pytest.mark.parametrize(
    "text",
    [
        "小邱你别急，接口文档我周一发给你。",
        "我把方案发给小邱，你放心。",
        "Carl, I'll send you the interface document by Friday.",
        "Carl sent me the interface document.",
        "小邱、Daniel，你们周一把接口文档给我。",
    ],
)
def test_nobody_is_told_to_where_the_speaker_does_it_or_several_are_meant(text: str):
    dialogue = dialogue_of("周敏", text)
    assert told_to(text, dialogue.turns[0], dialogue) is None


@pytest.mark.parametrize(
    ("text", "told"),
    [("你们再想想办法。", True), ("好，我周五发给你。", False), ("你周五就能收到。", False)],
)
def test_an_order_without_a_name_is_not_the_speakers_own(text: str, told: bool):
    assert tells_you(text) == told


@pytest.mark.parametrize(
    ("lines", "text", "cited"),
    [
        (
            ("Carl: Could we have the rate list?", "Uma: I'll send it on Monday."),
            "Could we have the rate list: send it on Monday",
            2,
        ),
        (("赵工: 样表什么时候能给？", "刘工: 我明天发您。"), "样表什么时候能给：明天发您", 2),
        (("刘工: 那我先把接口清单理出来，周一给您。",), "把接口清单理出来，周一给您", 1),
        (
            ("Carl: How many fields has the tax form?", "Cleo: I'll ask tomorrow."),
            "How many fields has the tax form: Ask tomorrow",
            2,
        ),
        (("Uma: I'll send the rate list on Monday.",), "Send the rate list on Monday", 1),
    ],
)
def test_a_promise_of_a_date_alone_is_told_with_its_thing(
    read: Read, lines: tuple[str, ...], text: str, cited: int
):
    (action,) = read(*lines).actions
    assert (action.text, len(action.citations)) == (text, cited)


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("四十二", False),
        ("今天下班前发您", False),
        ("You'll have it Monday", False),
        ("把账号清单发我", True),
        ("Send the list", True),
    ],
)
def test_numbers_dates_and_pronouns_name_no_thing(text: str, named: bool):
    assert names_a_thing(text) == named


@pytest.mark.parametrize(
    ("lines", "text"),
    [
        (("赵工: 餐费透支五十块太多，三顿就够。", "王敏: 行，就按四十二定了。"), "透支"),
        (("Uma: The key kiosk is one option.", "Cleo: No. Drop it."), "kiosk"),
    ],
)
def test_a_decision_that_names_nothing_says_what_it_settles(
    read: Read, lines: tuple[str, ...], text: str
):
    (decision,) = read(*lines).decisions
    assert text in decision.text


def test_a_statement_after_a_question_gets_no_question_mark(read: Read):
    lines = (
        "王敏: 统计员问我系统上了还要不要他填报表呢。他干了十九年。",
        "刘工: 这个我不知道。",
    )
    assert [one.text for one in read(*lines).questions] == [
        "统计员问我系统上了还要不要他填报表呢？"
    ]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("按四十算，二十分钟一千六，不够啊。", "不够"),
        ("二〇二一年引的那批，证书在柜子里，没录。", "没录"),
        ("Ten percent is too much, but all right, with the list I can live.", "all right"),
    ],
)
def test_the_short_end_of_a_sentence_is_kept(text: str, told: str):
    turn = dialogue_of("周敏", text).turns[0]
    assert told in said_around(turn, turn.clauses[:2])


def test_a_question_word_is_not_cut_in_its_middle():
    assert tidy("他们说凭什么。") == "他们说凭什么"
    assert tidy("周一发行么。") == "周一发行"


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("同一种药我们厂内标准再加三天，急宰的例外要我签字。", "再加三天"),
        ("The bride sends a spreadsheet with names, and the desk types them in.", "spreadsheet"),
    ],
)
def test_an_ask_is_not_glued_to_half_a_complaint(text: str, asked: str):
    assert asked in wish(text)
