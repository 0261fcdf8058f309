"""What a component holds is taken from whoever it says did it, and from nobody else."""

import pytest

from ui.inbox import waiting

ONE, TWO = {"id": "1", "op": "undo"}, {"id": "2", "op": "undo"}


def test_my_commands_come_in_their_order():
    told = {"who": "chen", "held": "b:1", "waiting": [TWO, ONE]}
    assert list(waiting(told, "chen").values()) == [TWO, ONE]


def test_what_the_one_before_me_left_on_the_chair_is_not_done_under_my_name():
    assert waiting({"who": "chen", "waiting": [ONE]}, "wang") == {}
    assert waiting({"waiting": [ONE]}, "wang") == {}


def test_a_component_that_names_nobody_sends_a_plain_list():
    assert waiting([ONE], "wang") == {"1": ONE}


@pytest.mark.parametrize(
    "junk", [None, "x", 3, {}, {"who": "me"}, {"who": "me", "waiting": "x"}, [None, 1]]
)
def test_junk_is_nothing(junk):
    assert waiting(junk, "me") == {}
