"""The client's copy of a spec: what we understood, what we go by, what we ask, what waits."""

import re
from dataclasses import replace
from io import BytesIO

import pytest
from openpyxl import load_workbook

from pipeline.exporters.blocks.minutes import minutes_document
from pipeline.exporters.blocks.questions import asking_for
from pipeline.exporters.blocks.spec import spec_document
from pipeline.exporters.docx.exporter import DocxExporter
from pipeline.exporters.html.exporter import HtmlExporter
from pipeline.exporters.markdown import page
from pipeline.exporters.xlsx.exporter import XlsxExporter
from pipeline.models.client_view import View, client_view
from pipeline.models.document import Document, Heading
from pipeline.models.project import PlainWord
from pipeline.models.spec import Acceptance, OpenQuestion
from pipeline.models.view import InternalView
from pipeline.words.loader import say

HEADS = {
    "zh": ["我们的理解", "请您答复", "先放着的"],
    "en": ["What we understood", "Questions for you", "Parked"],
}


def headings(document: Document) -> list[str]:
    return [one.text for one in document.blocks if isinstance(one, Heading)]


def asked(count: int, words: str = "") -> tuple[OpenQuestion, ...]:
    return tuple(
        OpenQuestion(
            id=f"q{n}", slot="fields", question=f"{words}{letter}?", options=(f"{words}1{letter}", "x"),
            recommended="x", blocking=n == 0,
        )
        for n, letter in enumerate("abcdefghijklmnop"[:count])
    )  # fmt: skip


@pytest.fixture
def many(view: InternalView) -> InternalView:
    return replace(view, specs=(view.specs[0].with_(open_questions=asked(10)), *view.specs[1:]))


def test_it_begins_with_listening(many: InternalView):
    seen = client_view(many)
    told = headings(spec_document(seen.specs[0], seen))
    assert told[: len(HEADS["zh"])] == HEADS[many.minutes.language]


def test_our_own_copy_has_the_questions_where_developers_look(many: InternalView):
    told = headings(spec_document(many.specs[0], many))
    assert not set(told) & {HEADS[many.minutes.language][0]}


def test_no_question_of_the_spec_is_missing_from_the_clients_copy(many: InternalView):
    seen = client_view(many)
    text = page(spec_document(seen.specs[0], seen))
    assert all(f"{one.question.removesuffix('?')}" in text for one in seen.specs[0].open_questions)


def test_an_answered_question_is_shown_with_its_answer(view: InternalView):
    one = OpenQuestion(
        id="q1", slot="contract", question="Who pays?", answer="You", answered_side="us"
    )
    seen = client_view(replace(view, specs=(view.specs[0].with_(open_questions=(one,)),)))
    text = page(spec_document(seen.specs[0], seen))
    assert "Who pays?" in text
    assert "You" in text


def test_the_client_hears_plain_words_and_we_do_not(view: InternalView):
    project = view.project.with_(plain_words=(PlainWord(term="Qwert", say="Plain thing"),))
    questions = asked(2, "Qwert ")
    ours = replace(view, project=project, specs=(view.specs[0].with_(open_questions=questions),))
    seen = client_view(ours)
    theirs = page(minutes_document(seen)) + page(spec_document(seen.specs[0], seen))
    assert "Qwert" not in theirs
    assert "Plain thing" in theirs
    assert "Qwert" in page(minutes_document(ours))
    assert seen.project.plain_words == ()


def test_a_dispute_ranks_in_the_clients_copy_and_is_not_told_there(view: InternalView):
    words = "三千以上的订单由主管还是财务审批"
    quarrel = view.minutes.conflicts[0].with_(text=words + "，吵了两次")
    plain, sore = (
        OpenQuestion(id=f"q{n}", slot="approval", question=text)
        for n, text in enumerate(("什么时候上线呢这件事", words + "？"))
    )
    ours = replace(
        view,
        minutes=view.minutes.with_(conflicts=(quarrel,), questions=()),
        specs=(view.specs[0].with_(open_questions=(plain, sore)),),
    )
    seen = client_view(ours)
    assert [one.text for one in asking_for(seen).first] == [sore.question, plain.question]
    assert "吵了两次" not in page(minutes_document(seen))


def test_word_and_web_page_say_it_as_well(many: InternalView):
    seen = client_view(many)
    first = HEADS[many.minutes.language][0]
    assert first in HtmlExporter().render(seen)["specs.html"].decode("utf-8")
    assert DocxExporter().render(seen)["specs.docx"]


@pytest.mark.parametrize("kind", ["page", "sheet"])
def test_the_clients_copy_names_no_short_id_of_a_question(view: InternalView, kind: str):
    spec = view.specs[0]
    first, second, *_ = asked(2)
    told = say("cases.then_answer", spec.language, id="q1", question=first.question)
    answered = second.with_(answer="x", answered_by="W", answered_side="client")
    case = Acceptance(given="a", when="b", then=told, kind="boundary")
    mine = spec.with_(open_questions=(first, answered), acceptance=(case,))
    seen = client_view(replace(view, specs=(mine,)))

    def text(one: View) -> str:
        if kind == "page":
            return page(spec_document(one.specs[0], one))
        book = load_workbook(BytesIO(XlsxExporter().render(one)["specs.xlsx"]))
        return str([row for sheet in book for row in sheet.iter_rows(values_only=True)])

    reply = say("cases.then_reply", spec.language, question="").strip()
    assert not re.search(r"\bq[12]\b", text(seen))
    assert reply in text(seen)
    assert re.search(r"q1", text(replace(view, specs=(mine,))))


def test_what_comes_next_round_says_so_by_itself(view: InternalView):
    spec = view.specs[0]
    letters = "abcdefghijkl"
    asked = tuple(
        OpenQuestion(id=f"q{n}", slot="fields", question=f"{one}{one}?", blocking=True)
        for n, one in enumerate(letters)
    )
    parts = [
        spec.with_(uid=f"u{n}", id=f"S{n}", open_questions=asked[n * 4 : n * 4 + 4])
        for n in range(3)
    ]
    ours = replace(view, specs=tuple(parts), minutes=view.minutes.with_(questions=()))
    both = (client_view(ours), ours)
    text = "".join(page(spec_document(one.specs[2], one)) for one in both)
    assert say("asking.next_one", spec.language) in text
    assert say("asking.next_round", spec.language) not in text


def test_where_all_that_is_asked_holds_work_up_it_is_counted_once(view: InternalView):
    ours = replace(
        view,
        specs=(view.specs[0].with_(open_questions=asked(1)),),
        minutes=view.minutes.with_(questions=()),
    )
    for one, key in ((ours, "answers_all"), (client_view(ours), "client_answers_all")):
        told = say(f"document.summary.{key}", view.minutes.language, count=1)
        assert told in page(minutes_document(one))
