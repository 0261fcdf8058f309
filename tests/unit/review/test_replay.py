"""Properties of replaying any edits in any order."""

from hypothesis import given
from hypothesis import strategies as st

from pipeline import review
from pipeline.models.hashing import item_hash
from pipeline.models.minutes import Item, Minutes

TEXTS = st.sampled_from(["导出订单", "批量导出", "导出五万行", "Export it"])
STEPS = st.lists(
    st.tuples(
        st.sampled_from(["i1", "i2", "i3"]),
        st.one_of(
            st.tuples(st.just("set"), st.just("text"), TEXTS),
            st.tuples(
                st.just("set"), st.just("visibility"), st.sampled_from(["internal", "client"])
            ),
            st.tuples(
                st.sampled_from(["approve", "reject", "needs_client", "reopen"]),
                st.none(),
                st.none(),
            ),
        ),
    ),
    max_size=12,
)


def by_uid(minutes: Minutes) -> dict[str, Item]:
    return {item.uid: item for _, item in minutes.items()}


@given(steps=STEPS)
def test_replaying_all_edits_gives_what_each_edit_gave(new_desk, steps):
    desk = new_desk()
    expected: dict[str, dict[str, object]] = {uid: {} for uid in by_uid(desk.DRAFT)}
    decided = dict.fromkeys(expected, "draft")
    for uid, (operation, field, after) in steps:
        on = by_uid(desk.minutes)[uid]
        edit = review.propose(on, operation, field=field, after=after)
        applied = desk.apply(edit, on)
        desk.keep(edit)
        assert by_uid(desk.minutes)[uid] == applied
        if field is None:
            decided[uid] = applied.review
        else:
            if decided[uid] == "approved" and getattr(on, field) != after:
                decided[uid] = "draft"
            expected[uid][field] = after
    for uid, item in by_uid(desk.minutes).items():
        assert item.review == decided[uid]
        assert item.content_hash == item_hash(item)
        was = by_uid(desk.DRAFT)[uid]
        for field in ("text", "visibility"):
            assert getattr(item, field) == expected[uid].get(field, getattr(was, field))


@given(steps=STEPS, text=TEXTS)
def test_no_newer_draft_takes_an_edit_away(new_desk, steps, text):
    desk = new_desk()
    last: dict[tuple[str, str], object] = {}
    for uid, (operation, field, after) in steps:
        on = by_uid(desk.minutes)[uid]
        desk.do(review.propose(on, operation, field=field, after=after), on)
        if field is not None:
            last[uid, field] = after
    desk.draft = desk.DRAFT.with_(
        asks=(desk.ASK.with_(text=text),), actions=(desk.ACTION.with_(visibility="internal"),)
    )
    for (uid, field), after in last.items():
        assert getattr(by_uid(desk.minutes)[uid], field) == after
    for uid, item in by_uid(desk.minutes).items():
        if item.review == "approved":
            assert item.content_hash in {
                event.body.before
                for event in desk.events
                if event.body and event.entity_uid == uid and event.operation == "approve"
            }
