"""The reader that ships: what it tells of plain turns, and that no text throws it off."""

import time

import numpy as np
import pytest

from pipeline.engines.rules.sense.around import FAR, NEAR, around
from pipeline.engines.rules.sense.grams import grams
from pipeline.engines.rules.sense.kinds import KINDS
from pipeline.engines.rules.sense.reader import turn_reader
from pipeline.engines.rules.sense.spoken import Spoken

EN = [
    Spoken("Ann", "us", "Good morning everybody, can you hear me?"),
    Spoken("Cleo", "client", "We need an export of the filtered orders to Excel, every morning."),
    Spoken("Ann", "us", "Understood. I'll send you a draft of the layout by Friday."),
    Spoken("Cleo", "client", "Okay, agreed, let's do it that way."),
    Spoken("Dan", "client", "Nice weather today."),
    Spoken("Cleo", "client", "Thanks, bye everybody."),
    Spoken("Ann", "us", "Have they gone? Between us, that is not in the contract."),
    Spoken("Bo", "us", "Right, we never quoted for that, I'd keep quiet about it."),
]
ZH = [
    Spoken("小安", "us", "大家早，听得到吗？"),
    Spoken("柯总", "client", "我们要能把筛选出来的订单一键导出成表格，财务催得很。"),
    Spoken("小安", "us", "好的，我周五前把版式发给您。"),
    Spoken("柯总", "client", "行，就这么定了。"),
    Spoken("老丁", "client", "今天天气不错。"),
    Spoken("柯总", "client", "那先这样，再见。"),
    Spoken("小安", "us", "客户都下了吧？这个合同里没有，内部说一下。"),
    Spoken("小薄", "us", "对，当时没报价，先别跟客户说。"),
]


@pytest.mark.parametrize(("turns", "language"), [(EN, "en"), (ZH, "zh")])
def test_plain_turns_are_read_as_anybody_would(turns, language):
    reading = turn_reader().read(turns, language=language)
    assert int(np.argmax(reading.of("ask"))) == 1
    assert int(np.argmax(reading.of("action"))) == 2
    assert int(np.argmax(reading.of("decision"))) == 3
    assert reading.has("action", 2)
    assert reading.has("private", 6)
    assert reading.has("private", 7)
    assert not reading.has("ask", 4)
    assert reading.best("decision_rejected", "decision_agreed", at=3) == "decision_agreed"


def test_margin_has_the_sign_of_the_verdict():
    reading = turn_reader().read(EN, language="en")
    for kind in KINDS:
        over = [index for index in range(len(EN)) if reading.margin(kind, index) >= 0]
        assert tuple(over) == reading.turns(kind)


HOSTILE = {
    "no turns": [],
    "one turn": [Spoken(None, "unknown", "We need an export.")],
    "one empty turn": [Spoken(None, "unknown", "")],
    "empty turns": [Spoken("a", "client", ""), Spoken("a", "us", "   \n\t")] * 3,
    "one endless turn": [Spoken("a", "client", "能不能 can we " * 8_000), *EN],
    "marks only": [Spoken("a", "client", "?!。，…@@@<><>")] * 20,
    "half characters": [Spoken("\ud800", "unknown", "\ud83d\udc00 \udfff 请导出 \x00\x07")] * 4,
    "no speakers": [turn._replace(speaker=None, side="unknown") for turn in EN],
    "other scripts": [Spoken("a", "client", "Прошу экспорт \u0660 ½ ｅｘｐｏｒｔ 👩‍💻 ñandú")] * 3,
}


@pytest.mark.parametrize("name", HOSTILE)
@pytest.mark.parametrize("language", ["zh", "en"])
def test_no_text_throws_it_off(name, language):
    turns = HOSTILE[name]
    names = ["", "a", "(", "\ud800x", "Ann"]
    reading = turn_reader().read(turns, names=names, language=language)
    assert reading.probabilities.shape == (len(turns), len(KINDS))
    assert reading.probabilities.dtype == np.float32
    assert np.isfinite(reading.probabilities).all()
    assert ((reading.probabilities > 0) & (reading.probabilities < 1)).all()
    again = turn_reader().read(turns, names=names, language=language)
    assert np.array_equal(reading.probabilities, again.probabilities)


def test_a_turn_is_read_by_its_own_call_alone():
    alone = turn_reader().read(EN, language="en").probabilities
    turn_reader().read(ZH, language="zh")
    assert np.array_equal(alone, turn_reader().read(EN, language="en").probabilities)


def test_grams_do_not_run_from_one_turn_into_the_next():
    together = grams(["alpha beta", "gamma"])
    apart = [grams([text]).hashes for text in ("alpha beta", "gamma")]
    for row, hashes in enumerate(apart):
        assert np.array_equal(together.hashes[together.rows == row], hashes)
    assert set(together.sizes.tolist()) == {1, 2, 3}


def test_stage_two_sees_the_right_neighbours():
    scores = np.arange(10, dtype=np.float32)[:, None] / 10
    seen = around(scores)
    assert seen.shape == (10, 2 * NEAR + 1 + 4 + 2 * NEAR)
    middle = seen[5] * 4
    assert np.allclose(middle[: 2 * NEAR + 1], [0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8])
    highest_before, highest_after = middle[2 * NEAR + 1], middle[2 * NEAR + 2]
    assert np.isclose(highest_before, 0.4)
    assert np.isclose(highest_after, 0.9)
    assert seen[5, -2 * NEAR :].sum() == 0
    assert seen[0, -2 * NEAR :].sum() == NEAR
    assert FAR > NEAR


@pytest.mark.slow
@pytest.mark.parametrize(("turns", "language"), [(EN, "en"), (ZH, "zh")])
def test_two_thousand_turns_take_about_a_second(turns, language):
    """Measured: 0.4 to 0.8 s of one core; the bound leaves room for a slow one."""
    many = (turns * 250)[:2_000]
    turn_reader().read(turns, language=language)
    start = time.process_time()
    turn_reader().read(many, language=language)
    assert time.process_time() - start < 3
