"""What may reach the client, and above all what may not."""

import copy
import re
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipeline.exporters.html.exporter import HtmlExporter
from pipeline.exporters.json import JsonExporter
from pipeline.exporters.markdown import MarkdownExporter
from pipeline.models.client_view import ClientView, client_view
from pipeline.models.item import Summary
from pipeline.models.minutes import ARRAYS, Minutes
from pipeline.models.plain_speech import NOTHING_PLAIN
from pipeline.models.sieve import Sieve
from pipeline.models.slots import Slot
from pipeline.models.spec import FeatureSpec
from pipeline.models.view import InternalView


def told(view: ClientView) -> str:
    """All that the text formats would tell the client."""
    files = [
        *MarkdownExporter().render(view).values(),
        *HtmlExporter().render(view).values(),
        *JsonExporter().render(view).values(),
    ]
    return "\n".join(data.decode("utf-8") for data in files)


def with_items(view: InternalView, name: str, **changes: Any) -> InternalView:
    items = tuple(one.with_(**changes) for one in getattr(view.minutes, name))
    return replace(view, minutes=view.minutes.with_(**{name: items}))


def test_only_the_filter_makes_a_client_view(view: InternalView):
    parts = (view.minutes, view.specs, view.meeting, view.project)
    with pytest.raises(TypeError, match="client_view alone"):
        ClientView(
            *parts,
            approved=frozenset(),
            withheld=(),
            speech=NOTHING_PLAIN,
            left_open=frozenset(),
            seal=object(),
        )
    with pytest.raises((TypeError, ValueError)):
        replace(client_view(view), minutes=view.minutes)


def test_the_client_reads_neither_quarrels_nor_worries_nor_our_summary(view: InternalView):
    seen = client_view(view)
    assert seen.minutes.conflicts == seen.minutes.concerns == ()
    assert seen.minutes.coverage.uncited == ()
    assert seen.minutes.summary == Summary()
    text = told(seen)
    assert view.minutes.concerns[0].text not in text
    assert view.minutes.concerns[0].evidence[0].quote not in text


def test_what_we_said_after_the_client_left_is_nowhere(view: InternalView):
    text = told(client_view(view))
    for segment in view.transcript.segments[-2:]:
        assert segment.text not in text
    assert view.minutes.risks[1].text not in text


def test_an_item_that_rests_on_our_own_talk_is_left_out_though_nobody_marked_it(
    view: InternalView,
):
    open_risks = with_items(view, "risks", visibility="client")
    by_topic = client_view(open_risks)
    assert [one.id for one in by_topic.minutes.risks] == ["R1"]
    no_topics = replace(open_risks, minutes=open_risks.minutes.with_(topics=()))
    assert [one.id for one in client_view(no_topics).minutes.risks] == ["R1", "R2"]
    by_turn = client_view(no_topics, our_talk=["s43", "s44"])
    assert [one.id for one in by_turn.minutes.risks] == ["R1"]
    assert ("R2", "our_talk") in [(one.id, one.reason) for one in by_turn.withheld]


def test_a_stretch_in_which_the_client_speaks_is_not_our_own_talk(view: InternalView):
    internal = view.minutes.topics[1].with_(visibility="internal")
    topics = (view.minutes.topics[0], internal, *view.minutes.topics[2:])
    marked = replace(view, minutes=view.minutes.with_(topics=topics))
    for one in (marked, replace(marked, transcript=None)):
        seen = client_view(one)
        assert internal.title not in [topic.title for topic in seen.minutes.topics]
        assert [one.id for one in seen.minutes.decisions] == ["D1", "D2", "D3", "D4"]
        assert [one.id for one in seen.minutes.risks] == ["R1"]


def test_an_item_is_kept_from_the_reader_it_is_not_for(view: InternalView):
    name = view.project.participants[1].name
    hidden = with_items(view, "questions", not_for=(name,))
    assert client_view(hidden, readers=[name]).minutes.questions == ()
    assert client_view(hidden).minutes.questions == ()
    assert len(client_view(hidden, readers=["Somebody Else"]).minutes.questions) == 3


def test_words_behind_something_secret_are_quoted_nowhere(view: InternalView):
    secret = view.minutes.asks[0].evidence[0]
    ask = view.minutes.asks[3].with_(evidence=(secret,), not_for=("王总",))
    asks = (*view.minutes.asks[:3], ask, *view.minutes.asks[4:])
    seen = client_view(replace(view, minutes=view.minutes.with_(asks=asks)))
    assert secret.quote not in told(seen)
    assert seen.minutes.asks[0].id == "A1"
    assert seen.specs[0].goal.value == view.specs[0].goal.value


