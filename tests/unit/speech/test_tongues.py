"""The language of each piece: its own where it can be told, else that of its neighbours."""

import pytest

from pipeline.engines.speech.tongues import BRIEF, decided

ZH, EN, SURE_EN = {"zh": 0.95, "en": 0.05}, {"zh": 0.3, "en": 0.7}, {"zh": 0.05, "en": 0.95}
NONE = {"zh": 0.4, "en": 0.35, "ja": 0.3}


@pytest.mark.parametrize(
    ("odds", "seconds", "languages"),
    [
        ([ZH, EN, ZH, EN], [9, 9, 9, 9], ["zh", "en", "zh", "en"]),
        ([ZH, EN, ZH], [9, 0.8, 9], ["zh", "zh", "zh"]),
        ([ZH, SURE_EN, ZH], [9, 0.8, 9], ["zh", "en", "zh"]),
        ([EN, NONE, ZH], [9, 9, 9], ["en", "en", "zh"]),
        ([EN, EN, NONE, ZH], [9, 0.8, 9, 9], ["en", "en", "zh", "zh"]),
        ([NONE, NONE, EN], [9, 9, 9], ["en", "en", "en"]),
        ([NONE, NONE], [9, 9], ["zh", "zh"]),
        ([{"zh": 0.0, "en": 0.0}, EN], [9, 9], ["en", "en"]),
    ],
)
def test_each_piece_has_its_language(odds, seconds, languages):
    assert decided(odds, seconds) == languages


def test_a_piece_is_long_enough_from_a_time_on():
    assert decided([ZH, EN], [9, BRIEF]) == ["zh", "en"]
