import pytest

from pipeline.language.matching import Found, Matcher

PHARMACY = [
    "罗主任，您看得到我共享的屏幕吗？",
    "医保局发通知了，药品追溯码十二月三十一号前必须扫码上传，不传就不给结算。",
    "一盒一扫？我们门诊高峰一个窗口一个小时八十张方子，一张方子三四盒，扫得过来吗？",
    "扫不过来也得扫，你想办法。",
    "两千五百条以内都要能导出，报表下周三给你。",
    "好的。",
    "冷藏的、开过封的、口服散装的一律不退。",
    "报废率三点五，不对，是 3.5% 左右。",
    "……",
    "好的。",
]
SALES = [
    "Good morning. Can you all see the agenda?",
    "No quotes is ridiculous. I can't even give a price?",
    "Then block the order. Let me quote and block the order. Big red banner across the top.",
    "If the order physically cannot be raised, I can live with that.",
    "Make the validity fourteen days, not thirty, by Wednesday at the latest.",
    "It's illegal to export those without asking legal first.",
    "Reps up to ten percent, sales managers up to twenty.",
]


def zh(quote: str, *claimed: int) -> Found | None:
    return Matcher(PHARMACY).find(quote, claimed)


def en(quote: str, *claimed: int) -> Found | None:
    return Matcher(SALES).find(quote, claimed)


@pytest.mark.parametrize(
    ("quote", "turn"),
    [
        ("药品追溯码十二月三十一号前必须扫码上传", 1),
        ("医保局发通知了，药品追溯码十二月三十一号前必须扫码上传，不传就不给结算。", 1),
        ("冷藏的、开过封的、口服散装的一律不退。", 6),
        ("扫不过来也得扫，", 3),
    ],
)
def test_words_that_stand_there_verbatim_are_exact(quote: str, turn: int):
    assert zh(quote, turn) == Found((turn,), quote, "exact")


def test_english_words_that_stand_there_verbatim_are_exact():
    quote = "Let me quote and block the order."

    assert en(quote, 2) == Found((2,), quote, "exact")


@pytest.mark.parametrize(
    ("quote", "turn", "words"),
    [
        ("药品追溯码 十二月三十一号前 必须扫码上传", 1, "药品追溯码十二月三十一号前必须扫码上传"),
        ("「冷藏的，开过封的，口服散装的一律不退」", 6, "冷藏的、开过封的、口服散装的一律不退。"),
        ("我们门诊高峰一个窗口，一个小时，八十张方子", 2, "我们门诊高峰一个窗口一个小时八十张方子"),
    ],
)
def test_other_marks_and_blanks_are_normalised_and_the_transcripts_words_kept(
    quote: str, turn: int, words: str
):
    assert zh(quote, turn) == Found((turn,), words, "normalised")


def test_case_and_width_do_not_matter():
    found = en("ＢＬＯＣＫ the order, let me quote and block the order", 2)

    assert found == Found((2,), "block the order. Let me quote and block the order", "normalised")


def test_an_alike_quote_is_fuzzy_and_shows_the_whole_turn():
    found = en("If the order physicaly cannot be raised I can live with it", 3)

    assert found == Found((3,), SALES[3], "fuzzy")


def test_tidied_words_are_found():
    found = zh("我们高峰一个窗口一个小时八十张方子，一张方子三四盒", 2)

    assert found == Found((2,), PHARMACY[2], "fuzzy")


@pytest.mark.parametrize(
    ("quote", "turn"),
    [
        ("药品追溯码十一月三十一号前必须扫码上传", 1),
        ("我们门诊高峰一个窗口一个小时九十张方子", 2),
        ("冷藏的、开过封的、口服散装的一律可退", 6),
        ("两千五百条以内都要能导出，报表下周四给你", 4),
        ("两千五百条以内都不能导出，报表下周三给你", 4),
    ],
)
def test_a_changed_number_day_or_negation_makes_a_quote_weak(quote: str, turn: int):
    found = zh(quote, turn)

    assert found is not None
    assert (found.turns, found.match) == ((turn,), "weak")


