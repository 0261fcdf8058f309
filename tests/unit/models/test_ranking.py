"""Eight questions go out at most, nothing is lost, and each of the others says why it waits."""

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.models.asked_once import Asked, twins
from pipeline.models.asking_back import FIRST, AskingBack, asking_back, disputed
from pipeline.models.evidence import Evidence
from pipeline.models.minutes import Ask, Conflict, Decision, Minutes, Question
from pipeline.models.spec import FeatureSpec, OpenQuestion

WORDS = (
    "导出哪些栏目",
    "由谁审批",
    "文件名怎么取",
    "同一条怎么认",
    "多久一次",
    "出错怎么办",
    "放在哪里",
)
SLOTS = (
    "fields",
    "approval",
    "file_name",
    "identity_match",
    "frequency",
    "empty_or_error",
    "place_in_ui",
)
_TELLS = dict(zip(WORDS, SLOTS, strict=True))


def question(number: int, text: str, slot: str = "other", **more: Any) -> OpenQuestion:
    return OpenQuestion(id=f"q{number}", slot=slot, question=text, **more)


def spec(name: str, *questions: OpenQuestion, **more: Any) -> FeatureSpec:
    told: dict[str, Any] = {"asks": (f"A{name[1:]}",), "title": name} | more
    return FeatureSpec(
        uid=f"u{name}", id=name, project="p", meetings=("m",), origin_engine="rules",
        open_questions=questions, **told,
    )  # fmt: skip


def raised(text: str, number: int = 1, **more: Any) -> Question:
    return Question(uid=f"q{number}", id=f"Q{number}", text=text, origin_engine="rules", **more)


def texts(asked: tuple[Asked, ...]) -> list[str]:
    return [one.text for one in asked]


def codes(asking: AskingBack) -> dict[str, str]:
    return {one.text: one.parked.code for one in asking.parked if one.parked}


_open = st.builds(
    lambda words, tail, blocking, best, now, answer: (words + tail, blocking, best, now, answer),
    st.sampled_from(WORDS),
    st.sampled_from(("", "？", "，谁定", "二", "给财务")),
    st.booleans(),
    st.sampled_from((None, "照旧")),
    st.sampled_from((None, None, None, True, False)),
    st.sampled_from((None, None, None, None, "照旧")),
)


@st.composite
def calls(draw: st.DrawFn) -> tuple[list[Question], list[FeatureSpec]]:
    specs = []
    for n in range(1, draw(st.integers(0, 6)) + 1):
        drawn = draw(st.lists(_open, max_size=7))
        asked = (
            question(
                i, f"对象{n}：{text}", _TELLS[text[: len(next(w for w in WORDS if text.startswith(w)))]],
                blocking=blocking, recommended=best, ask_now=now, answer=answer,
            )
            for i, (text, blocking, best, now, answer) in enumerate(drawn, 1)
        )  # fmt: skip
        specs.append(spec(f"S{n}", *asked))
    said = [
        raised(text, n) for n, text in enumerate(draw(st.lists(st.sampled_from(WORDS), max_size=4)))
    ]
    return said, specs


@settings(max_examples=150, deadline=None)
@given(calls())
def test_never_more_than_eight_and_nothing_is_lost(call: tuple[list[Question], list[FeatureSpec]]):
    said, specs = call
    asking = asking_back(said, specs)
    assert len(asking.first) <= FIRST
    members = [each for one in (*asking.first, *asking.parked) for each in (one, *one.also)]
    found = sorted((one.spec.id if one.spec else "", one.question.id) for one in members)
    open_ = [(s.id, q.id) for s in specs for q in s.open_questions if not q.answer]
    assert found == sorted([*open_, *(("", one.id) for one in said)])
    assert all(one.parked is None for one in asking.first)
    assert all(one.parked and one.parked.in_words("zh") for one in asking.parked)
    assert all(one.parked and one.parked.in_words("en") for one in asking.parked)


@settings(max_examples=60, deadline=None)
@given(calls())
def test_the_same_call_gives_the_same_order(call: tuple[list[Question], list[FeatureSpec]]):
    assert asking_back(*call) == asking_back(*call)


@settings(max_examples=60, deadline=None)
@given(calls())
def test_what_a_person_parked_never_goes_out(call: tuple[list[Question], list[FeatureSpec]]):
    asking = asking_back(*call)
    assert all(one.by_hand is not False for one in asking.first)
    chosen = sum(one.by_hand is True for one in (*asking.first, *asking.parked))
    assert sum(one.by_hand is True for one in asking.first) == min(FIRST, chosen)


