"""One spec for each ask, over all its versions."""

import pytest

from pipeline import review
from pipeline.models.hashing import spec_hash
from pipeline.models.review import Voice
from pipeline.models.spec import Finding, OpenQuestion


@pytest.fixture
def asks(store, make, meeting):
    """Two asks in saved minutes."""
    draft = make.minutes(asks=(make.ask("a1", "s1"), make.ask("a2", "s2", "短信提醒")))
    store.save_minutes(store.identify("m1", draft))
    return store.minutes("m1").asks


def saved(store, ask, spec):
    named = store.identify_spec("m1", ask, spec)
    store.save_spec("m1", named)
    return named


def act(store, make, on, operation, **more):
    edit = review.propose(on, operation, **more)
    project = store.meeting("m1").project
    store.append_edit(make.actor, project=project, meeting="m1", edit=edit)


def test_a_spec_gets_its_names_and_its_ask_knows_it(store, make, asks, project):
    spec = saved(store, asks[1], make.spec())
    assert (spec.id, spec.version, spec.asks, spec.meetings, spec.project) == (
        "S1",
        1,
        ("A2",),
        ("m1",),
        project.uid,
    )
    assert spec.content_hash == spec_hash(spec)
    assert store.specs("m1") == (spec,)
    assert store.spec_drafts("m1") == {spec.uid: (spec,)}
    assert [ask.spec for ask in store.minutes("m1").asks] == [None, "S1"]


def test_asked_again_the_names_are_the_same(store, make, asks):
    first = store.identify_spec("m1", asks[0], make.spec())
    assert store.identify_spec("m1", asks[0], make.spec()) == first
    assert store.specs("m1") == (), "named and not saved yet"
    assert store.identify_spec("m1", asks[1], make.spec()).id == "S2"


def test_an_unnamed_spec_is_refused(store, make, asks):
    with pytest.raises(ValueError, match="identify_spec comes first"):
        store.save_spec("m1", make.spec())


def test_another_content_is_another_version(store, make, asks, raw):
    first = saved(store, asks[0], make.spec())
    linted = first.with_(
        findings=(Finding(code="vague", severity="warning", slot="goal", reason="快"),)
    )
    store.save_spec("m1", linted)
    assert store.specs("m1") == (linted,)
    second = saved(store, asks[0], make.spec("订单批量导出"))
    assert (second.uid, second.id, second.version) == (first.uid, "S1", 2)
    assert saved(store, asks[0], make.spec("订单批量导出")).version == 2
    assert raw.execute("SELECT version FROM spec_version ORDER BY version").fetchall() == [
        (1,),
        (2,),
    ]


def test_specs_come_in_the_order_of_their_ids(store, make, meeting):
    asks = tuple(make.ask(f"a{n}", f"s{n}", f"需求 {n}") for n in range(11))
    minutes = store.identify("m1", make.minutes(asks=asks))
    store.save_minutes(minutes)
    for ask in minutes.asks:
        saved(store, ask, make.spec())
    assert [spec.id for spec in store.specs("m1")] == [f"S{n}" for n in range(1, 12)]


def test_edits_and_approvals_stay_on_top_of_a_new_draft(store, make, asks):
    question = OpenQuestion(id="q1", slot="permission", question="谁能导？", blocking=True)
    spec = saved(store, asks[0], make.spec(open_questions=(question,)))
    assert store.specs("m1")[0].status == "needs_answers"
    act(store, make, store.specs("m1")[0], "answer", field="q1", after="财务")
    act(store, make, store.specs("m1")[0], "set", field="title", after="订单导出 xlsx")
    client = Voice(who="吴总", side="client").model_dump(mode="json")
    act(store, make, store.specs("m1")[0], "approve", after=client)
    act(store, make, store.specs("m1")[0], "approve")
    effective = store.specs("m1")[0]
    assert (effective.status, effective.review, effective.title) == (
        "confirmed",
        "approved",
        "订单导出 xlsx",
    )
    saved(store, asks[0], make.spec(open_questions=(question,), assumptions=("只导当前页",)))
    changed = store.specs("m1")[0]
    assert (changed.title, changed.open_questions[0].answer) == ("订单导出 xlsx", "财务")
    assert (changed.review, changed.stale) == ("draft", ("changed_since_approval",))
    assert [one.title for one in store.spec_drafts("m1")[spec.uid]] == [spec.title] * 2


@pytest.mark.parametrize("how", ["rejected", "withdrawn"])
def test_the_spec_of_an_ask_that_is_no_longer_live_is_left_out(store, make, asks, how):
    saved(store, asks[0], make.spec())
    if how == "rejected":
        act(store, make, asks[0], "reject")
    else:
        act(store, make, asks[0], "set", field="status", after="withdrawn")
    assert store.specs("m1") == ()
    assert len(store.spec_drafts("m1")) == 1
    assert saved(store, asks[1], make.spec()).id == "S2"


def test_a_spec_that_people_worked_on_is_dropped_visibly_with_its_ask(store, make, asks):
    saved(store, asks[0], make.spec())
    act(store, make, store.specs("m1")[0], "set", field="title", after="导出")
    act(store, make, asks[0], "reject")
    (spec,) = store.specs("m1")
    assert (spec.status, spec.stale) == ("dropped", ("ask_gone",))
    ask = store.minutes("m1").asks[0]
    act(store, make, ask, "reopen")
    assert store.specs("m1")[0].status == "draft"


def test_a_spec_that_people_worked_on_keeps_an_ask_that_was_not_found_again(store, make, asks):
    saved(store, asks[0], make.spec())
    act(store, make, store.specs("m1")[0], "approve")
    store.save_minutes(store.identify("m1", make.minutes()))
    assert [ask.id for ask in store.minutes("m1").asks] == ["A1"]
    (spec,) = store.specs("m1")
    assert (spec.review, spec.stale) == ("approved", ("not_found_again:2",))


def test_the_spec_of_an_ask_that_vanished_vanishes_and_comes_back_with_it(store, make, asks):
    spec = saved(store, asks[0], make.spec())
    store.save_minutes(store.identify("m1", make.minutes()))
    assert store.specs("m1") == ()
    store.save_minutes(store.identify("m1", make.minutes(asks=(make.ask("x", "s1"),))))
    assert store.specs("m1") == (spec,)
