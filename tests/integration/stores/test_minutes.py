"""Items keep their names over runs, and a new run takes nothing from people."""

import pytest

from pipeline import review
from pipeline.models.minutes import Coverage, Uncited


def ids(minutes):
    return [item.id for _, item in minutes.items()]


def saved(store, minutes):
    """One run: named, then saved; what holds afterwards."""
    store.save_minutes(store.identify("m1", minutes))
    return store.minutes("m1")


def edited(store, make, item, operation, **more):
    edit = review.propose(item, operation, **more)
    project = store.meeting("m1").project
    return store.append_edit(make.actor, project=project, meeting="m1", edit=edit)


@pytest.fixture
def draft(make):
    return make.minutes(
        decisions=(make.decision("d1", "s1"), make.decision("d2", "s2", supersedes="d1")),
        asks=(
            make.ask("a1", "s3"),
            make.ask("a2", "s4", "再导一次", status="duplicate", duplicate_of="a1"),
        ),
        actions=(make.action("t1", "s5"),),
    )


def test_items_get_ids_by_kind_and_references_follow(store, meeting, draft):
    minutes = store.identify("m1", draft)
    assert ids(minutes) == ["D1", "D2", "A1", "A2", "T1"]
    assert minutes.decisions[1].supersedes == "D1"
    assert minutes.asks[1].duplicate_of == "A1"
    assert len({item.uid for _, item in minutes.items()}) == 5
    assert all(len(item.uid) == 26 for _, item in minutes.items())


def test_asked_again_the_names_are_the_same(store, meeting, draft):
    first = store.identify("m1", draft)
    assert store.identify("m1", draft) == first
    assert store.identify("m1", first) == first
    store.save_minutes(first)
    assert store.identify("m1", draft) == first


def test_saved_minutes_come_back_as_they_were(store, meeting, draft):
    minutes = store.identify("m1", draft).with_(
        status="partial",
        missing=("s9",),
        coverage=Coverage(uncited=(Uncited(segment="s7", cue="ask", item="A1"),)),
    )
    assert store.minutes("m1") is None
    assert store.draft_minutes("m1") is None
    store.save_minutes(minutes)
    assert store.minutes("m1") == minutes
    assert store.draft_minutes("m1") == minutes


def test_unnamed_items_are_refused(store, meeting, draft):
    with pytest.raises(ValueError, match="identify comes first"):
        store.save_minutes(draft)


def test_ids_run_through_the_project_and_not_through_the_meeting(store, make, meeting, project):
    saved(store, make.minutes(asks=(make.ask("a", "s1"),)))
    store.add_meeting(make.meeting(project.uid, "m2"))
    other = make.minutes("m2", asks=(make.ask("a", "s1"), make.ask("b", "s2", duplicate_of="A1")))
    named = store.identify("m2", other)
    assert ids(named) == ["A2", "A3"]
    assert named.asks[1].duplicate_of == "A1", "an ask of an earlier meeting"


def test_a_later_run_gives_what_it_finds_again_the_same_names(store, make, meeting, draft):
    first = saved(store, draft)
    again = make.minutes(
        asks=(make.ask("x9", "s8", "短信提醒"), make.ask("x1", "s3", "导出当前筛选的订单")),
        decisions=(make.decision("y1", "s1"),),
    )
    second = saved(store, again)
    assert ids(second) == ["D1", "A3", "A1"]
    assert second.asks[1].uid == first.asks[0].uid
    assert second.asks[1].text == "导出当前筛选的订单"


def test_an_item_that_vanished_comes_back_under_its_old_name(store, make, meeting, draft):
    saved(store, draft)
    assert ids(saved(store, make.minutes(asks=(make.ask("x", "s8"),)))) == ["A3"]
    assert ids(saved(store, draft)) == ["D1", "D2", "A1", "A2", "T1"]


def test_ids_of_what_vanished_are_not_given_to_another(store, make, meeting, draft):
    saved(store, draft)
    saved(store, make.minutes())
    assert ids(saved(store, make.minutes(asks=(make.ask("x", "s8"),)))) == ["A3"]