def test_what_the_call_left_open_comes_before_what_it_did_not():
    asked = spec(
        "S1", question(1, "多久一次", "frequency"), question(2, "谁来审批三千以上的", "approval")
    )
    conflict = Conflict(
        uid="c", id="C1", text="谁来审批三千以上的", origin_engine="x", kind="client-client",
        a={"text": "主管"}, b={"text": "财务"},
    )  # fmt: skip
    minutes = Minutes(meeting="m", transcript_version=1, language="zh", conflicts=(conflict,))
    asking = asking_back([], [asked], left_open=disputed(minutes, [asked]))
    assert texts(asking.first) == ["谁来审批三千以上的", "多久一次"]


def test_what_was_put_off_is_left_open_and_what_was_agreed_is_not():
    asked = spec("S1", question(1, "上线时间按六月底还是七月", "timing"))
    for state, open_ in (("agreed", 0), ("tentative", 1), ("deferred", 1), ("rejected", 0)):
        text = "上线时间暂时按六月底"
        decision = Decision(uid="d", id="D1", text=text, origin_engine="x", state=state)
        minutes = Minutes(meeting="m", transcript_version=1, language="zh", decisions=(decision,))
        assert len(disputed(minutes, [asked])) == open_


def test_what_changes_the_build_comes_before_what_changes_little():
    slots = ("empty_or_error", "fields", "timing", "permission")
    asked = [spec(f"S{n}", question(1, f"问{slot}", slot)) for n, slot in enumerate(slots, 1)]
    order = texts(asking_back([], asked).first)
    assert order == ["问fields", "问permission", "问empty_or_error", "问timing"]


def test_must_comes_before_could():
    evidence = (Evidence(meeting="m", transcript_version=1, match="missing"),)
    asks = [
        Ask(
            uid=f"a{n}", id=f"A{n}", text="t", origin_engine="x", evidence=evidence, kind="function",
            raw_quote="", priority=priority,
        )
        for n, priority in enumerate(("could", "must"), 1)
    ]  # fmt: skip
    specs = [spec(f"S{n}", question(1, f"第{n}问", "timing")) for n in (1, 2)]
    assert texts(asking_back([], specs, asks=asks).first) == ["第2问", "第1问"]


def test_two_specs_with_the_same_question_ask_it_once_and_both_are_named():
    asked = [
        spec(
            "S1",
            question(1, "库存：哪些角色可以看和操作？", "permission"),
            question(2, "库存：多久一次？"),
        ),
        spec(
            "S2",
            question(1, "运单：请问哪些角色可以看和操作", "permission"),
            question(2, "运单：谁给？"),
        ),
    ]
    asking = asking_back([], asked)
    one = next(one for one in asking.first if len(one.specs) > 1)
    assert ([spec.id for spec in one.specs], one.text) == (["S1", "S2"], "哪些角色可以看和操作？")
    place = asking.place("S2", "q1")
    assert place is not None
    assert (place.twin, place.number) == (True, asking.first.index(one) + 1)


def test_questions_that_differ_in_a_word_that_counts_are_two():
    for a, b, slot in (
        ("导入失败时怎么提示？", "导出失败时怎么提示？", "empty_or_error"),
        ("超过三千的订单由谁审批？", "超过五千的订单由谁审批？", "approval"),
        ("“快”的标准是什么？", "“简单”的标准是什么？", "field_rule"),
        ("哪些角色可以看到完整的号码？", "哪些角色不可以看到完整的号码？", "permission"),
        ("Who may see the price list?", "Who may not see the price list?", "permission"),
    ):
        asking = asking_back(
            [], [spec("S1", question(1, a, slot)), spec("S2", question(1, b, slot))]
        )
        assert len(asking.first) == 2, (a, b)


def test_a_question_with_an_answer_elsewhere_is_not_asked_again():
    done = question(1, "导出哪些栏目？", "fields", answer="照表格")
    asking = asking_back([], [spec("S1", done), spec("S2", question(1, "导出哪些栏目", "fields"))])
    assert not asking.first
    assert asking.parked[0].parked is not None
    assert asking.parked[0].parked.in_words("zh") == "S1 已经有答复：照表格"


