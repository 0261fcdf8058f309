"""Looking for many cues at once finds what looking for each finds."""

import pytest

from pipeline.language import cues

TEXTS = [
    "",
    "can you add an export? we need it by friday, that's agreed.",
    "i can't promise, let's park it; not my problem, honestly",
    "能不能加个导出？下周三前给我，就这么定了。",
    "这个 export 要 by friday，ok？我来弄",
    "....?!? a'b c",
    "请don't动它",
]


@pytest.mark.parametrize("text", TEXTS)
def test_many_at_once_are_the_same_as_one_by_one(text):
    plain = cues.plain(text)
    some = tuple(sorted(cues.names("zh")))
    assert cues.held(plain, some) == tuple(cue for cue in some if cues.has(cue, plain))


def test_a_cue_inside_a_longer_word_is_none():
    assert not cues.has("ask.direct", "toucan you add")
    assert cues.held("cannot", ("ask.direct",)) == ()
    assert cues.has("ask.direct", "you，can you add it")
