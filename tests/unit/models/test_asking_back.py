"""Few and good questions go out, each asked once."""

from pipeline.models.asked_once import Asked
from pipeline.models.asking_back import asking_back
from pipeline.models.minutes import Question
from pipeline.models.spec import FeatureSpec, OpenQuestion


def spec(name: str, *questions: tuple[str, bool], status: str = "draft") -> FeatureSpec:
    asked = tuple(
        OpenQuestion(id=f"q{n}", slot="other", question=text, blocking=blocking)
        for n, (text, blocking) in enumerate(questions, 1)
    )
    return FeatureSpec(
        uid=name, id=name, project="p", meetings=("m",), asks=("A1",), origin_engine="rules",
        title=name, open_questions=asked, status=status,
    )  # fmt: skip


def raised(text: str) -> Question:
    return Question(uid="q", id="Q1", text=text, origin_engine="rules")


def first(*given: object) -> tuple[Asked, ...]:
    return asking_back(*given).first


def test_blocking_ones_come_first_then_the_calls_own_then_the_rest():
    specs = [spec("S1", ("who?", False), ("how many?", True)), spec("S2", ("when?", True))]
    order = [one.text for one in first([raised("is there a document?")], specs)]
    assert order == ["how many?", "when?", "is there a document?", "who?"]


def test_what_a_spec_asks_in_the_same_words_is_asked_once():
    specs = [
        spec("S1", ("库存对接：金蝶那边有没有API文档？", True)),
        spec("S2", ("库存对接：金蝶那边有没有API文档？", True)),
    ]
    asked = first([raised("金蝶那边有没有API文档")], specs)
    assert [(one.text, one.spec and one.spec.id) for one in asked] == [
        ("库存对接：金蝶那边有没有API文档？", "S1")
    ]


def test_a_question_inside_a_longer_one_is_still_asked():
    specs = [spec("S1", ("库存对接：谁来负责测试环境的API文档？", True))]
    for text in ("API文档？", "谁来负责测试环境", "负责测试环境的API文档？"):
        assert [one.text for one in first([raised(text)], specs)][1:] == [text]
    assert len(first([raised("谁来负责测试环境的API文档")], specs)) == 1


def test_a_rejected_question_is_not_asked():
    assert first([raised("why?").with_(review="rejected")], []) == ()


def test_no_spec_has_all_the_room_for_itself():
    specs = [spec("S1", ("a", True), ("b", True), ("c", True)), spec("S2", ("d", True))]
    assert [one.text for one in first([], specs)] == ["a", "d", "b", "c"]


def test_dropped_specs_ask_nothing():
    assert first([], [spec("S1", ("a", True), status="dropped")]) == ()
