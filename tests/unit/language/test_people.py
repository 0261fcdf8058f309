"""Speakers and the participants they may be: suggested where only one can be meant, else not."""

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.language.people import Guess, guesses
from pipeline.models.project import Participant

WANG = Participant(name="王建国", side="client", title="总经理", org="宏达贸易")
MIN = Participant(name="王敏", side="client", title="会计", org="宏达贸易")
CHEN = Participant(name="陈立", side="us", title="实施工程师", org="青禾软件")
SNOW = Participant(name="欧阳雪", side="client")
ZH = (WANG, CHEN, SNOW)
SUSAN = Participant(
    name="Susan Grant", side="client", title="Office manager", org="Harbour Dental Group"
)
TOM = Participant(name="Tom Lee", side="us", org="Millrace", label="tlee-desk")
EN = (SUSAN, TOM)


def one(label: str, *people: Participant, beside: tuple[str, ...] = (), client: str = "") -> Guess:
    return guesses((label, *beside), people, client=client)[label]


@pytest.mark.parametrize(
    ("label", "reason"),
    [
        ("王建国", "same_name"),
        ("王 建国", "spelling"),
        ("（王建国）", "spelling"),
        ("王建国（项目经理）", "with_more"),
        ("王建国-宏达贸易", "with_more"),
        ("王建国@宏达", "with_more"),
        ("宏达贸易_王建国", "with_more"),
        ("项目经理王建国", "with_more"),
        ("王建国经理", "with_more"),
        ("王建國", "spelling"),
        ("王健国", "sound"),
        ("Wang Jianguo", "sound"),
        ("WANG, Jianguo", "sound"),
        ("Jian-Guo Wang", "sound"),
        ("jianguo.wang@hongda.example", "sound"),
        ("王建国 Wang Jianguo", "spelling"),
        ("Jianguo", "sound"),
        ("王总", "surname"),
        ("王经理", "surname"),
        ("王工", "surname"),
        ("老王", "surname"),
        ("小王", "surname"),
        ("王姐", "surname"),
        ("王老师", "surname"),
        ("王总（宏达）", "surname"),
        ("Mr Wang", "surname"),
        ("建国", "part_of_name"),
        ("建国哥", "part_of_name"),
    ],
)
def test_a_chinese_name_is_known_in_its_usual_forms(label: str, reason: str):
    found = one(label, *ZH)
    assert (found.person, found.side, found.reason) == ("王建国", "client", reason)
    assert found.could_be == ()


@pytest.mark.parametrize(
    ("label", "reason"),
    [
        ("Susan Grant", "same_name"),
        ("SUSAN  GRANT", "spelling"),
        ("Susán Grant", "spelling"),
        ("Grant, Susan", "spelling"),
        ("Susan M. Grant", "spelling"),
        ("susan.grant@harbour.example", "spelling"),
        ("susangrant@harbour.example", "spelling"),
        ("Ms Susan Grant (she/her)", "with_more"),
        ("Susan Grant - Harbour Dental", "with_more"),
        ("Susan Grant | Office manager", "with_more"),
        ("Susan Grant's iPad", "with_more"),
        ("S. Grant", "initials"),
        ("Grant S.", "initials"),
        ("Ms Grant", "surname"),
        ("Susan", "part_of_name"),
        ("Grant", "part_of_name"),
        ("Susan (Harbour Dental)", "part_of_name"),
        ("Susan总", "part_of_name"),
    ],
)
def test_an_english_name_is_known_in_its_usual_forms(label: str, reason: str):
    found = one(label, *EN)
    assert (found.person, found.side, found.reason) == ("Susan Grant", "client", reason)


def test_the_label_that_the_project_gives_is_that_person():
    found = one("TLEE desk", *EN)
    assert (found.person, found.side, found.reason) == ("Tom Lee", "us", "label")


def test_a_chinese_label_means_a_name_written_in_latin_letters():
    jianguo = Participant(name="Wang Jianguo", side="client")
    assert one("王建国", jianguo).person == "Wang Jianguo"
    assert one("王总", jianguo).person == "Wang Jianguo"
    assert one("建国", jianguo).person is None
    assert one("Lyu Fang", Participant(name="吕芳", side="us")).person == "吕芳"
    assert one("Zeng Li", Participant(name="曾丽", side="us")).person == "曾丽"


@pytest.mark.parametrize(
    "label",
    [
        *(
            "说话人 1",
            "说话人1",
            "发言人2",
            "Speaker 2",
            "SPEAKER_00",
            "speaker",
            "Guest",
            "未知说话人",
        ),
        *("参会人 A", "用户1", "", "   ", "主持人", "x" * 500, "…", "12345"),
    ],
)
def test_what_a_recorder_calls_somebody_says_nothing(label: str):
    named = Participant(name="陈立", label=label.strip() or None, side="us")
    assert one(label, *ZH, *EN, named) == Guess()


@pytest.mark.parametrize(
    "label",
    [
        "王建国的助理",
        "王建国的经理",
        "王建国助理",
        "李建国",
        "Grant Thornton Accounting",
        "T. Grant",
        "Susanna",
        "高总",
        "总经理",
    ],
)
def test_somebody_else_is_nobody_of_the_project(label: str):
    assert one(label, *ZH, *EN).person is None


@pytest.mark.parametrize(
    ("label", "could_be"),
    [
        ("王建国、陈立", ("王建国", "陈立")),
        ("王建国/李明", ("王建国",)),
        ("王建国（李明代）", ("王建国",)),
        ("王建国（代）", ("王建国",)),
        ("王建国、财务部", ("王建国",)),
        ("Susan Grant and Tom Lee", ("Susan Grant", "Tom Lee")),
        ("Susan Grant / Bob Miles", ("Susan Grant",)),
        ("Susan Grant Miles", ("Susan Grant",)),
        ("J. Wang", ("王建国",)),
        ("sgrant@harbour.example", ("Susan Grant",)),
        ("Wang", ("王建国",)),
    ],
)
def test_two_in_one_label_or_too_little_of_a_name_is_offered_and_not_suggested(label, could_be):
    found = one(label, *ZH, *EN)
    assert (found.person, found.reason, found.could_be) == (None, None, could_be)


