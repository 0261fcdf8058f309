"""The rules engine behind the Extractor port."""

from typing import Any

import pytest

from pipeline.engines.rules.extract import RulesExtractor
from pipeline.models.draft import Draft
from pipeline.models.project import Project
from pipeline.models.transcript import EngineName, Segment, Transcript
from pipeline.ports.engines import Extractor

Read = Any

CALL = Transcript(
    date="2026-03-18",
    engine=EngineName(name="test"),
    segments=(
        Segment(id="a", index=0, speaker="C", side="client", text="Can we have an export?"),
        Segment(id="b", index=1, speaker="C", side="client", text="我下周三之前给你答复。"),
        Segment(id="c", index=2, speaker="C", side="client", text="Let's say fifty for now, thanks."),
        Segment(id="d", index=3, speaker="C", side="client", text="Okay."),
    ),
)  # fmt: skip


def test_it_satisfies_the_port():
    engine: Extractor = RulesExtractor()
    assert (engine.name, engine.model) == ("rules", None)


def test_its_version_names_the_word_lists():
    assert (RulesExtractor().prompt or "").startswith("rules@3+")


def test_the_same_call_gives_the_same_draft(bundled: Any):
    assert bundled("zh") == bundled("zh")


def test_an_empty_call_gives_an_empty_draft():
    empty = Transcript(engine=EngineName(name="test"))
    assert RulesExtractor().extract(empty, Project()) == Draft()


def test_a_second_look_makes_one_item_of_each_turn_with_a_cue():
    draft = RulesExtractor().reconsider(Draft(), ("a", "b", "d", "gone"), CALL, Project())
    assert [ask.citations[0].segments for ask in draft.asks] == [("a",)]
    assert [(one.due_date, one.owner) for one in draft.actions] == [("2026-03-25", "C")]
    assert len(draft.asks) + len(draft.actions) == 2


def test_no_item_cites_more_than_fifteen_turns(bundled: Any):
    draft: Draft = bundled("en")
    assert all(len(ask.citations) <= 15 for ask in draft.asks)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_quote_is_in_the_turn_it_cites(bundled: Any, language: str):
    draft: Draft = bundled(language)
    items = (*draft.asks, *draft.decisions, *draft.actions, *draft.risks, *draft.questions)
    assert items
    assert all(
        citation.quote and len(citation.segments) == 1
        for one in items
        for citation in one.citations
    )


@pytest.mark.parametrize(
    ("language", "wish", "settled"),
    [("zh", "一键导出", "三千"), ("en", "one click export", "fifty")],
)
def test_the_summary_names_asks_and_decisions(bundled: Any, language: str, wish: str, settled: str):
    summary = bundled(language).summary
    assert wish in summary.client
    assert settled in summary.client
    assert summary.internal.startswith(summary.client)


def test_the_clients_summary_holds_only_what_the_client_may_see(bundled: Any):
    draft: Draft = bundled("zh")
    assert "很紧" in draft.summary.internal
    assert "很紧" not in draft.summary.client


def test_every_ask_is_a_topic_with_its_time(bundled: Any):
    draft: Draft = bundled("en")
    assert [topic.title for topic in draft.topics] == [ask.text for ask in draft.asks]
    assert draft.topics[0].start == 10.0
    assert (draft.topics[0].end or 0) < (draft.topics[1].end or 0)
