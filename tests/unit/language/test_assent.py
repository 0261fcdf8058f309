"""A yes is taken only where it is one."""

import pytest

from pipeline.language.assent import agrees


@pytest.mark.parametrize(
    "text",
    [
        "可以，就这样。",
        "行，一天也就两百来张。",
        "好的。",
        "没问题，就这么办。",
        "嗯，可以。",
        "那行吧。",
        "可以啊。",
        "对，两级。",
        "Yes, it's about two hundred a day.",
        "Sure, that works.",
        "OK",
        "Fine by me.",
        "No problem.",
    ],
)
def test_a_plain_yes(text):
    assert agrees(text)


@pytest.mark.parametrize(
    "text",
    [
        "对不起，这个我们不要。",
        "好像不行，财务不同意。",
        "行不行要问领导。",
        "对了，说说打印。",
        "嗯，看看再说吧",
        "好的，但是我们不同意。",
        "可以的话再说。",
        "是的，但这个不做。",
        "行吗？",
        "好，这个我们没有预算。",
        "OK那再说",
        "可以，不过要财务先点头。",
        "对，不过不用这样。",
        "Yeah, no.",
        "Okay. We would rather not.",
        "Correct me if I'm wrong",
        "Good question. Nobody, today.",
        "Sure, but we don't want that.",
        "OK, let me think about it.",
        "Fine, if the board agrees.",
        "Yes, and who pays?",
        "",
    ],
)
def test_what_only_begins_like_one(text):
    assert not agrees(text)