@pytest.mark.parametrize(
    ("quote", "turn"),
    [
        ("If the order physically can be raised, I can live with that", 3),
        ("Make the validity fifteen days, not thirty, by Wednesday at the latest", 4),
        ("Make the validity fourteen days, not thirty, by Thursday at the latest", 4),
        ("Make the validity fourteen hours, not thirty, by Wednesday at the latest", 4),
        ("Reps up to ten dollars, sales managers up to twenty", 6),
    ],
)
def test_a_changed_english_fact_makes_a_quote_weak(quote: str, turn: int):
    found = en(quote, turn)

    assert found is not None
    assert (found.turns, found.match) == ((turn,), "weak")


@pytest.mark.parametrize(
    ("quote", "turn"),
    [
        ("五百条以内都要能导出，报表", 4),
        ("周三给你", 4),
        ("过来也得扫，你想办法", 3),
        ("三点五，不对，是 35% 左右", 7),
    ],
)
def test_a_quote_cut_out_of_a_fact_is_weak_although_its_letters_stand_there(quote: str, turn: int):
    found = zh(quote, turn)

    assert found is not None
    assert (found.turns, found.match) == ((turn,), "weak")


@pytest.mark.parametrize(
    ("quote", "turn"),
    [("legal to export those without asking", 5), ("If the order physically can", 3)],
)
def test_a_quote_cut_out_of_a_word_is_weak(quote: str, turn: int):
    found = en(quote, turn)

    assert found is not None
    assert found.match == "weak"


def test_a_slip_that_makes_a_number_unreadable_is_no_other_number():
    found = en("Make the validity fourten days, not thirty, by Wednsday at the latest", 4)

    assert found is not None
    assert found.match == "fuzzy"


@pytest.mark.parametrize(
    ("turn", "quote", "words", "match"),
    [
        ("-20度要报警，我们要。", "-20度要报警", "-20度要报警", "exact"),
        ("-20度要报警，我们要。", "-20度 要报警", "-20度要报警", "normalised"),
        ("-20度要报警，我们要。", "20度要报警", "-20度要报警", "weak"),
        ("低于-20度要报警，我们要。", "20度要报警，我们要", "-20度要报警，我们要。", "weak"),
        ("零下二十度要报警，我们要。", "二十度要报警，我们要", "二十度要报警，我们要。", "weak"),
        (
            "-20 degrees must trigger it",
            "20 degrees must trigger it",
            "-20 degrees must trigger it",
            "weak",
        ),
        (
            "=HYPERLINK(1) must stay text!",
            "HYPERLINK(1) must stay text",
            "=HYPERLINK(1) must stay text!",
            "exact",
        ),
        ("+1+1也要能导出成文字的", "1+1也要能导出成文字", "+1+1也要能导出成文字", "exact"),
        (
            "It costs $500 for every month, fine",
            "500 for every month",
            "$500 for every month",
            "exact",
        ),
        ("我们要（含税）的价格，谢谢", "含税）的价格", "（含税）的价格", "exact"),
        ("那个税率涨到 20%，谢谢", "那个税率涨到 20", "那个税率涨到 20%", "exact"),
        ("要三到五天，A-3 都行的", "五天，A-3 都行", "五天，A-3 都行", "exact"),
    ],
)
def test_marks_that_belong_to_the_words_stay_with_them(turn, quote, words, match):
    assert Matcher([turn, "好的。"]).find(quote, [0]) == Found((0,), words, match)


@pytest.mark.parametrize(
    ("said", "quote"),
    [
        ("But at eight in the morning we have the stand-up.", "But at nine in the morning we have the stand-up."),
        ("two readers, five criteria, and if the totals differ", "two readers, six criteria, and if the totals differ"),
        ("并行的核对表我来做，二十七号给殷主管", "并行的核对表我来做，三十七号给殷主管"),
    ],
)  # fmt: skip
def test_another_number_is_no_slip_of_the_one_that_was_said(said: str, quote: str):
    found = Matcher(["Good.", said]).find(quote, (1,))

    assert found is None or found.match in ("weak", "missing")
