"""Turns are named by keys, by range and all that nobody has; each act is taken back with one key."""

import json

import pytest

from evals.bench import desk_calls as calls
from evals.bench.desk import settled
from pipeline.demo.calls import demo_folder
from pipeline.service import meetings, naming
from pipeline.service.intake import Intake

pytestmark = pytest.mark.slow
OURS, CLIENT = "陈立", "王敏"


@pytest.fixture(scope="module")
def mono(house):
    """The bundled call with its sound, whose turns nobody has: as one channel is heard."""
    meeting = calls.bundled(house, "zh", system="one channel", sound=True)
    turns = house.tools.store.transcript(meeting).segments
    seen = tuple(naming.Turn(id=one.id, speaker=one.speaker, side=one.side) for one in turns)
    naming.give(calls.ME, house, meeting, [naming.Gift(turns=seen)])
    return meeting


@pytest.fixture
def named(record_of):
    """Whose the turns of a call are, as the database has it."""
    return lambda meeting: [one.speaker for one in record_of(meeting).view().transcript.segments]


def test_a_call_is_named_by_keys_by_range_and_at_once(
    lane_of, page, mono, named, until, record_of, visit
):
    lane_of(page).open(mono)
    page.locator(".player .namer").click()
    people = page.locator(".player .naming .give .name").all_inner_texts()
    assert people == [OURS, CLIENT]
    until(lambda: page.locator(".player .go").get_attribute("aria-label") == "暂停")
    for key in "1221":
        page.keyboard.press(key)
    shown = page.locator(".player .turns .who")
    assert shown.all_text_contents()[:5] == [OURS, CLIENT, CLIENT, OURS, "–"]
    until(lambda: named(mono)[:5] == [OURS, CLIENT, CLIENT, OURS, None])
    page.keyboard.press("Shift+ArrowDown")
    page.keyboard.press("Shift+ArrowDown")
    assert "3" in page.locator(".player .naming .place").inner_text()
    page.keyboard.press("2")
    until(lambda: named(mono)[4:8] == [CLIENT, CLIENT, CLIENT, None])
    page.keyboard.press("u")
    until(lambda: named(mono)[3:8] == [OURS, None, None, None, None])
    assert shown.all_text_contents()[3:6] == [OURS, "–", "–"]
    page.keyboard.press("u")
    until(lambda: named(mono)[2:5] == [CLIENT, None, None])
    page.locator(".player .naming .whose").select_option("-")
    page.keyboard.press("a")
    page.keyboard.press("2")
    until(lambda: None not in named(mono))
    assert named(mono)[:3] == [OURS, CLIENT, CLIENT]
    page.keyboard.press("u")
    until(lambda: named(mono)[2:5] == [CLIENT, None, None])
    settled(page)
    assert "approve" not in [operation for operation, _ in record_of(mono).done()]
    page.reload()
    page.wait_for_selector(".player .turns li")
    assert shown.all_text_contents()[:4] == [OURS, CLIENT, CLIENT, "–"]


def test_somebody_new_and_a_name_that_a_colleague_was_quicker_with(
    lane_of, page, mono, named, until, house
):
    lane_of(page).open(mono)
    page.locator(".player .namer").click()
    page.keyboard.press("n")
    page.keyboard.type("赵敏")
    page.keyboard.press("Enter")
    page.wait_for_selector(".player .naming .new select:focus")
    assert page.locator(".player .naming .new select").input_value() == ""
    page.locator(".player .naming .new select").select_option("us")
    page.keyboard.press("Enter")
    until(lambda: named(mono)[3] == "赵敏")
    assert house.tools.store.transcript(mono).segments[3].side == "us"
    page.keyboard.press("ArrowUp")
    assert page.locator(".player .at-hand .who").inner_text() == "赵敏"
    assert page.locator(".player .naming .give .name").all_inner_texts() == [OURS, CLIENT, "赵敏"]
    turn = house.tools.store.transcript(mono).segments[3]
    seen = (naming.Turn(id=turn.id, speaker=turn.speaker, side=turn.side),)
    wang = calls.ME.with_(id="local:wang", name="王工")
    naming.give(
        wang, house, mono, [naming.Gift(turns=seen, person=naming.Person(name=OURS, side="us"))]
    )
    page.keyboard.press("2")
    page.wait_for_selector(".player .note:not([hidden])")
    assert "王工" in page.locator(".player .note").inner_text()
    until(lambda: page.locator(".player .turns .who").all_text_contents()[3] == OURS)
    assert named(mono)[3] == OURS


def test_the_list_stays_at_the_turn_at_hand_whatever_the_desk_answers(
    lane_of, page, mono, named, until
):
    lane_of(page).open(mono)
    page.locator(".player .namer").click()
    for _ in range(30):
        page.keyboard.press("ArrowDown")
    place = page.locator(".player .turns li").evaluate_all(
        "lines => lines.findIndex((line) => line.classList.contains('at-hand'))"
    )
    assert place >= 30
    page.keyboard.press("2")
    until(lambda: named(mono)[place] == CLIENT)
    page.wait_for_selector(".player .naming .kept:text-is('已保存')")
    settled(page)
    frame = page.locator(".player .turns").bounding_box()
    line = page.locator(".player .at-hand").bounding_box()
    assert frame["y"] <= line["y"] <= frame["y"] + frame["height"] - line["height"]


def test_turns_are_named_before_anything_is_made_of_them(desk, page, house, named, until, tmp_path):
    turns = json.loads((demo_folder() / "en" / "call.json").read_text(encoding="utf-8"))["turns"]
    file = tmp_path / "call.json"
    file.write_text(json.dumps({"turns": [{**one, "speaker": None} for one in turns]}))
    project = calls.bootstrap.demo_call("en").project.with_(system="not understood")
    meeting = meetings.add(calls.ME, house, file, Intake(project=project)).uid
    meetings.transcribe(calls.ME, house, meeting, lambda progress: None)
    page.goto(f"{desk.url}/review?m={meeting}&lang=en")
    page.wait_for_selector(".player .turns li")
    settled(page)
    assert meetings.view(calls.ME, house, meeting).minutes is None
    page.locator(".player .namer").click()
    page.keyboard.press("2")
    page.locator(".player .turns li").nth(5).locator(".words").click()
    page.locator(".player .turns li").nth(8).locator(".words").click(modifiers=["Shift"])
    page.locator(".player .naming .give").first.click()
    who = [one.name for one in project.participants]
    expected = [who[1], *[None] * 4, *[who[0]] * 4, None]
    until(lambda: named(meeting)[:10] == expected)
