"""Speakers, the correction list and people's own edits in a call that is joined and taken apart."""

import pytest

from pipeline import handoff, run
from pipeline.models.correction import Correction
from pipeline.service import joining, meetings, mending, review, speakers, transcripts
from tests.integration.service.joining.conftest import ME, TURNS, export, heard, imported

WROTE = "这一句完全是另外写的，跟听到的没有关系。"
LABELLED = tuple((f"说话人 {'何周'.index(who[0]) + 1}", text) for who, text in TURNS)


def hear(house, uid):
    return run.hear(uid, house.tools, lambda progress: None)


def words(house, uid):
    return house.tools.store.transcript(uid)


def write(house, uid, turn, text=WROTE):
    transcripts.correct(ME, house, uid, turn.id, field="text", before=turn.text, after=text)


def last(house, uid):
    return review.history(ME, house, uid, "segment")[-1].uid


def put_right(house, uid, *rules):
    """Put these on the list of the meeting's project and follow them."""
    project = house.tools.store.project(house.tools.store.meeting(uid).project)
    wanted = tuple(Correction(heard=one, meant=other) for one, other in rules)
    house.tools.store.save_project(project.with_(corrections=wanted))
    return mending.apply(ME, house, uid).events


def confirm(house, uid):
    labels = sorted(one.label for one in speakers.of(ME, house, uid).speakers)
    chosen = [speakers.Choice(label=one, name=f"客户{one[-1]}", side="client") for one in labels]
    return [one.uid for one in speakers.confirm(ME, house, uid, chosen).events] if chosen else []


def test_a_turn_rewritten_after_a_join_is_not_put_beside_what_it_replaced(house, tmp_path):
    uid = heard(house, tmp_path)
    joining.accept(ME, house, uid, export(tmp_path), text="ours")
    for place in (0, 3, -1):
        write(house, uid, words(house, uid).segments[place])
    before = words(house, uid)
    assert len(before.segments) == len(TURNS)
    assert hear(house, uid) == before


def test_what_was_taken_back_after_a_join_stays_so_when_it_is_taken_apart(house, tmp_path):
    uid = heard(house, tmp_path)
    was = words(house, uid)
    write(house, uid, was.segments[1])
    joining.accept(ME, house, uid, export(tmp_path), text="ours")
    review.undo(ME, house, uid, last(house, uid))
    assert words(house, uid).segments[1].text == was.segments[1].text
    back = joining.apart(ME, house, uid).transcript
    assert back.segments == was.segments
    assert hear(house, uid) == back


def test_a_split_taken_back_after_a_join_stays_so_when_it_is_taken_apart(house, tmp_path):
    uid = imported(house, export(tmp_path))
    was = words(house, uid)
    turn = was.segments[3]
    transcripts.split(ME, house, uid, turn.id, at=5, before=turn.text)
    joining.accept(ME, house, uid, export(tmp_path, TURNS[:-1], "再导.json"), text="ours")
    review.undo(ME, house, uid, last(house, uid))
    assert hear(house, uid) == words(house, uid)
    back = joining.apart(ME, house, uid).transcript
    assert back.segments == was.segments
    assert hear(house, uid) == back


def test_a_correction_that_somebody_took_back_stays_so_in_a_part_of_its_turn(house, tmp_path):
    uid = heard(house, tmp_path)
    made = put_right(house, uid, ("收银员", "店员"))
    review.undo(ME, house, uid, *made)
    shorter = "两百块以下领班批，超过两百块要区域经理签字。"
    file = export(tmp_path, (*TURNS[:-1], ("周岚", shorter)))
    joined = joining.accept(ME, house, uid, file, text="theirs").transcript
    part = joined.segments[-1]
    assert part.id.startswith("s0007-")
    assert "收银员" in part.text
    assert hear(house, uid).segments[-1] == part


ORDERS = (("JSL", "SL"), ("SJL", "LS"), ("SLJ", "SL"), ("LSJ", "LS"), ("LJS", "L"))


