"""What one correction teaches, and when it teaches nothing."""

import pytest

from pipeline.language.slips import slip


@pytest.mark.parametrize(
    ("before", "after", "taught"),
    [
        ("这边的定单要导出", "这边的订单要导出", ("定单", "订单")),
        ("定单和定单号", "订单和订单号", ("定单", "订单")),
        ("the oder list", "the order list", ("oder", "order")),
        ("open k three first", "open K3 first", ("k three", "K3")),
        ("用金碟系统", "用金蝶系统", ("碟系", "蝶系")),
        ("用金碟系统，跟金碟同步", "用金蝶系统，跟金蝶同步", ("金碟", "金蝶")),
    ],
)
def test_the_smallest_word_is_taken(before, after, taught):
    assert slip(before, after) == taught


def test_a_word_of_the_project_is_known_as_one():
    assert slip("用金碟系统", "用金蝶系统", {"金蝶"}.__contains__) == ("金碟", "金蝶")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("我说三天", "我说五天"),
        ("at 15 percent", "at 50 percent"),
        ("他说好", "她说好"),
        ("我不要", "我要"),
        ("it can be", "it cannot be"),
        ("做导出", "做订单导出"),
        ("定单 oder", "订单 order"),
        ("一句话", "完全另外说的一大段话，和前面没有关系"),
        ("定", "订"),
        ("同样", "同样"),
        ("", "新的"),
    ],
)
def test_what_is_about_this_sentence_teaches_nothing(before, after):
    assert slip(before, after) is None
