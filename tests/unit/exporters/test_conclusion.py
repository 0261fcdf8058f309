"""After a review no document states what a person rejected or put otherwise."""

from dataclasses import replace

import pytest

from pipeline.exporters.blocks.minutes import minutes_document
from pipeline.exporters.markdown import page
from pipeline.models.client_view import client_view
from pipeline.models.frozen import standing_topics
from pipeline.models.transcript import Dropped
from pipeline.models.view import InternalView


def test_the_engines_summary_stands_as_long_as_nobody_changed_anything(view: InternalView):
    assert view.minutes.summary.internal[:20] in page(minutes_document(view))


@pytest.mark.parametrize(
    "change", [{"review": "rejected"}, {"edited": True, "text": "NEW"}, {"stale": ("edit_lost",)}]
)
def test_once_an_item_changed_the_summary_is_made_of_what_holds(view: InternalView, change):
    minutes = view.minutes
    changed = minutes.decisions[1].with_(**change)
    decisions = (minutes.decisions[0], changed, *minutes.decisions[2:])
    text = page(minutes_document(replace(view, minutes=minutes.with_(decisions=decisions))))
    assert minutes.summary.internal[:20] not in text
    line = {"zh": "- 定下的：", "en": "- Settled: "}[minutes.language]
    settled = next(one for one in text.splitlines() if one.startswith(line))
    if changed.review == "rejected":
        assert minutes.decisions[1].text.rstrip("。.") not in text
        assert settled == line + minutes.decisions[0].text.rstrip("。.")
        assert "D2" not in text
    else:
        assert settled == line + changed.text.rstrip("。.")


def test_a_dropped_action_makes_the_summary_old_too(view: InternalView):
    minutes = view.minutes
    action = minutes.actions[0].with_(progress="dropped")
    minutes = minutes.with_(actions=(action, *minutes.actions[1:]))
    assert minutes.summary.internal[:20] not in page(
        minutes_document(replace(view, minutes=minutes))
    )


def test_no_mark_follows_a_question_mark(view: InternalView):
    minutes = view.minutes.with_(decisions=(view.minutes.decisions[0].with_(edited=True),))
    text = page(minutes_document(replace(view, minutes=minutes)))
    line = next(one for one in text.splitlines() if one.startswith(("- 还没答复的", "- Left open")))
    assert not any(marks in line for marks in ("？；", "?;", "？。", "?."))
    assert line.count("？") + line.count("?") == 3


def test_a_topic_of_rejected_items_alone_is_left_out(view: InternalView):
    minutes = view.minutes
    second = minutes.topics[1]
    gone = replace(
        view,
        minutes=minutes.with_(
            asks=(minutes.asks[0], minutes.asks[1].with_(review="rejected"), *minutes.asks[2:]),
            decisions=tuple(
                one.with_(review="rejected") if one.id in ("D1", "D2") else one
                for one in minutes.decisions
            ),
            conflicts=(),
        ),
    )
    titles = [one.title for one in standing_topics(gone.minutes)]
    assert second.title not in titles
    assert minutes.topics[2].title in titles


def test_a_topic_named_after_a_changed_ask_is_left_out(view: InternalView):
    minutes = view.minutes
    first, ask = minutes.topics[0], minutes.asks[0]
    named = minutes.with_(topics=(first.with_(title=ask.text),))
    rejected = named.with_(asks=(ask.with_(review="rejected"), *minutes.asks[1:]))
    reworded = named.with_(asks=(ask.with_(edited=True, text="NEW"), *minutes.asks[1:]))
    ranked = named.with_(asks=(ask.with_(edited=True, priority="must"), *minutes.asks[1:]))
    shown = [len(standing_topics(one)) for one in (named, rejected, reworded, ranked)]
    assert shown == [1, 0, 0, 1]
    untimed = rejected.with_(topics=(first.with_(start=None, end=None),))
    assert standing_topics(untimed) == ()


def test_an_ask_does_not_lead_to_a_rejected_spec(view: InternalView):
    specs = (view.specs[0].with_(review="rejected"), *view.specs[1:])
    text = page(minutes_document(replace(view, specs=specs)))
    assert f"S1 {view.specs[0].title}" not in text
    assert f"S2 {view.specs[1].title}" in text


def test_what_was_not_taken_as_speech_is_counted_for_us_alone(view: InternalView):
    lost = Dropped(text="x", reason="outside any cue")
    view = replace(view, transcript=view.transcript.with_(dropped=(lost,)))
    said = {"zh": "没当成说话的有 1 处", "en": "not taken as speech: 1."}[view.minutes.language]
    assert said in page(minutes_document(view))
    assert said not in page(minutes_document(client_view(view)))
    assert "transcript.json" in page(minutes_document(view)).replace("\\", "")