def test_of_two_of_one_surname_nobody_is_suggested_and_both_are_offered():
    untitled = (WANG.with_(title=None), MIN.with_(title=None))
    for label in ("王总", "老王", "王经理", "Mr Wang", "王总（宏达）"):
        found = one(label, *untitled)
        assert (found.person, found.could_be) == (None, ("王建国", "王敏")), label
    sisters = (SUSAN, Participant(name="Susan Lee", side="client"))
    assert one("Susan", *sisters).could_be == ("Susan Grant", "Susan Lee")
    assert one("Ms Grant", *sisters).person == "Susan Grant"


def test_a_title_breaks_the_tie():
    for label, name in (("王总", "王建国"), ("王会计", "王敏")):
        found = one(label, WANG, MIN)
        assert (found.person, found.reason, found.about) == (name, "title", "王")
    assert one("王总", WANG, MIN.with_(title=None)).person == "王建国"
    assert one("老王", WANG, MIN).could_be == ("王建国", "王敏")
    twice = one("王总", WANG, MIN.with_(title="副总"))
    assert (twice.person, twice.could_be) == (None, ("王建国", "王敏"))


def test_a_title_that_nobody_is_called_by_speaks_against_it():
    assert one("王总", MIN).could_be == ("王敏",)
    assert one("王会计", WANG).could_be == ("王建国",)
    assert one("王会计", MIN).person == "王敏"


def test_somebody_of_that_name_who_speaks_and_is_no_participant_may_be_meant():
    assert one("王总", *ZH, beside=("王建民",)).could_be == ("王建国",)
    assert one("Susan", *EN, beside=("Susan Miles",)).could_be == ("Susan Grant",)
    assert one("王总", *ZH, beside=("王建国（总经理）",)).person == "王建国"


def test_two_labels_of_one_person_are_both_suggested():
    found = guesses(("王总", "Wang Jianguo", "说话人 1"), ZH)
    assert [found[label].person for label in ("王总", "Wang Jianguo")] == ["王建国", "王建国"]


def test_a_company_in_the_label_suggests_the_side_alone():
    for label in ("宏达贸易", "李四（宏达贸易）", "宏达贸易有限公司-李四"):
        found = one(label, *ZH)
        assert (found.person, found.side, found.reason) == (None, "client", "org"), label
    assert one("Bob (Millrace)", *EN).side == "us"
    assert one("Reception - Northwind", *EN, client="Northwind Ltd").side == "client"
    assert one("李四（宏达）", *ZH).side is None  # may be another house that begins so
    ours = CHEN.with_(org="宏达贸易")
    assert one("李四（宏达贸易）", WANG, ours).side is None


def test_a_word_for_a_side_suggests_it():
    for label, side in (
        ("客户", "client"),
        ("甲方", "client"),
        ("Client 2", "client"),
        ("我方", "us"),
    ):
        found = one(label, *ZH)
        assert (found.person, found.side, found.reason) == (None, side, "side")


def test_another_house_beside_a_name_speaks_against_it():
    assert one("王建国（青禾软件）", *ZH).could_be == ("王建国",)
    assert one("Susan (Millrace)", *EN).could_be == ("Susan Grant",)
    two = (SUSAN, Participant(name="Susan Lee", side="client", org="Quayside"))
    assert one("Susan (Harbour Dental)", *two).person == "Susan Grant"


def test_one_name_on_both_sides_is_nobody():
    twice = (SUSAN, SUSAN.with_(side="us"))
    assert one("Ms Grant", *twice) == Guess(could_be=("Susan Grant",))
    assert one("Ms Grant", SUSAN, SUSAN.with_(title=None)).person == "Susan Grant"


WORDS = st.sampled_from(
    [
        *"王李敏总工老小的代、（）-@.,1&\u200b𠮷",
        *("欧阳", "建国", "经理", "宏达贸易", "说话人"),
        *("Susan", "Grant", "S.", "Ms", "Wang", "Jianguo", "lee"),
    ]
)
TEXTS = st.one_of(
    st.lists(WORDS, max_size=5).map("".join),
    st.lists(WORDS, max_size=5).map(" ".join),
    st.text(max_size=12),
)
PEOPLE = st.builds(
    Participant,
    name=TEXTS,
    side=st.sampled_from(["us", "client"]),
    title=st.one_of(st.none(), TEXTS),
    org=st.one_of(st.none(), TEXTS),
    label=st.one_of(st.none(), TEXTS),
)


@settings(max_examples=60, deadline=None)
@given(st.lists(TEXTS, max_size=4), st.lists(PEOPLE, max_size=4), TEXTS, st.randoms())
def test_nobody_outside_the_project_is_ever_suggested_and_order_is_nothing(
    labels: list[str], people: list[Participant], client: str, chance: random.Random
):
    found = guesses(labels, people, client=client)
    assert found.keys() == set(labels)
    by_name = {one.name: one for one in people}
    for guess in found.values():
        assert set(guess.could_be) <= by_name.keys()
        if guess.person is not None:
            assert guess.person in by_name
            assert guess.side in {one.side for one in people if one.name == guess.person}
            assert guess.reason
            assert not guess.could_be
    mixed, shuffled = list(labels), list(people)
    chance.shuffle(mixed)
    chance.shuffle(shuffled)
    assert guesses(mixed, shuffled, client=client) == found
