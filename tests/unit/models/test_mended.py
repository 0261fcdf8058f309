"""What a list changed in a turn, and any part of it taken back in any order."""

from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.language.mending import Mending, changed, changes
from pipeline.models.actor import Actor
from pipeline.models.correcting import Turns, corrected
from pipeline.models.correction import Correction
from pipeline.models.mended import refused, shown, taken_back
from pipeline.models.review import Edit, EditEvent, chain
from pipeline.models.transcript import EngineName, Segment, Transcript, Word

ME = Actor(id="u1", name="陈立", via="test")
RULES = (
    Correction(heard="定单", meant="订单"),
    Correction(heard="k three", meant="K3"),
    Correction(heard="乙", meant="乙乙乙丙"),
    Correction(heard="丁丁", meant="戊"),
)


class Call:
    """One turn and its events, kept as the store keeps them."""

    def __init__(self, text: str) -> None:
        segment = Segment(id="s1", index=0, text=text)
        self.heard = Transcript(engine=EngineName(name="x"), segments=(segment,))
        self.turns = Turns(self.heard)
        self.events: list[EditEvent] = []

    @property
    def now(self) -> Transcript:
        return self.turns.transcript()

    @property
    def text(self) -> str:
        return self.now.segments[0].text

    def keep(self, edit: Edit) -> None:
        last = self.events[-1] if self.events else None
        more = {"actor": ME, "at": "2026-01-01T00:00:00Z", "project": "p", "meeting": "m"}
        event = chain(edit, after=last, uid=f"e{len(self.events)}", salt="x", **more)
        self.events.append(event)
        self.turns.correct(edit)

    def mend(self) -> None:
        for one in changes(self.text, Mending(RULES).places(self.text)):
            self.keep(said(self.text, one.applied(self.text), mended=one))

    def undo(self, *uids: str) -> None:
        chosen = [one for one in reversed(self.events) if one.uid in uids]
        taken = taken_back(chosen, self.now, self.events)
        for event in taken.events:
            edit = event.body
            assert edit.after == self.text
            self.keep(edit.with_(before=edit.after, after=edit.before, undoes=event.uid))
        for edit in taken.again:
            assert edit.before == self.text
            self.keep(edit)


def said(before: str, after: str, **more) -> Edit:
    about = {"entity": "segment", "entity_uid": "s1", "operation": "set", "field": "text"}
    return Edit(**about, before=before, after=after, version=1, **more)


TEXTS = st.lists(st.sampled_from(["定单", "k three", "乙", "丁丁", "甲", "，", " "]), max_size=12)


@settings(deadline=None)
@given(TEXTS.map("".join), st.data())
def test_any_places_are_taken_back_in_any_order_and_the_others_stay(text, data):
    call = Call(text)
    places = Mending(RULES).places(text)
    call.mend()
    left = list(range(len(places)))
    while left:
        standing = sorted(shown(call.now, call.events).get("s1", ()), key=lambda one: one.start)
        assert [one.mended.heard for one in standing] == [places[at].rule.heard for at in left]
        assert all(call.text[one.start : one.end] == one.mended.now for one in standing)
        gone = data.draw(st.sets(st.sampled_from(left), min_size=1))
        call.undo(*(standing[left.index(at)].event.uid for at in gone))
        left = [at for at in left if at not in gone]
        assert call.text == changed(text, [places[at] for at in left])
        assert corrected(call.heard, call.events).segments[0].text == call.text
    assert call.text == text


def test_what_a_person_wrote_since_hides_the_place_and_is_a_no():
    call = Call("定单和定单")
    call.mend()
    assert refused(call.events) == frozenset()
    call.keep(said(call.text, "订单和货单"))
    assert shown(call.now, call.events) == {}
    assert refused(call.events) == {("s1", "定单")}


def test_places_of_two_acts_stand_where_they_are_now():
    call = Call("定单 定单")
    first, second = Mending(RULES[:1]).places(call.text)
    late = second.mended(call.text)
    call.keep(said(call.text, late.applied(call.text), mended=late))
    early = first.mended(call.text).with_(now="订货单")
    call.keep(said(call.text, early.applied(call.text), mended=early))
    assert call.text == "订货单 订单"
    assert {(one.start, one.end) for one in shown(call.now, call.events)["s1"]} == {(0, 3), (4, 6)}
    call.undo("e0")
    assert call.text == "订货单 定单"


def test_the_doubts_of_the_recogniser_stay_and_its_words_are_joined():
    spoken = [(" 把", 0.9), ("定", 0.4), ("单导", 0.6), ("出", 0.9)]
    words = tuple(
        Word(start=at, end=at + 1, text=text, probability=sure)
        for at, (text, sure) in enumerate(spoken)
    )
    turn = Segment(
        id="1", index=0, start=0, end=4, text="把定单导出", words=words, avg_logprob=-1.2
    )
    turns = Turns(Transcript(engine=EngineName(name="x"), segments=(turn,)))
    mended = {"heard": "定单", "meant": "订单", "at": 1, "was": "定单", "now": "订单"}
    edit = Edit(
        entity="segment",
        entity_uid="1",
        operation="set",
        field="text",
        before=turn.text,
        after="把订单导出",
        mended=mended,
    )
    turns.correct(edit)
    now = turns.get("1")
    assert now.avg_logprob == -1.2
    assert [(one.text, one.start, one.end, one.probability) for one in now.words] == [
        (" 把", 0, 1, 0.9),
        ("订单导", 1, 3, 0.4),
        ("出", 3, 4, 0.9),
    ]
    turns.restore(edit.with_(before=edit.after, after=edit.before, undoes="e"), turn)
    assert turns.get("1") == turn
