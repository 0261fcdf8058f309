"""The minutes as a document: what is said where, in both languages."""

from dataclasses import replace
from itertools import takewhile

import pytest

from pipeline.exporters.blocks.minutes import minutes_document
from pipeline.exporters.markdown import page
from pipeline.models.answer import RecordedFrom
from pipeline.models.client_view import client_view
from pipeline.models.document import Banner, Bullets, Document, Entries, Heading, Paragraph, Table
from pipeline.models.hashing import sealed
from pipeline.models.minutes import ARRAYS
from pipeline.models.view import InternalView

JARGON = ("slot", "weak", "dictionary", "grounded", "segment", "needs_client", "client-client")


def headings(document: Document) -> list[str]:
    return [block.text for block in document.blocks if isinstance(block, Heading)]


def approved(view: InternalView) -> InternalView:
    minutes = sealed(view.minutes)
    arrays = {
        name: tuple(item.with_(review="approved") for item in getattr(minutes, name))
        for name in ARRAYS.values()
    }
    return replace(view, minutes=minutes.with_(**arrays, reviewed=True))


def test_the_sections_stand_in_the_order_of_a_reader(view: InternalView):
    expected = {
        "zh": [
            "概要",
            "定下来的事",
            "客户的需求",
            "提过又撤回的",
            "待办",
            "风险",
            "要向客户问清的问题",
            "先放着的问题",
            "要我方答复的问题",
            "仅供内部",
            "说法对不上的地方",
            "顾虑与情绪",
            "说了没记",
            "怎么看这份文档",
        ],
        "en": [
            "Summary",
            "Decisions",
            "What the client asked for",
            "Asked for and withdrawn",
            "Actions",
            "Risks",
            "Questions to ask the client",
            "Parked questions",
            "Questions for us to answer",
            "Internal only",
            "Statements that do not fit together",
            "Worries",
            "Said, not minuted",
            "How to read this",
        ],
    }
    assert headings(minutes_document(view)) == expected[view.minutes.language]


def test_no_word_of_ours_is_on_the_page(view: InternalView):
    text = page(minutes_document(view)).lower()
    assert [word for word in JARGON if word in text] == []


def test_every_item_is_there_with_its_words(view: InternalView):
    text = page(minutes_document(view))
    for _, item in view.minutes.items():
        assert item.text.rstrip("。.") in text, item.id
    for item in (*view.minutes.decisions, *view.minutes.actions):
        for one in item.evidence:
            assert f"“{one.quote}”" in text


def test_a_quote_reads_as_time_speaker_and_words(view: InternalView):
    text = page(minutes_document(view))
    line = {
        "zh": "[00:22 王敏 “能不能给我们来个一键导出？财务催得很。”]",
        "en": "[00:22 Susan Grant “Can we just have a one click export? The accountant keeps asking for it.”]",
    }
    assert line[view.minutes.language] in text


def test_a_call_in_which_no_side_is_known_says_so_to_our_own_people(view: InternalView):
    told = {"zh": "谁代表哪一方", "en": "Who speaks for whom"}[view.minutes.language]
    assert told not in page(minutes_document(view))
    assert view.transcript is not None
    nobody = [one.with_(side="unknown") for one in view.transcript.segments]
    bare = replace(view, transcript=view.transcript.with_(segments=tuple(nobody)))
    assert told in page(minutes_document(bare))


def test_a_draft_says_so_before_anything_else(view: InternalView):
    first = minutes_document(view).blocks[0]
    assert isinstance(first, Banner)
    assert first.tone == "warn"
    draft = {"zh": "草稿，未经审核", "en": "Draft, not reviewed"}
    assert first.line[0].text == draft[view.minutes.language]


def test_a_half_reviewed_draft_says_how_much_is_open(view: InternalView):
    minutes = view.minutes
    seen = minutes.decisions[0].with_(review="approved")
    view = replace(view, minutes=minutes.with_(decisions=(seen, *minutes.decisions[1:])))
    first = minutes_document(view).blocks[0]
    assert isinstance(first, Banner)
    total = sum(1 for _ in minutes.items())
    assert str(total) in first.line[0].text
    assert str(total - 1) in first.line[0].text