def test_each_that_waits_has_the_reason_that_fits_it():
    many = [
        spec(f"S{n}", question(1, f"第{n}个挡路的问题", "fields", blocking=True))
        for n in range(1, 9)
    ]
    rest = spec(
        "S9",
        question(1, "文件名怎么取", "file_name"),
        question(2, "多久一次", "frequency", recommended="每天"),
        question(3, "给谁看", "recipients"),
        question(4, "系统现在有没有这个字段", "source_data"),
        question(5, "谁来维护", "owner_or_date", ask_now=False),
        question(6, "两边不一样听谁的", "timing", blocking=True),
    )
    assert codes(asking_back([raised("要不要培训")], [*many, rest])) == {
        "文件名怎么取": "detail",
        "多久一次": "go_on",
        "给谁看": "later",
        "系统现在有没有这个字段": "look_up",
        "谁来维护": "by_hand",
        "两边不一样听谁的": "next_round",
        "要不要培训": "next_round",
    }


def test_four_of_one_spec_are_enough_while_others_wait():
    numbers = "甲乙丙丁戊己"
    loud = spec(
        "S1", *(question(n, f"{c}项怎么算", "fields", blocking=True) for n, c in enumerate(numbers))
    )
    quiet = [
        spec(f"S{n}", question(1, f"{c}什么时候", "timing")) for n, c in enumerate("子丑寅卯", 2)
    ]
    asking = asking_back([], [loud, *quiet])
    assert sum(one.specs[0].id == "S1" for one in asking.first) == 4
    waiting = asking.parked[0].parked
    assert waiting is not None
    assert waiting.in_words("zh") == "S1 已有 4 个问题先问"


def test_where_nobody_else_asks_one_spec_may_have_all_eight():
    alone = spec(
        "S1", *(question(n, f"{c}项怎么算", "fields") for n, c in enumerate("甲乙丙丁戊己庚辛壬"))
    )
    assert len(asking_back([], [alone]).first) == FIRST


def test_a_question_of_the_call_is_the_first_half_of_one_a_spec_asks():
    asked = spec("S1", question(1, "金蝶有没有API文档，谁来提供、哪天给", "integration"))
    asking = asking_back([raised("金蝶那边有没有API文档？")], [asked])
    assert texts(asking.first) == ["金蝶有没有API文档，谁来提供、哪天给"]
    assert len(asking.first[0].also) == 1


def test_twins_are_found_whether_answered_or_not():
    specs = [
        spec("S1", question(1, "导出哪些栏目？", "fields", answer="全部")),
        spec("S2", question(4, "请问导出哪些栏目", "fields")),
        spec("S3", question(1, "谁来维护", "fields")),
    ]
    found = twins(specs, "uS2", "q4")
    assert [(one.spec and one.spec.id, one.question.id) for one in found] == [("S1", "q1")]
    assert twins(specs, "uS3", "q1") == ()


def test_a_question_of_the_call_that_only_names_the_client_is_the_same():
    text = "Is there an API document for the Xero account, from Xero or from the accountant?"
    asking = asking_back(
        [raised("Is there an API document for the client's Xero account?")],
        [spec("S1", question(1, text, "integration"))],
    )
    assert texts(asking.first) == [text]


def test_which_of_two_values_holds_is_left_open_where_the_call_disputed_both():
    one = spec("S1", question(1, "“二十四小时”和“七十二小时”以哪个为准？", blocking=True))
    other = spec("S2", question(1, "“两条”和“七十二小时”以哪个为准？", blocking=True))
    quarrel = Conflict(
        uid="c", id="C1", text="郑涛：二十四小时，发过文 / 白慧敏：是七十二小时",
        origin_engine="rules", kind="client-client",
        a={"text": "二十四小时"}, b={"text": "七十二小时"},
    )  # fmt: skip
    minutes = Minutes(meeting="m", transcript_version=1, language="zh", conflicts=(quarrel,))
    assert {each.spec for each in disputed(minutes, (one, other))} == {"S1"}


def test_one_question_about_two_things_has_an_answer_for_each():
    def release(name: str, about: str, **more: Any) -> FeatureSpec:
        return spec(
            name,
            question(1, f"{about}：是否允许紧急放行？", "exception", **more),
            question(2, f"{about}：谁来维护？", "owner_or_date"),
        )

    specs = [release("S1", "近效期"), release("S2", "麻精"), release("S3", "近效期")]
    asking = asking_back([], specs)
    assert next(one.told for one in asking.first) == "近效期, 麻精: 是否允许紧急放行？"
    assert [one.spec and one.spec.id for one in twins(specs, "uS1", "q1")] == ["S3"]
    once = asking_back([], [release("S1", "近效期", answer="不允许"), *specs[1:]])
    assert "麻精" in "".join(one.told for one in once.first)
    lone = asking_back([], [release("S1", "近效期", answer="不允许"), specs[2]])
    assert codes(lone)["近效期：是否允许紧急放行？"] == "answered"
