"""A spec as a document: what developers need is first, every value with its origin."""

from dataclasses import replace

from pipeline.exporters.blocks.phrases import Phrases
from pipeline.exporters.blocks.spec import spec_document, specs_document
from pipeline.exporters.blocks.standing import part_name
from pipeline.exporters.markdown import page
from pipeline.models.client_view import client_view
from pipeline.models.document import Document, Heading
from pipeline.models.hashing import spec_hash
from pipeline.models.slots import Slot
from pipeline.models.spec import Approval, Finding, OpenQuestion
from pipeline.models.view import InternalView


def headings(document: Document) -> list[str]:
    return [block.text for block in document.blocks if isinstance(block, Heading)]


def test_fields_rules_rights_and_acceptance_come_first(view: InternalView):
    first = headings(spec_document(view.specs[0], view))[:4]
    assert (
        first
        == {
            "zh": ["字段", "规则", "谁能做什么", "验收"],
            "en": ["Fields", "Rules", "Who may do what", "Acceptance"],
        }[view.minutes.language]
    )


def test_every_origin_has_a_plain_word(view: InternalView):
    text = page(spec_document(view.specs[0], view))
    words = {
        "zh": ("客户原话", "系统已有", "推测", "默认", "没说到"),
        "en": ("said", "in the system", "assumed", "default", "not said"),
    }[view.minutes.language]
    assert [word for word in words if word not in text] == []
    assert not any(word in text for word in ("slot", "weak", "dictionary", "inferred", "stated"))


def test_what_only_we_said_is_not_called_the_clients_words(view: InternalView):
    spec = view.specs[0]
    rule = spec.rules[1]
    ours = tuple(one for one in rule.evidence if one.side == "us") or tuple(
        one.with_(side="us") for one in rule.evidence
    )
    spec = spec.with_(rules=(rule.with_(evidence=ours),))
    text = page(spec_document(spec, view))
    assert {"zh": "我方说的", "en": "said by us"}[view.minutes.language] in text


def test_a_field_stands_beside_its_column(view: InternalView):
    text = page(spec_document(view.specs[0], view))
    column = {"zh": "`so_order.order_no`", "en": "`bk_appointment.appt_no`"}
    assert column[view.minutes.language] in text


def test_a_question_has_its_choices_and_our_recommendation(view: InternalView):
    text = page(spec_document(view.specs[0], view))
    assert {
        "zh": "建议：**提示缩小范围**",
        "en": "Recommended: **ask to narrow the filter**",
    }[view.minutes.language] in text


def test_an_answered_question_shows_who_answered_what(view: InternalView):
    text = page(spec_document(view.specs[0], view))
    assert {"zh": "答：**用 xlsx** · 王敏 2026-03-19", "en": "Answer: **xlsx** · Susan Grant"}[
        view.minutes.language
    ] in text


def test_an_answer_is_a_fact_with_a_name_and_the_client_does_not_read_who_noted_it(
    view: InternalView,
):
    question = OpenQuestion(
        id="q1",
        slot="volume_limit",
        question="几行？",
        answer="5 万",
        answered_by="吴总",
        answered_at="2026-03-19T06:00:00.000Z",
        answered_side="client",
        noted_by="陈工",
    )
    zh = view.minutes.language == "zh"
    value = "几行：5 万" if zh else "几行: 5 万"
    spec = view.specs[0].with_(
        open_questions=(question,), limits=(Slot(value=value, origin="answered"),)
    )
    text = page(spec_document(spec, view))
    assert ("客户答复（吴总）" if zh else "answered by the client (吴总)") in text
    noted = "吴总（客户）答 2026-03-19，陈工 记"
    assert (noted if zh else "answered by 吴总 (client) 2026-03-19, noted by 陈工") in text
    seen = client_view(replace(view, specs=(spec,)))
    theirs = page(spec_document(seen.specs[0], seen))
    assert value in theirs
    assert "吴总" in theirs
    assert "陈工" not in theirs


def test_the_client_reads_that_we_answered_and_not_who_of_us(view: InternalView):
    question = OpenQuestion(
        id="q1",
        slot="volume_limit",
        question="几行？",
        answer="5 万",
        answered_by="陈工",
        answered_at="2026-03-19T06:00:00.000Z",
        answered_side="us",
    )
    zh = view.minutes.language == "zh"
    value = "几行：5 万" if zh else "几行: 5 万"
    spec = view.specs[0].with_(
        open_questions=(question,), limits=(Slot(value=value, origin="answered"),)
    )
    assert ("陈工（我方）答" if zh else "answered by 陈工 (us)") in page(spec_document(spec, view))
    seen = client_view(replace(view, specs=(spec,)))
    theirs = page(spec_document(seen.specs[0], seen))
    for told in (value, *(("我方答复", "我方答 2026-03-19") if zh else ("answered by us",))):
        assert told in theirs
    assert "陈工" not in seen.specs[0].model_dump_json() + theirs