def test_approved_minutes_for_the_client_carry_no_banner(view: InternalView):
    document = minutes_document(client_view(approved(view)))
    assert not any(isinstance(block, Banner) for block in document.blocks)


def test_approved_minutes_for_us_still_say_that_they_are_internal(view: InternalView):
    first = minutes_document(approved(view)).blocks[0]
    assert isinstance(first, Banner)
    assert first.tone == "muted"


def test_an_edit_after_the_approval_brings_the_banner_back(view: InternalView):
    view = approved(view)
    changed = view.minutes.decisions[0].with_(text="something else")
    minutes = view.minutes.with_(decisions=(changed, *view.minutes.decisions[1:]))
    first = minutes_document(client_view(replace(view, minutes=minutes))).blocks[0]
    assert isinstance(first, Banner)
    assert first.tone == "warn"


def test_a_replaced_decision_names_the_one_that_holds(view: InternalView):
    text = page(minutes_document(view))
    assert {"zh": "已被 D2 取代", "en": "replaced by D2"}[view.minutes.language] in text


def test_a_soft_promise_is_flagged_for_us_and_not_for_the_client(view: InternalView):
    soft = {"zh": "说得不硬", "en": "soft promise"}[view.minutes.language]
    assert soft in page(minutes_document(view))
    assert soft not in page(minutes_document(client_view(view)))


def test_an_action_shows_the_date_and_the_words_it_came_from(view: InternalView):
    table = next(block for block in minutes_document(view).blocks if isinstance(block, Table))
    when = ["".join(run.text for run in line) for line in table.rows[0][3].lines]
    expected = {
        "zh": ["2026-03-25（周三）", "“下周三之前”"],
        "en": ["2026-03-25 (Wed)", "“by next Wednesday”"],
    }
    assert when == expected[view.minutes.language]


def test_at_most_eight_questions_go_out_and_the_rest_is_parked_in_sight(view: InternalView):
    blocks = minutes_document(view).blocks
    parked = {"zh": "先放着的问题", "en": "Parked questions"}[view.minutes.language]
    at = next(n for n, b in enumerate(blocks) if isinstance(b, Heading) and b.text == parked)
    first = blocks[at - 1]
    assert isinstance(first, Entries)
    assert [one.ref for one in first.items] == [str(n) for n in range(1, 9)]
    rest = list(takewhile(lambda b: not isinstance(b, Heading), blocks[at + 1 :]))
    reasons, lists = rest[::2], rest[1::2]
    assert all(isinstance(one, Paragraph) and one.line[0].text for one in reasons)
    parked = [line for one in lists if isinstance(one, Bullets) for line in one.items]
    asked = sum(not q.answer for spec in view.specs for q in spec.open_questions)
    theirs = len(view.minutes.questions) - 1
    assert len(first.items) + len(parked) == asked + theirs


def test_questions_that_hold_up_the_work_come_first(view: InternalView):
    text = page(minutes_document(view))
    blocking = {"zh": "不答做不了", "en": "needed before work starts"}[view.minutes.language]
    numbered = [line for line in text.splitlines() if line.startswith(("- **1** ", "- **4** "))]
    assert [blocking in line for line in numbered[:2]] == [True, True]


def test_an_item_without_words_comes_first_and_says_so(view: InternalView):
    minutes = view.minutes
    bare = minutes.decisions[3].with_(evidence=())
    view = replace(view, minutes=minutes.with_(decisions=(*minutes.decisions[:3], bare)))
    entries = next(b for b in minutes_document(view).blocks if isinstance(b, Entries))
    assert entries.items[0].ref == "D4"
    missing = {"zh": "没找到原话", "en": "not found"}[minutes.language]
    assert missing in "".join(run.text for run in entries.items[0].line)


def test_words_with_another_number_are_shown_with_a_warning(view: InternalView):
    minutes = view.minutes
    first = minutes.decisions[0]
    weak = first.with_(evidence=(first.evidence[0].with_(match="weak"),))
    view = replace(view, minutes=minutes.with_(decisions=(weak, *minutes.decisions[1:])))
    mark = {"zh": "与原话对不上", "en": "a number, a “not” or the subject differs"}[
        minutes.language
    ]
    assert mark in page(minutes_document(view))


