"""An estimate, and the line that decided the fit, are written on the page of a spec."""


def test_an_effort_is_whose_it_is_and_the_deciding_line_can_be_another(
    desk, page, meeting, record, until
):
    view = record.view()
    spec = view.specs[0]
    other = next(one for one in view.project.capabilities if one != spec.fit_line)
    page.goto(f"{desk.url}/specs?m={meeting}&spec={spec.id}")
    part = page.locator(".specs [data-part=effort]")
    assert part.locator("select").is_disabled()
    part.locator("textarea").fill("3.5")
    part.locator("textarea").press("Enter")
    until(lambda: len(record.done()) == 1)
    (event,) = record.events()
    me = event.actor.name
    assert event.body.after == {"days": 3.5, "by": me}
    ours = next(
        one.name for one in view.project.participants if one.side == "us" and one.name != me
    )
    part.locator("select:not([disabled])").wait_for()
    part.locator("select").select_option(label=ours)
    until(lambda: len(record.done()) == 2)
    line = page.locator(".specs .said select").first
    line.select_option(label=other)
    until(lambda: len(record.done()) == 3)
    now = next(one for one in record.view().specs if one.uid == spec.uid)
    assert (now.effort.days, now.effort.by) == (3.5, ours)
    assert now.fit_line == other
    part.locator("textarea").fill("10000")
    part.locator("textarea").press("Enter")
    page.get_by_text("999").first.wait_for()

    assert len(record.done()) == 3
