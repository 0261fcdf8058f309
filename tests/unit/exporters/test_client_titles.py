"""What the client reads of summaries, titles and texts that carry no evidence."""

from dataclasses import replace

from pipeline.exporters.html.exporter import HtmlExporter
from pipeline.exporters.json import JsonExporter
from pipeline.exporters.markdown import MarkdownExporter
from pipeline.models.client_view import ClientView, client_view
from pipeline.models.item import Summary
from pipeline.models.slots import Slot
from pipeline.models.spec import Acceptance, OpenQuestion
from pipeline.models.view import InternalView


def told(view: ClientView) -> str:
    """All that the text formats would tell the client."""
    files = [
        *MarkdownExporter().render(view).values(),
        *HtmlExporter().render(view).values(),
        *JsonExporter().render(view).values(),
    ]
    return "\n".join(data.decode("utf-8") for data in files)


def test_the_summary_says_nothing_of_an_item_marked_afterwards(view: InternalView):
    hidden = view.minutes.asks[0].with_(visibility="internal")
    summary = Summary(internal="OURS", client=f"{hidden.text} OLD")
    minutes = view.minutes.with_(asks=(hidden, *view.minutes.asks[1:]), summary=summary)
    text = told(client_view(replace(view, minutes=minutes)))
    assert "OLD" not in text
    assert hidden.text.rstrip("。.") not in text
    assert text.count(view.minutes.asks[1].text.rstrip("。.")) >= 4  # summary and list, twice


def test_a_topic_with_something_withheld_in_it_is_not_named(view: InternalView):
    plain = replace(view, minutes=view.minutes.with_(conflicts=(), concerns=()))
    assert len(client_view(plain).minutes.topics) == 4  # the last has our own risk in it
    title = plain.minutes.topics[0].title
    asks = (plain.minutes.asks[0].with_(not_for=("王总",)), *plain.minutes.asks[1:])
    minutes = plain.minutes.with_(asks=asks)
    assert title not in [
        one.title for one in client_view(replace(plain, minutes=minutes)).minutes.topics
    ]
    untimed = tuple(one.with_(start=None, end=None) for one in minutes.topics)
    unknown = replace(plain, minutes=minutes.with_(topics=untimed))
    assert client_view(unknown).minutes.topics == ()


def test_our_talk_that_the_view_names_needs_no_other_mark(view: InternalView):
    segment = view.minutes.asks[1].evidence[0].segments[0]
    bare = replace(view, minutes=view.minutes.with_(topics=()), our_talk=(segment,))
    seen = client_view(bare)
    assert "A2" not in [one.id for one in seen.minutes.asks]
    assert ("A2", "our_talk") in [(one.id, one.reason) for one in seen.withheld]
    topics = client_view(replace(view, our_talk=(segment,))).minutes.topics
    assert view.minutes.topics[1].title not in [one.title for one in topics]
    assert client_view(replace(view, our_talk=("s44",), transcript=None)).minutes.topics == ()


def test_a_text_without_evidence_that_says_a_withheld_value_again_is_left_out(view: InternalView):
    ours = view.minutes.risks[1].evidence[1]
    spec = view.specs[0]
    secret = Slot(value="拖到七月十日", origin="inferred", evidence=(ours,))
    case = Acceptance(given="已经拖到七月十日", when="导出", then="成功", kind="happy")
    question = OpenQuestion(id="q", slot="other", question="为什么？", options=("拖到七月十日",))
    spec = spec.with_(
        title="拖到七月十日的导出",
        rules=(*spec.rules, secret),
        acceptance=(*spec.acceptance, case),
        open_questions=(*spec.open_questions, question),
        assumptions=(view.transcript.segments[-1].text,),
    )
    marked = replace(view, specs=(spec,), our_talk=ours.segments)
    seen = client_view(marked)
    assert "七月十日" not in told(seen)
    assert seen.specs[0].acceptance == view.specs[0].acceptance
    assert seen.specs[0].title == view.minutes.asks[0].text
    assert {one.place for one in seen.withheld if one.id == "S1"} == {
        f"rules[{len(spec.rules) - 1}]",
        f"acceptance[{len(spec.acceptance) - 1}]",
        f"open_questions[{len(spec.open_questions) - 1}]",
        "assumptions[0]",
        "title",
    }


def test_the_value_of_an_answer_that_is_left_out_is_left_out_with_it(view: InternalView):
    spec = view.specs[0]
    ours = view.transcript.segments[-1]
    question = OpenQuestion(id="q", slot="other", question="Why?", answer=ours.text)
    value = Slot(value=f"Why: {ours.text}", origin="answered")
    said = Slot(value="Who: anyone", origin="answered")
    asked = OpenQuestion(id="r", slot="other", question="Who?", answer="anyone")
    spec = spec.with_(
        language="en",
        rules=(*spec.rules, value, said),
        open_questions=(*spec.open_questions, question, asked),
    )
    seen = client_view(replace(view, specs=(spec,), our_talk=(ours.id,)))
    assert ours.text not in told(seen)
    assert said in seen.specs[0].rules
