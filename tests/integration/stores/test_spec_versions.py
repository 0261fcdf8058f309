"""The versions of a spec: every content it had, by whom, and who said yes to which."""

import pytest

from pipeline import review
from pipeline.errors import NotFoundError
from pipeline.models.review import Voice
from pipeline.models.spec import OpenQuestion
from pipeline.stores import spec_versions

ASKED = OpenQuestion(id="q1", slot="format", question="Which format?", blocking=True)


@pytest.fixture
def ask(store, make, meeting):
    """The only ask of saved minutes."""
    store.save_minutes(store.identify("m1", make.minutes(asks=(make.ask("a1", "s1"),))))
    return store.minutes("m1").asks[0]


@pytest.fixture
def spec(store, make, ask):
    """Reads the only spec as it holds now; one was written by a run."""
    run(store, ask, make.spec().with_(open_questions=(ASKED,)))
    return lambda: store.specs("m1")[0]


def run(store, ask, drafted):
    store.save_spec("m1", store.identify_spec("m1", ask, drafted))


def act(store, make, on, operation, **more):
    edit = review.propose(on, operation, **more)
    project = store.meeting("m1").project
    return store.append_edit(make.actor, project=project, meeting="m1", edit=edit)


def told(store, spec):
    return [(one.number, one.by, one.current) for one in store.spec_versions("m1", spec.uid)]


def test_a_fresh_spec_has_one_version_that_a_run_wrote(store, spec):
    assert told(store, spec()) == [(1, None, True)]
    assert spec().version == 1


def test_every_change_of_content_is_a_version_and_a_yes_belongs_to_one(store, make, spec):
    act(store, make, spec(), "approve", after=Voice().model_dump(mode="json"))
    first = spec()
    act(store, make, first, "set", field="title", after="Export of the filtered orders")
    act(store, make, spec(), "answer", field="q1", after={"answer": "xlsx", "side": "client"})
    client = Voice(who="王总", side="client", channel="phone").model_dump(mode="json")
    act(store, make, spec(), "approve", after=client)

    assert told(store, spec()) == [
        (1, None, False),
        (2, make.actor.name, False),
        (3, make.actor.name, True),
    ]
    assert spec().version == 3
    one, two, three = store.spec_versions("m1", spec().uid)
    assert [yes.who for yes in one.approvals] == [make.actor.name]
    assert two.approvals == ()
    assert [yes.who for yes in three.approvals] == ["王总"]
    assert one.content_hash == first.content_hash
    assert three.spec.open_questions[0].answer == "xlsx"
    assert two.spec.title == "Export of the filtered orders"
    assert two.spec.open_questions[0].answer is None


def test_the_same_content_again_is_the_same_version(store, make, spec):
    title = spec().title
    act(store, make, spec(), "set", field="title", after="Another")
    assert spec().version == 2
    act(store, make, spec(), "set", field="title", after=title)
    assert spec().version == 1
    assert told(store, spec()) == [(1, None, True), (2, make.actor.name, False)]


def test_a_later_run_under_an_edit_is_a_version_with_the_edit_on_top(store, make, spec, ask):
    act(store, make, spec(), "set", field="title", after="Mine")
    run(store, ask, make.spec().with_(open_questions=(ASKED,), out_of_scope=("no pdf",)))
    assert spec().title == "Mine"
    assert spec().out_of_scope == ("no pdf",)
    assert told(store, spec()) == [(1, None, False), (2, make.actor.name, False), (3, None, True)]
    assert spec().version == 3


def test_a_run_that_writes_the_same_again_is_no_version(store, make, spec, ask):
    act(store, make, spec(), "set", field="title", after="Mine")
    run(store, ask, make.spec().with_(open_questions=(ASKED,)))
    assert told(store, spec()) == [(1, None, False), (2, make.actor.name, True)]


def test_what_an_edit_sees_has_the_same_number(store, make, spec):
    act(store, make, spec(), "set", field="title", after="Mine")
    seen = store.subject("m1", review.propose(spec(), "reject"))
    assert seen.version == spec().version == 2


def test_a_spec_of_another_meeting_is_not_there(store, spec):
    with pytest.raises(NotFoundError):
        store.spec_versions("m2", spec().uid)


def test_many_edits_are_gone_through_once_and_not_once_for_each(store, make, spec, monkeypatch):
    edits = 20
    for number in range(edits):
        act(store, make, spec(), "set", field="title", after=f"Title {number}")
    spec_versions._hashes.clear()
    done: list[str] = []
    real = review.done
    monkeypatch.setattr(
        review, "done", lambda edit, *a, **k: done.append("") or real(edit, *a, **k)
    )
    assert spec().version == edits + 1
    assert len(done) <= 2 * edits