@pytest.mark.parametrize(
    ("order", "back", "own", "text"),
    [
        ("JSL", "SL", "text", "ours"),
        ("SLJ", "LS", "sound", "ours"),
        *(
            pytest.param(*order, own, text, marks=pytest.mark.slow)
            for order in ORDERS
            for own in ("sound", "text")
            for text in ("ours", "theirs")
        ),
    ],
)
def test_every_order_holds_in_every_run(house, tmp_path, text, own, order, back):
    file = export(tmp_path, LABELLED)
    uid = heard(house, tmp_path) if own == "sound" else imported(house, file)
    other = file if own == "sound" else heard(house, tmp_path)
    acts = {
        "S": lambda: confirm(house, uid),
        "L": lambda: put_right(house, uid, ("抱损", "报损"), ("二号", "2号"), ("冷贵", "冷柜")),
        "J": lambda: joining.accept(ME, house, uid, other, text=text) and (),
    }
    made = {}
    for act in order:
        made[act] = acts[act]()
        assert hear(house, uid) == words(house, uid)
    there = {one.id for one in words(house, uid).segments}
    for act in back:
        events = {one.uid: one for one in review.history(ME, house, uid, "segment")}
        if made[act] and all(events[one].entity_uid in there for one in made[act]):
            review.undo(ME, house, uid, *made[act])
        assert hear(house, uid) == words(house, uid)
    apart = joining.apart(ME, house, uid).transcript
    assert hear(house, uid) == apart
    assert review.check(ME, house, uid) == ()
    if text == "ours" and own == "text":  # of a sound, the names came with the join
        assert ("客户1" in {one.speaker for one in apart.segments}) == bool(
            made["S"] and "S" not in back
        )


def test_a_chat_is_no_account_of_a_call_that_says_other_things(house, tmp_path):
    uid = heard(house, tmp_path)
    chat = tmp_path / "微信.txt"
    chat.write_text(
        "2026-03-18 09:00:00 周岚\n明天几点开会呢？\n\n"
        "2026-03-18 09:01:00 何平\n下午三点，老地方，我把清单也带上。\n",
        encoding="utf-8",
    )
    other = imported(house, chat)
    assert house.tools.store.meeting(other).kind == "chat"
    for one, two in ((uid, other), (other, uid)):
        assert not joining.propose(ME, house, one, two).joined.agreement.same


def test_minutes_of_words_the_list_changed_are_held_back(house, tmp_path):
    uid = heard(house, tmp_path)
    joining.accept(ME, house, uid, export(tmp_path))
    minutes = meetings.process(ME, house, uid, lambda progress: None).minutes
    cited = next(item.evidence[0] for _, item in minutes.items())
    turn = words(house, uid).segment(cited.segments[0])
    assert turn.id.startswith("j")
    put_right(house, uid, (turn.text[-5:-1], "别的字"))
    stale = {reason for _, one in house.tools.store.minutes(uid).items() for reason in one.stale}
    assert f"segment_corrected:{turn.id}" in stale
    assert "stale" in {one.code for one in handoff.check(house.tools.store.minutes(uid))}
    assert hear(house, uid) == words(house, uid)


@pytest.mark.parametrize("own", ["sound", "text"])
def test_what_the_list_did_by_itself_is_no_work_of_people(house, tmp_path, own):
    sound, text = heard(house, tmp_path), imported(house, export(tmp_path))
    project = house.tools.store.project(house.tools.store.meeting(text).project)
    house.tools.store.save_project(
        project.with_(corrections=(Correction(heard="二号", meant="2号"),))
    )
    for one in (sound, text):
        assert hear(house, one).version == 2
    uid, other = (sound, text) if own == "sound" else (text, sound)
    done = joining.accept(ME, house, uid, other, remove=True)
    assert done.deletion.removed["meetings"] == 1
    assert done.transcript.segments[2].text == TURNS[2][1].replace("二号", "2号")
    assert hear(house, uid) == done.transcript
    assert review.check(ME, house, uid) == ()


def test_a_chat_that_came_with_a_join_is_a_chat_again(house, tmp_path):
    uid = heard(house, tmp_path)
    chat = tmp_path / "微信.txt"
    lines = (f"2026-03-18 09:0{at}:00 {who}\n{text}\n" for at, (who, text) in enumerate(TURNS))
    chat.write_text("\n".join(lines), encoding="utf-8")
    other = imported(house, chat)
    assert house.tools.store.meeting(other).kind == "chat"
    joining.accept(ME, house, uid, other, remove=True)
    joining.apart(ME, house, uid)
    kinds = {one.own.name: one.kind for one in house.tools.store.meetings()}
    assert kinds == {"录音.wav": "call", "微信.txt": "chat"}
