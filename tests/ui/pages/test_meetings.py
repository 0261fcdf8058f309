"""The list of meetings: where each stands and what to do next."""

from pipeline.service import jobs
from pipeline.service.intake import Intake
from tests.ui.pages.conftest import ME

EMPTY = {"zh": "还没有会议", "en": "No meetings yet"}


def texts(page):
    told = [*page.text, *page.caption, *page.info, *page.warning]
    return "\n".join(str(one.value) for one in told)


def test_an_empty_list_says_what_to_do_first(language, open_page):
    page = open_page("meetings")
    assert not page.exception
    assert EMPTY[language] in texts(page)


def test_what_is_left_is_shown_and_what_nobody_works_on(desk, open_page, tmp_path):
    other = tmp_path / "other.txt"
    other.write_text("李总: 我们要报表。\n陈立: 好的。\n", "utf-8")
    queued = jobs.submit(ME, desk.house, other, Intake(title="*第二次* ![x](http://a/b)"))
    page = open_page("meetings")
    assert not page.exception
    said = texts(page)
    assert "*第二次* ![x](http://a/b)" in said
    assert desk.view.meeting.title in said
    assert "dragoman up" in said
    (cancel,) = [one for one in page.button if str(one.key).startswith("cancel-")]
    cancel.click().run()
    assert desk.house.tools.store.job(queued.meeting.uid).state == "cancelled"
    (again,) = [one for one in page.button if str(one.key).startswith("retry-")]
    again.click().run()
    assert desk.house.tools.store.job(queued.meeting.uid).run == 2


def test_the_review_page_of_a_meeting_opens_and_of_none_leads_back(language, desk, open_page):
    page = open_page("review", m=desk.meeting)
    assert not page.exception
    assert desk.view.meeting.title in str([one.value for one in page.markdown]).replace("\\", "")
    assert not open_page("review", m="NOSUCH").exception
    assert EMPTY[language] not in texts(open_page("review"))
