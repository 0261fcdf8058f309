"""What was planted in the two bundled calls is found, in perfect words and in misheard ones."""

import re
from collections.abc import Callable
from typing import Any

import pytest

from pipeline.models.draft import Draft

MISHEARD_ZH = {"订单": "定单", "金蝶": "金碟", "脱敏": "托敏", "采购": "采够", "纪要": "记要", "缺货": "却货", "主管": "主馆"}  # fmt: skip
MISHEARD_EN = {"Xero": "zero", "masked": "mast", "refund ": "re fund ", "minutes": "minute"}


def misheard(text: str) -> str:
    """Words that sound alike in the place of some."""
    for right, wrong in (MISHEARD_ZH | MISHEARD_EN).items():
        text = text.replace(right, wrong)
    return text


def pauses_only(text: str) -> str:
    """Misheard, and a space where a mark was, as recognisers without punctuation write."""
    text = misheard(text)
    if re.search("[一-龥]", text):
        return re.sub("[，。？！、]", " ", text).strip()
    return re.sub("[,.?!]", "", text).lower()


def run_together(text: str) -> str:
    """Misheard, without any mark or pause."""
    return pauses_only(text).replace(" ", "") if re.search("[一-龥]", text) else pauses_only(text)


NOISES = pytest.mark.parametrize("spoil", [str, misheard, pauses_only, run_together])
LANGUAGES = pytest.mark.parametrize("language", ["zh", "en"])
pytestmark = [NOISES, LANGUAGES]


def at(items: tuple[Any, ...], turn: int) -> Any:
    """The only item that cites a turn."""
    (found,) = [one for one in items if str(turn) in cited(one)]
    return found


def cited(item: Any) -> set[str]:
    return {segment for citation in item.citations for segment in citation.segments}


Bundled = Callable[..., Draft]


def test_exactly_the_six_asks_are_found(bundled: Bundled, language: str, spoil: Any):
    asks = bundled(language, spoil).asks
    assert [ask.citations[0].segments[0] for ask in asks] == ["3", "12", "17", "22", "25", "31"]
    assert [ask.status for ask in asks] == ["live"] * 4 + ["withdrawn", "live"]


def test_a_far_turn_joins_the_export(bundled: Bundled, language: str, spoil: Any):
    export = at(bundled(language, spoil).asks, 3)
    assert {"5", "7", "28", "30"} <= cited(export)


def test_the_changed_limit_is_part_of_the_approval(bundled: Bundled, language: str, spoil: Any):
    approval = at(bundled(language, spoil).asks, 12)
    assert "36" in cited(approval)
    assert ("三千" if language == "zh" else "fifty") in approval.text.lower()


def test_the_later_limit_supersedes_the_earlier(bundled: Bundled, language: str, spoil: Any):
    decisions = bundled(language, spoil).decisions
    earlier, later = at(decisions, 16), at(decisions, 36)
    assert (earlier.state, later.state) == ("agreed", "agreed")
    assert later.supersedes == earlier.ref


def test_the_text_message_is_turned_down_and_no_ask(bundled: Bundled, language: str, spoil: Any):
    draft = bundled(language, spoil)
    decision = at(draft.decisions, 11)
    assert (decision.state, cited(decision)) == ("rejected", {"10", "11"})


def test_the_date_is_tentative(bundled: Bundled, language: str, spoil: Any):
    assert at(bundled(language, spoil).decisions, 35).state == "tentative"


def test_the_client_owes_an_answer(bundled: Bundled, language: str, spoil: Any):
    action = at(bundled(language, spoil).actions, 21)
    assert (action.side, action.due_date) == ("client", "2026-03-25")
    assert action.owner == ("王敏" if language == "zh" else "Susan Grant")


def test_we_owe_the_minutes(bundled: Bundled, language: str, spoil: Any):
    ours = [one for one in bundled(language, spoil).actions if "39" in cited(one)]
    assert "2026-03-20" in {one.due_date for one in ours}
    assert {one.side for one in ours} == {"us"}


def test_a_weak_promise_is_marked(bundled: Bundled, language: str, spoil: Any):
    action = at(bundled(language, spoil).actions, 34)
    assert action.weak
    assert action.due_date == "2026-06-30"


def test_the_missing_document_is_a_risk(bundled: Bundled, language: str, spoil: Any):
    assert at(bundled(language, spoil).risks, 20).visibility == "client"


def test_the_worry_about_staff_is_internal(bundled: Bundled, language: str, spoil: Any):
    (concern,) = bundled(language, spoil).concerns
    assert cited(concern) == {"38"}
    assert concern.visibility == "internal"


def test_what_we_said_alone_is_internal(bundled: Bundled, language: str, spoil: Any):
    draft = bundled(language, spoil)
    assert draft.internal == ("42", "43")
    assert at(draft.risks, 43).visibility == "internal"
    assert at(draft.risks, 43).text not in draft.summary.client


def test_the_document_question_is_open(bundled: Bundled, language: str, spoil: Any):
    assert at(bundled(language, spoil).questions, 18)
