"""One question about two things is asked once and answered for each."""

from typing import Any

from pipeline.models.asked_once import twins
from pipeline.models.asking_back import asking_back
from pipeline.models.spec import FeatureSpec, OpenQuestion


def question(number: int, text: str, slot: str, **more: Any) -> OpenQuestion:
    return OpenQuestion(id=f"q{number}", slot=slot, question=text, **more)


def spec(name: str, *questions: OpenQuestion) -> FeatureSpec:
    return FeatureSpec(
        uid=f"u{name}",
        id=name,
        project="p",
        meetings=("m",),
        asks=("A1",),
        title=name,
        origin_engine="rules",
        open_questions=questions,
    )


def test_one_question_about_two_things_has_an_answer_for_each():
    def release(name: str, about: str, **more: Any) -> FeatureSpec:
        return spec(
            name,
            question(1, f"{about}：是否允许紧急放行？", "exception", **more),
            question(2, f"{about}：谁来维护？", "owner_or_date"),
        )

    specs = [release("S1", "近效期"), release("S2", "麻精"), release("S3", "近效期")]
    asking = asking_back([], specs)
    assert asking.first[0].told == "近效期, 麻精: 是否允许紧急放行？"
    assert [one.spec and one.spec.id for one in twins(specs, "uS1", "q1")] == ["S3"]
    once = asking_back([], [release("S1", "近效期", answer="不允许"), *specs[1:]])
    assert "麻精" in "".join(one.told for one in once.first)
    lone = asking_back([], [release("S1", "近效期", answer="不允许"), specs[2]])
    waiting = {one.told: one.parked.code for one in lone.parked if one.parked}
    assert waiting["近效期: 是否允许紧急放行？"] == "answered"