def test_a_call_without_times_shows_no_empty_brackets(view: InternalView):
    minutes = view.minutes
    first = minutes.decisions[0]
    untimed = tuple(one.with_(start=None, end=None) for one in first.evidence)
    view = replace(
        view,
        minutes=minutes.with_(decisions=(first.with_(evidence=untimed),), topics=()),
    )
    text = page(minutes_document(view))
    assert f"[{untimed[0].speaker} “{untimed[0].quote}”]" in text


def test_many_quotes_are_cut_to_a_few_and_the_other_places_named(view: InternalView):
    text = page(minutes_document(view))
    assert {"zh": "另有 2 处：02:39、02:50", "en": "2 more: 02:39, 02:50"}[
        view.minutes.language
    ] in text


def test_what_a_person_rejected_is_left_out(view: InternalView):
    minutes = view.minutes
    wrong = minutes.decisions[3].with_(review="rejected")
    view = replace(view, minutes=minutes.with_(decisions=(*minutes.decisions[:3], wrong)))
    entries = next(b for b in minutes_document(view).blocks if isinstance(b, Entries))
    assert [one.ref for one in entries.items] == ["D1", "D2", "D3"]


def test_what_was_not_processed_is_named_by_its_time(view: InternalView):
    minutes = view.minutes.with_(status="partial", missing=("A3: engine_down()", "s7"))
    text = page(minutes_document(replace(view, minutes=minutes)))
    expected = {"zh": "没有全部处理完：A3、00:38", "en": "Not everything was processed: A3, 00:38"}
    assert expected[minutes.language] in text
    assert "engine_down" not in text


@pytest.mark.parametrize("missing", ["participants", "date", "transcript"])
def test_what_nobody_knows_is_left_out_or_said(view: InternalView, missing: str):
    if missing == "transcript":
        view = replace(view, transcript=None)
    else:
        empty = () if missing == "participants" else None
        view = replace(view, meeting=view.meeting.with_(**{missing: empty}))
    text = page(minutes_document(view))
    if missing == "participants":
        assert {"zh": "- 客户方：王敏", "en": "- For the client: Susan Grant"}[
            view.minutes.language
        ] in text
    if missing == "date":
        assert {"zh": "没有日期", "en": "no date"}[view.minutes.language] in text
    if missing == "transcript":
        assert {"zh": "第 s2 句", "en": "turn s2"}[view.minutes.language] in text


def test_the_clients_people_come_first_by_office(view: InternalView):
    people = (
        {"name": "Low", "side": "client", "role": "工程师"},
        {"name": "High", "side": "client", "role": "总经理"},
        {"name": "Middle", "side": "client", "role": "部门经理"},
        {"name": "Deputy", "side": "client", "role": "副总经理"},
    )
    project = view.project.with_(participants=people)
    meeting = view.meeting.with_(participants=tuple(one["name"] for one in people))
    text = page(minutes_document(replace(view, project=project, meeting=meeting)))
    places = [text.index(name) for name in ("High", "Deputy", "Middle", "Low")]
    assert places == sorted(places)


def test_nobody_is_given_a_form_of_address(view: InternalView):
    text = page(minutes_document(view))
    assert not any(word in text for word in ("先生", "女士", "Mr ", "Ms "))


def test_minutes_of_recorded_answers_say_so_to_us_and_not_to_the_client(view: InternalView):
    origin = RecordedFrom(
        model="qwen3:32b", answered_by="a model", recorded_at="2026-03-18T09:00:00.000Z"
    )
    recorded = replace(view, minutes=view.minutes.with_(recorded_from=origin))
    ours = page(minutes_document(recorded))
    assert "qwen3:32b" in ours
    assert "2026-03-18" in ours.replace("\\-", "-")
    theirs = client_view(approved(recorded))
    assert theirs.minutes.recorded_from is None
    assert "qwen3:32b" not in page(minutes_document(theirs))
