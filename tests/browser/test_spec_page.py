"""A spec is finished on its page."""

from pipeline.models.answering import ALONE, PARTS, place_of, value_at


def test_a_spec_is_answered_and_approved(desk, page, meeting, record, until):
    spec, asked = next(
        (spec, one)
        for spec in record.view().specs
        for one in spec.open_questions
        if one.blocking and one.options
    )
    page.goto(f"{desk.url}/specs?m={meeting}&spec={spec.id}")
    question = page.locator(".specs .question", has=page.locator(".ref", has_text=asked.id)).first
    question.locator(".answers button").first.click()
    until(lambda: len(record.done()) == 1)
    page.locator("body").press("a")
    until(lambda: len(record.done()) == 2)
    answered, approved = record.events()
    assert answered.body.operation == "answer"
    assert answered.body.field == asked.id
    assert answered.body.after == {"answer": asked.options[0], "who": None, "side": "client"}
    assert approved.body.operation == "approve"
    assert {one.entity_uid for one in record.events()} == {spec.uid}
    now = next(one for one in record.view().specs if one.uid == spec.uid)
    assert now.review == "approved"
    assert next(one for one in now.open_questions if one.id == asked.id).answer == asked.options[0]


def test_an_answer_becomes_a_value_with_the_name_of_whoever_gave_it(
    desk, page, meeting, record, until
):
    spec, asked = next(
        (spec, one)
        for spec in record.view().specs
        for one in spec.open_questions
        if one.blocking and one.options and PARTS[one.slot] not in (None, *ALONE)
    )
    who = next(one.name for one in record.view().project.participants if one.side == "client")
    page.goto(f"{desk.url}/specs?m={meeting}&spec={spec.id}")
    page.locator(".specs select.who").select_option(label=who)
    question = page.locator(".specs .question", has=page.locator(".ref", has_text=asked.id)).first
    question.locator(".answers button").first.click()
    until(lambda: len(record.done()) == 1)
    now = next(one for one in record.view().specs if one.uid == spec.uid)
    told = next(one for one in now.open_questions if one.id == asked.id)
    assert (told.answered_by, told.answered_side) == (who, "client")
    slot = value_at(place_of(told, now), now)
    line = page.locator(f".specs [data-part={PARTS[asked.slot]}] .line", has_text=who)
    line.wait_for()
    assert line.locator("textarea").input_value() == slot.value
    page.locator(".specs [data-part=changes] summary").click()
    change = page.locator(".specs [data-part=changes] ins", has_text=slot.value)
    change.wait_for()


def test_what_changed_since_the_last_yes_or_since_the_draft_is_a_choice(
    desk, page, meeting, record, until
):
    spec = record.view().specs[0]
    page.goto(f"{desk.url}/specs?m={meeting}&spec={spec.id}")
    title = page.locator(".specs .top textarea")
    title.fill("先改一次")
    title.blur()
    until(lambda: len(record.done()) == 1)
    page.locator("body").press("a")
    until(lambda: len(record.done()) == 2)
    page.locator(".specs .all li").filter(has_text=spec.id).first.click()
    title.fill("再改一次")
    title.blur()
    until(lambda: len(record.done()) == 3)
    changes = page.locator(".specs [data-part=changes]")
    changes.locator("option[value=approved]").wait_for(state="attached")
    changes.locator("summary").click()
    gone = changes.locator("del")
    until(lambda: gone.all_inner_texts() == ["先"])
    changes.locator("select").select_option(value="draft")
    until(lambda: gone.all_inner_texts() == [spec.title])