def test_a_later_run_overwrites_no_edit(store, make, meeting, draft):
    ask = saved(store, draft).asks[0]
    edited(store, make, ask, "set", field="text", after="批量导出订单为 xlsx")
    again = draft.with_(asks=(make.ask("a1", "s3", "导出订单和金额"),))
    minutes = saved(store, again)
    assert minutes.asks[0].text == "批量导出订单为 xlsx"
    assert minutes.asks[0].stale == ("draft_changed:text",)
    assert store.draft_minutes("m1").asks[0].text == "导出订单和金额"


def test_a_yes_to_a_draft_that_a_later_run_changed_falls_visibly(store, make, meeting, draft):
    ask = saved(store, draft).asks[0]
    edited(store, make, ask, "approve")
    assert store.minutes("m1").asks[0].review == "approved"
    assert saved(store, draft).asks[0].review == "approved"
    minutes = saved(store, draft.with_(asks=(make.ask("a1", "s3", "导出全部订单"),)))
    assert (minutes.asks[0].review, minutes.asks[0].stale) == (
        "draft",
        ("changed_since_approval",),
    )


def test_what_people_worked_on_stays_when_a_later_run_does_not_find_it(store, make, meeting, draft):
    first = saved(store, draft)
    edited(store, make, first.asks[0], "approve")
    edited(store, make, first.decisions[1], "set", field="text", after="先不做")
    second = saved(store, make.minutes(actions=(make.action("x", "s5"),)))
    assert ids(second) == ["D2", "A1", "T1"]
    assert (second.asks[0].review, second.asks[0].stale) == ("approved", ("not_found_again:2",))
    assert (second.decisions[0].text, second.decisions[0].stale) == (
        "先不做",
        ("not_found_again:2",),
    )
    assert ids(store.draft_minutes("m1")) == ["T1"]
    assert not second.reviewed


def test_a_person_confirms_what_was_not_found_again(store, make, meeting, draft):
    edited(store, make, saved(store, draft).asks[0], "approve")
    kept = saved(store, make.minutes()).asks[0]
    edited(store, make, kept, "approve")
    assert store.minutes("m1").asks[0].stale == ()
    again = saved(store, make.minutes(actions=(make.action("x", "s5"),)))
    assert again.asks[0].stale == ()


def test_what_is_found_again_is_no_longer_stale(store, make, meeting, draft):
    edited(store, make, saved(store, draft).asks[0], "approve")
    saved(store, make.minutes())
    ask = saved(store, draft).asks[0]
    assert (ask.review, ask.stale) == ("approved", ())


def test_what_comes_and_goes_is_stale_each_time_it_goes(store, make, meeting, draft):
    edited(store, make, saved(store, draft).asks[0], "approve")
    saved(store, make.minutes())
    edited(store, make, saved(store, draft).asks[0], "approve")
    assert saved(store, make.minutes()).asks[0].stale == ("not_found_again:4",)


def test_saving_the_same_items_is_the_same_run(store, make, meeting, draft, raw):
    minutes = store.identify("m1", draft)
    store.save_minutes(minutes)
    store.save_minutes(minutes.with_(status="partial", missing=("A1: x",)))
    linked = tuple(ask.with_(spec="S1") for ask in minutes.asks)
    store.save_minutes(minutes.with_(asks=linked))
    assert raw.execute("SELECT run FROM draft").fetchall() == [(1,)]
    assert store.minutes("m1").status == "complete"
    assert [ask.spec for ask in store.minutes("m1").asks] == [None, None], "no such spec"


def test_what_people_decide_is_no_part_of_a_draft(store, make, meeting, draft):
    minutes = store.identify("m1", draft)
    loud = minutes.asks[0].with_(review="approved", edited=True, stale=("x",))
    store.save_minutes(minutes.with_(asks=(loud,)))
    assert store.minutes("m1").asks[0] == minutes.asks[0]
