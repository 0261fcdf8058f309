"""One answer serves every spec that asks the same; in plain words it is the option it means."""

from itertools import count

import pytest

from pipeline.models.actor import Actor
from pipeline.models.minutes import Ask, Minutes
from pipeline.models.spec import FeatureSpec, OpenQuestion
from pipeline.service import review
from ui.outbox import obey

CHEN = Actor(id="u1", name="陈立", via="desk")
OPTIONS = ("按字段同步", "每天导一次表")
ROLES = OpenQuestion(id="q1", slot="permission", question="哪些角色可以看和操作？")
WAY = OpenQuestion(id="q1", slot="integration", question="接口怎么连？", options=OPTIONS)


@pytest.fixture
def specs(house, meeting):
    """Three specs as they are now, by title; two of them ask who may see it."""
    store = house.tools.store
    kept = store.minutes(meeting)
    evidence = kept.asks[0].evidence
    asks = tuple(
        Ask(
            uid="", id=f"a{n}", text=text, evidence=evidence, origin_engine="rules",
            raw_quote="", kind="function",
        )
        for n, text in enumerate(("库存看板", "运单看板", "对接金蝶"), 1)
    )  # fmt: skip
    minutes = store.identify(
        meeting, Minutes(meeting=meeting, transcript_version=1, language="zh", asks=asks)
    )
    store.save_minutes(minutes)
    asked = (ROLES, ROLES.with_(question="请问哪些角色可以看和操作"), WAY)
    for ask, question in zip(minutes.asks, asked, strict=True):
        drafted = FeatureSpec(
            uid="", id="", project="", meetings=(meeting,), asks=(ask.id,), title=ask.text,
            language="zh", origin_engine="rules", open_questions=(question,),
        )  # fmt: skip
        store.save_spec(meeting, store.identify_spec(meeting, ask, drafted))
    return lambda: {one.title: one for one in store.specs(meeting)}


@pytest.fixture
def note(house, meeting, specs):
    names = (f"c{n}" for n in count(1))

    def answer(title: str, after: object, before: str | None = None):
        spec = specs()[title]
        (question,) = spec.open_questions
        command = {
            "id": (name := next(names)), "op": "edit", "entity": "spec", "uid": spec.uid,
            "operation": "answer", "field": question.id, "asked": question.question,
            "before": before, "after": after,
        }  # fmt: skip
        return obey(CHEN, house, meeting, [command], "zh")[name]

    return answer


def told(specs) -> dict[str, str | None]:
    return {title: one.open_questions[0].answer for title, one in specs().items()}


def test_an_answer_reaches_every_spec_that_asks_the_same(note, specs):
    said = {"answer": "只有主管", "who": "王敏", "side": "client"}
    assert note("库存看板", said).ok
    assert {t: a for t, a in told(specs).items() if a} == {
        "库存看板": "只有主管", "运单看板": "只有主管"
    }  # fmt: skip
    other = specs()["运单看板"]
    assert other.open_questions[0].answered_by == "王敏"
    assert any("只有主管" in str(rule.value) for rule in other.rules)


def test_it_is_taken_back_everywhere_as_one_act(note, specs, house, meeting):
    answer = note("库存看板", {"answer": "只有主管", "side": "client"})
    undone = obey(CHEN, house, meeting, [{"id": "u", "op": "undo", "events": answer.events}], "zh")
    assert undone["u"].ok, undone["u"].message
    assert not any(told(specs).values())


def test_an_answer_that_is_opened_again_is_open_everywhere(note, specs):
    note("库存看板", {"answer": "只有主管", "side": "client"})
    assert note("库存看板", None, before="只有主管").ok
    assert not any(told(specs).values())


def test_an_answer_of_its_own_is_not_overwritten(note, specs, house, meeting):
    note("库存看板", {"answer": "只有主管", "side": "client"})
    other = specs()["运单看板"]
    assert note("运单看板", {"answer": "所有人", "side": "us"}, before="只有主管").ok
    assert told(specs)["运单看板"] == "所有人"
    events = review.history(CHEN, house, meeting, "spec", other.uid)
    assert len(events) == 2


def test_an_answer_in_plain_words_is_kept_as_the_option(note, specs):
    assert note("对接金蝶", {"answer": "按栏目传送", "side": "client"}).ok
    assert told(specs)["对接金蝶"] == "按字段同步"
    assert told(specs)["库存看板"] is None


def test_an_answer_in_other_words_is_kept_as_it_was_given(note, specs):
    assert note("对接金蝶", {"answer": "等汪经理", "side": "client"}).ok
    assert told(specs)["对接金蝶"] == "等汪经理"