def test_an_item_resting_on_secret_words_alone_is_left_out(view: InternalView):
    worry = view.minutes.concerns[0]
    risk = view.minutes.risks[0].with_(evidence=worry.evidence, text="反对新系统")
    view = replace(view, minutes=view.minutes.with_(risks=(risk,)))
    seen = client_view(view)
    assert seen.minutes.risks == ()
    assert ("R1", "words") in [(one.id, one.reason) for one in seen.withheld]


def test_a_value_that_can_no_longer_be_proved_is_left_out_and_counted(view: InternalView):
    worry = view.minutes.concerns[0]
    rule = Slot(value="客服抱怨", origin="stated", evidence=worry.evidence)
    spec = view.specs[0].with_(rules=(rule, *view.specs[0].rules))
    seen = client_view(replace(view, specs=(spec,)))
    assert "客服抱怨" not in told(seen)
    assert [one.place for one in seen.withheld if one.id == "S1"] == ["rules[0]"]


def test_a_quarrel_at_the_client_is_not_quoted(view: InternalView):
    boss_wants = view.minutes.conflicts[1].b.evidence[0]
    assert boss_wants in view.minutes.decisions[3].evidence
    seen = client_view(view)
    assert boss_wants.quote not in told(seen)
    assert seen.minutes.decisions[3].text == view.minutes.decisions[3].text


def test_our_words_behind_an_internal_item_are_not_quoted(view: InternalView):
    doubt = view.minutes.risks[1].evidence[0]
    assert doubt in view.minutes.actions[3].evidence
    seen = client_view(view)
    assert doubt.quote not in told(seen)
    assert seen.minutes.actions[3].text == view.minutes.actions[3].text


def test_a_value_that_rests_on_our_own_talk_is_left_out(view: InternalView):
    ours = view.minutes.risks[1].evidence[1]
    rules = (*view.specs[0].rules, Slot(value="拖到七月", origin="inferred", evidence=(ours,)))
    seen = client_view(replace(view, specs=(view.specs[0].with_(rules=rules),)))
    assert "拖到七月" not in told(seen)
    assert [(one.place, one.reason) for one in seen.withheld if one.id == "S1"] == [
        ("rules[4]", "our_talk")
    ]


def test_nothing_of_our_own_talk_is_quotable(view: InternalView):
    sieve = Sieve(view, readers=frozenset(), our_talk=frozenset({"s3"}))
    ask, risk = view.minutes.asks[0], view.minutes.risks[1]
    assert sieve.quotable(ask.evidence) == ask.evidence
    assert sieve.quotable([risk.evidence[1]]) == ()
    assert sieve.quotable(view.specs[0].pain.evidence) == ()


def test_of_another_meeting_only_the_clients_words_are_quoted(view: InternalView):
    sieve = Sieve(view, readers=frozenset(), our_talk=frozenset())
    before = [one.with_(meeting="m0") for one in view.minutes.decisions[0].evidence]
    assert [one.side for one in sieve.quotable(before)] == ["client", "client"]


def test_the_words_an_ask_was_first_put_in_go_with_their_evidence(view: InternalView):
    worry = view.minutes.concerns[0].evidence[0]
    ask = view.minutes.asks[0]
    told_of = ask.with_(raw_quote=worry.quote, evidence=(*ask.evidence, worry))
    fine = view.minutes.asks[1].with_(raw_quote=view.minutes.asks[1].evidence[0].quote)
    view = replace(view, minutes=view.minutes.with_(asks=(told_of, fine)))
    seen = client_view(view).minutes.asks
    assert seen[0].raw_quote == ""
    assert seen[1].raw_quote == fine.raw_quote


def test_the_spec_of_an_ask_that_is_not_the_clients_is_not_either(view: InternalView):
    ask = view.minutes.asks[1].with_(visibility="internal")
    asks = (view.minutes.asks[0], ask, *view.minutes.asks[2:])
    seen = client_view(replace(view, minutes=view.minutes.with_(asks=asks)))
    assert [spec.id for spec in seen.specs] == ["S1", "S3", "S4"]
    assert view.specs[1].title not in told(seen)


def test_no_item_points_at_one_that_is_left_out(view: InternalView):
    first = view.minutes.decisions[0].with_(visibility="internal")
    decisions = (first, *view.minutes.decisions[1:])
    seen = client_view(replace(view, minutes=view.minutes.with_(decisions=decisions)))
    assert [one.supersedes for one in seen.minutes.decisions] == [None, None, None]


