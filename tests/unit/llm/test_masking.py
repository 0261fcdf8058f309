"""What is hidden comes back, the same everywhere; what is no sign of ours stays as it was."""

from hypothesis import given
from hypothesis import strategies as st

from pipeline.engines.llm.fence import Turns
from pipeline.engines.llm.masking import Mask, mask_of
from pipeline.models.project import Participant, Project
from pipeline.models.transcript import EngineName, Segment, Transcript

PROJECT = Project(participants=(Participant(name="王敏", side="client", label="Speaker 2"),))


def call(*texts):
    segments = tuple(
        Segment(id=f"s{n}", index=n, speaker="王敏", text=text) for n, text in enumerate(texts)
    )
    return Transcript(engine=EngineName(name="x"), segments=segments)


def test_the_same_number_has_the_same_sign_all_through_the_call():
    mask = mask_of(
        call("我电话13812345678", "再说一遍13812345678，或13912345678"), PROJECT, "numbers"
    )
    assert mask.hide("13812345678/13912345678/13812345678") == "⟦PHONE_1⟧/⟦PHONE_2⟧/⟦PHONE_1⟧"


def test_names_are_hidden_only_where_that_is_wanted():
    assert mask_of(call("我是王敏"), PROJECT, "numbers").hide("王敏说") == "王敏说"
    assert mask_of(call("我是王敏"), PROJECT, "names").hide("王敏说") == "⟦PERSON_1⟧说"
    assert mask_of(call("13812345678"), PROJECT, "nothing").hide("13812345678") == "13812345678"


def test_an_answer_comes_back_with_the_words():
    mask = Mask(names=['Bob "the builder"'])
    answer = {"by": [mask.hide('Bob "the builder"')], "text": "⟦PERSON_9⟧", "weak": True}
    assert mask.show(answer) == {"by": ['Bob "the builder"'], "text": "⟦PERSON_9⟧", "weak": True}


@given(st.lists(st.sampled_from(["13812345678", "王敏", "a@b.cn", "订单", " ", "沪A12345"])))
def test_hiding_and_showing_gives_the_same_text(parts):
    text = "".join(parts)
    mask = mask_of(call(text), PROJECT, "names")
    assert mask.show(mask.hide(text)) == text
    assert "13812345678" not in mask.hide(text) or "13812345678" not in mask.signs


def test_a_number_is_hidden_wherever_a_question_may_tell_it():
    numbers = [f"138123456{n}" for n in range(10, 18)]
    project = Project(
        system=numbers[0],
        participants=(Participant(name=numbers[1], side="client", title=numbers[2]),),
        glossary={numbers[3]: numbers[4]},
        capabilities=(numbers[5],),
        scope=(numbers[6],),
    )
    spoken = Segment(
        id="s0", index=0, speaker=numbers[7], text="1381234\u200b5699 和 138\xa01234\xa05698"
    )
    mask = mask_of(Transcript(engine=EngineName(name="x"), segments=(spoken,)), project, "numbers")
    assert set(numbers) <= set(mask.signs)
    line = mask.hide(
        Turns(Transcript(engine=EngineName(name="x"), segments=(spoken,))).line(spoken)
    )
    assert not any(digits in line for digits in ("1234", "5699", "5698"))


def test_a_person_is_hidden_as_they_are_spoken_to():
    mask = mask_of(call("王总说，老王也同意，欧阳经理没来"), PROJECT, "names")
    assert "王" not in mask.hide("王总说，老王也同意")
    people = (Participant(name="欧阳明", side="client"),)
    hidden = mask_of(call("欧阳经理"), Project(participants=people), "names").hide(
        "欧阳经理和欧先生"
    )
    assert hidden.endswith("和欧先生")
    assert "欧阳" not in hidden


def test_what_a_question_carries_besides_is_hidden_too():
    mask = mask_of(call("没有号码"), PROJECT, "numbers")
    wider = mask.covering(["打给13812345678"])
    assert wider.hide("13812345678") == "⟦PHONE_1⟧"
    assert mask.covering(["没有"]) is mask
    assert mask_of(call(""), PROJECT, "nothing").covering(["13812345678"]).signs == {}