def test_our_notes_are_not_in_the_clients_copy(view: InternalView):
    seen = client_view(view)
    ours = page(spec_document(view.specs[0], view))
    theirs = page(spec_document(seen.specs[0], seen))
    for note in (*view.specs[0].feasibility, view.specs[0].findings[0].reason):
        assert note in ours
        assert note not in theirs
    fit = {"zh": "要开发", "en": "development"}[view.minutes.language]
    assert fit in ours
    assert fit not in theirs


def test_a_finding_names_its_place_in_words(view: InternalView):
    say = Phrases(view.minutes.language)
    expected = {
        "zh": ["规则 1", "字段 3 · 必填", "验收 1 · 那么", "其他"],
        "en": ["Rules 1", "Fields 3 · Required", "Acceptance 1 · Then", "Other"],
    }[view.minutes.language]
    paths = ("rules[0]", "data_fields[2].required", "acceptance[0].then", "something")
    assert [part_name(path, say) for path in paths] == expected


def test_all_specs_stand_in_one_document_with_a_list_in_front(view: InternalView):
    document = specs_document(view)
    top = [b.text for b in document.blocks if isinstance(b, Heading) and b.level == 1]
    assert top == [f"{spec.id} {spec.title}" for spec in view.specs]


def test_a_spec_changed_after_its_approval_says_so(view: InternalView):
    spec = view.specs[0]
    approval = Approval(
        who="王敏",
        side="client",
        when="2026-03-20",
        channel="微信",
        content_hash=spec_hash(spec),
    )
    spec = spec.with_(approvals=(approval,))
    changed = {"zh": "确认后内容又改过", "en": "content changed since"}[view.minutes.language]
    assert changed not in page(spec_document(spec, view))
    assert changed in page(spec_document(spec.with_(title="other"), view))


def test_a_document_without_specs_is_still_a_document(view: InternalView):
    assert page(specs_document(replace(view, specs=())))


def test_our_own_words_are_not_shown_as_the_clients(view: InternalView):
    ask = view.minutes.asks[0]
    ours = ask.with_(evidence=tuple(one.with_(side="us") for one in ask.evidence))
    minutes = view.minutes.with_(asks=(ours,))
    text = page(spec_document(view.specs[0], replace(view, minutes=minutes)))
    label = {"zh": "客户原话：", "en": "Client's words:"}[view.minutes.language]
    assert label in page(spec_document(view.specs[0], view))
    assert label not in text
    assert ask.text in text


def test_words_of_nobody_known_are_not_called_the_clients(view: InternalView):
    ask = view.minutes.asks[0]
    open_ = ask.with_(evidence=tuple(one.with_(side="unknown") for one in ask.evidence))
    minutes = view.minutes.with_(asks=(open_,))
    text = page(spec_document(view.specs[0], replace(view, minutes=minutes)))
    language = view.minutes.language
    assert {"zh": "通话原话：", "en": "Words of the call:"}[language] in text
    assert {"zh": "客户原话：", "en": "Client's words:"}[language] not in text


def test_a_kind_that_is_also_how_it_is_done_is_named_once(view: InternalView):
    spec = view.specs[0].with_(kind="integration", fit="integration")
    text = page(spec_document(spec, view))
    assert "integration · integration" not in text


def test_a_rejected_ask_is_not_quoted_in_a_spec(view: InternalView):
    asks = (view.minutes.asks[0].with_(review="rejected"), *view.minutes.asks[1:])
    text = page(spec_document(view.specs[0], replace(view, minutes=view.minutes.with_(asks=asks))))
    assert "· A1" not in text
    assert "· A6" in text


def test_what_an_open_question_says_is_not_found_once_more(view: InternalView):
    found = tuple(
        Finding(code=code, severity=severity, slot="open_questions", reason=f"{code} {severity}")
        for code in ("blocking_open", "no_column")
        for severity in ("info", "warning")
    )
    spec = view.specs[0].with_(findings=found)
    text = page(spec_document(spec, view))
    told = [
        one.reason for one in found if one.reason.replace("_", "\\_") in text or one.reason in text
    ]
    assert told == ["no_column warning"]
