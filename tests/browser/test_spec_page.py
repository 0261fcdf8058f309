"""A spec is finished on its page."""

from evals.bench import desk_calls as calls
from pipeline.handoff import check
from pipeline.models.answering import ALONE, PARTS, place_of, value_at
from pipeline.service import transcripts


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


def test_a_test_that_shows_nothing_is_told_under_its_row_and_closes_the_gate(
    desk, page, meeting, record, until
):
    spec = next(one for one in record.view().specs if one.acceptance)
    page.goto(f"{desk.url}/specs?m={meeting}&spec={spec.id}")
    result = page.locator(".specs [data-part=acceptance] tbody tr").first.locator("textarea").last
    result.fill("导出成功")
    result.blur()
    until(lambda: len(record.done()) == 1)
    finding = page.locator(".specs [data-part=acceptance] tbody tr .finding.bad")
    finding.wait_for()
    assert "“成功”" in finding.inner_text()
    now = next(one for one in record.view().specs if one.uid == spec.uid)
    assert "lint_error" in [one.code for one in check(now)]


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


def drafted_anew(record, spec, *questions):
    """A new run wrote the spec with other questions, while a page shows the old ones."""
    store, meeting = record.house.tools.store, record.view().meeting.uid
    draft = store.spec_drafts(meeting)[spec.uid][-1]
    store.save_spec(meeting, draft.with_(open_questions=questions))


def test_an_answer_lands_on_no_question_that_a_new_run_put_in_its_place(
    desk, page, meeting, record, until
):
    spec = next(one for one in record.view().specs if one.open_questions)
    seen = spec.open_questions[0].with_(
        question="导出成什么格式？", options=("Excel",), blocking=True
    )
    other = seen.with_(question="谁可以导出？", options=("主管",))
    drafted_anew(record, spec, seen)
    page.goto(f"{desk.url}/specs?m={meeting}&spec={spec.id}")
    page.locator(".specs .free").first.fill("Excel，每月一份")
    drafted_anew(record, spec, other)
    page.locator(".specs .answers button", has_text="Excel").click()
    note = page.locator(".specs .note .refused")
    note.wait_for()
    for words in (seen.question, other.question, "Excel"):
        assert words in note.inner_text()
    assert "{" not in note.inner_text()
    until(lambda: page.locator(".specs .answers button", has_text="主管").count() == 1)
    assert page.locator(".specs .free").first.input_value() == ""
    assert record.done() == []
    drafted_anew(record, spec, other, seen.with_(id="q77"))
    page.reload()
    question = page.locator(".specs .question", has=page.locator(".ref", has_text="q77"))
    question.locator(".answers button", has_text="Excel").click()
    until(lambda: len(record.done()) == 1)
    now = next(one for one in record.view().specs if one.uid == spec.uid)
    assert [one.answer for one in now.open_questions] == [None, "Excel"]


def test_what_was_typed_to_a_question_stays_with_its_words(desk, page, meeting, record, until):
    spec = next(one for one in record.view().specs if one.open_questions)
    seen = spec.open_questions[0].with_(question="导出成什么格式？", blocking=True)
    other = seen.with_(question="谁可以导出？")
    drafted_anew(record, spec, seen)
    page.goto(f"{desk.url}/specs?m={meeting}&spec={spec.id}")
    page.locator(".specs .free").first.fill("Excel，每月一份")
    drafted_anew(record, spec, other, seen.with_(id="q77"))
    page.reload()
    free = page.locator(".specs .question .free")
    until(lambda: free.count() == 2)
    assert [one.input_value() for one in free.all()] == ["", "Excel，每月一份"]


def test_what_keeps_an_approved_spec_here_is_said_beside_the_buttons(
    desk, page, meeting, record, until, house
):
    spec = next(one for one in record.view().specs if one.rules and one.rules[0].evidence)
    page.goto(f"{desk.url}/specs?m={meeting}&spec={spec.id}")
    page.locator(".specs .top textarea").wait_for()
    against = page.locator(".specs .bar .against")
    waits = sum(one.blocking and one.answer is None for one in spec.open_questions)
    until(lambda: (f"{waits} 个问题没答" in against.inner_text()) if waits else not against.count())
    page.locator(".specs [data-act=approve]").click()
    until(lambda: len(record.done()) == 1)
    uid, (turn, *_) = record.view().meeting.uid, spec.rules[0].evidence[0].segments
    heard = house.tools.store.transcript(uid)
    text = next(one.text for one in heard.segments if one.id == turn)
    transcripts.correct(
        calls.ME, house, uid, turn, field="text", before=text, after=f"{text}，是的"
    )
    page.goto(f"{desk.url}/specs?m={meeting}&spec={spec.id}")
    until(lambda: against.count() == 1 and "1 处要再看" in against.inner_text())