def test_the_client_is_called_by_name(view: InternalView):
    decision = view.minutes.decisions[0]
    quote = decision.evidence[0].with_(quote="甲方说了算", side="us")
    decision = decision.with_(text="由甲方确认上线时间", evidence=(quote,))
    view = replace(
        view,
        minutes=view.minutes.with_(decisions=(decision,)),
        meeting=view.meeting.with_(title="甲方需求会"),
    )
    text = told(client_view(view))
    assert "甲方" not in text
    assert f"由{view.project.client}确认上线时间" in text
    assert "说了算" not in text  # nobody's words are changed: they are left out


def test_that_something_is_outside_the_contract_is_for_a_person_to_say(view: InternalView):
    text = told(client_view(view))
    assert view.minutes.asks[4].scope.line not in text
    assert view.minutes.asks[0].scope.line in text.replace("\\", "")


def test_the_hash_of_changed_content_is_gone(view: InternalView):
    seen = client_view(view)
    by_id = {item.id: item for _, item in view.minutes.items()}
    for _, item in seen.minutes.items():
        changed = item.evidence != by_id[item.id].evidence
        assert (item.content_hash == "") >= changed
    assert seen.minutes.decisions[0].content_hash == view.minutes.decisions[0].content_hash


def test_everything_that_is_missing_is_accounted_for(view: InternalView):
    seen = client_view(view)
    ids = {item.id for _, item in view.minutes.items()} | {spec.id for spec in view.specs}
    kept = {item.id for _, item in seen.minutes.items()} | {spec.id for spec in seen.specs}
    gone = {one.id for one in seen.withheld if not one.place}
    assert ids == kept | gone
    assert kept.isdisjoint(gone)


def _marked(view: InternalView) -> InternalView:
    """Every text and every turn with a mark of its own, to be looked for afterwards."""
    minutes = view.minutes.model_dump(mode="json")
    specs = [spec.model_dump(mode="json") for spec in view.specs]
    _mark_quotes([minutes, specs])
    for name in ARRAYS.values():
        for item in minutes[name]:
            item["text"] = f"MARK{item['id']}END"
            for side in ("a", "b"):
                if side in item:
                    item[side]["text"] = f"MARK{item['id']}END"
    return replace(
        view,
        minutes=Minutes.read(minutes).with_(
            summary=Summary(internal="MARKOURSEND", client="MARKOURSEND")
        ),
        specs=tuple(FeatureSpec.read(one) for one in specs),
    )


def _mark_quotes(value: Any) -> None:
    for one in value.values() if isinstance(value, dict) else value:
        if isinstance(one, dict) and "quote" in one:
            one["quote"] = f"SAID{one['segments'][0]}END"
        if isinstance(one, dict | list):
            _mark_quotes(one)


@settings(
    max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(data=st.data())
def test_nothing_internal_ever_reaches_the_client(view: InternalView, data: st.DataObject):
    marked = _marked(view)
    raw = marked.minutes.model_dump(mode="json")
    raw["topics"] = data.draw(st.sampled_from([raw["topics"], []]))
    items = [item for name in ARRAYS.values() for item in raw[name]]
    for item in items:
        item["visibility"] = data.draw(st.sampled_from(["client", "client", "internal"]))
        item["not_for"] = data.draw(st.sampled_from([[], [], ["王敏"], ["吴总"]]))
        item["review"] = data.draw(st.sampled_from(["draft", "approved", "rejected"]))
    our_talk = data.draw(st.sets(st.integers(1, 44), max_size=5))
    readers = data.draw(st.sampled_from([(), ("王敏",), ("吴总", "王敏")]))
    marked = replace(marked, minutes=Minutes.read(copy.deepcopy(raw)))
    text = told(client_view(marked, readers=readers, our_talk=[f"s{n}" for n in our_talk]))
    forbidden = {"MARKOURSEND"} | {f"SAIDs{n}END" for n in our_talk}
    for name in ARRAYS.values():
        for item in raw[name]:
            not_for = bool(item["not_for"]) and (not readers or set(readers) & set(item["not_for"]))
            ours = item["visibility"] == "internal" or name in ("conflicts", "concerns")
            turns = {one["segments"][0] for one in item["evidence"]}
            on_our_talk = bool(turns & {f"s{n}" for n in our_talk})
            if ours or not_for or on_our_talk or item["review"] == "rejected":
                forbidden.add(f"MARK{item['id']}END")
            if (not_for and item["visibility"] == "client") or name == "concerns":
                forbidden |= {f"SAID{turn}END" for turn in turns}
    found = set(re.findall(r"(?:MARK|SAID)\w+?END", text))
    assert found.isdisjoint(forbidden)
