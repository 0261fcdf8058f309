"""A spec is finished on its page."""


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
    assert answered.body.after == asked.options[0]
    assert approved.body.operation == "approve"
    assert {one.entity_uid for one in record.events()} == {spec.uid}
    now = next(one for one in record.view().specs if one.uid == spec.uid)
    assert now.review == "approved"
    assert next(one for one in now.open_questions if one.id == asked.id).answer == asked.options[0]
