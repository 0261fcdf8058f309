"""Labelled calls are read where they lie; the sealed ones are not read at all."""

import json
import typing

import pytest

from evals.datasets import calls
from evals.datasets.calls import OPEN, SEALED, SealedCallError, call, calls_folder, here, labels
from evals.specs.__main__ import main
from evals.specs.made import made, read
from pipeline.models.slots import SlotKey


@pytest.mark.parametrize("name", SEALED)
def test_a_sealed_call_is_refused_by_name_even_where_it_lies(tmp_path, name):
    (tmp_path / f"{name}.json").write_text("{}", encoding="utf-8")
    with pytest.raises(SealedCallError, match=name):
        call(name, tmp_path)
    assert here(tmp_path) == ()


def test_only_keys_of_the_closed_list_stand_in_the_labels():
    keys = {key for asks in labels().values() for some in asks.values() for key in some}
    assert keys <= set(typing.get_args(SlotKey))
    assert set(labels()) == set(OPEN)


def test_every_question_of_a_call_needs_its_key(tmp_path, monkeypatch):
    monkeypatch.setattr(calls, "labels", lambda: {"made-up": {"A1": ["timing"]}})
    (tmp_path / "made-up.json").write_text(json.dumps(_made_up()), encoding="utf-8")
    one = call("made-up", tmp_path)
    assert [(ask.id, ask.slots) for ask in one.asks] == [("A1", ("timing",))]
    assert one.asks[0].details == ("only open orders", "up to 500 rows", "xlsx")
    assert one.project.side_of("Ann") == "client"
    monkeypatch.setattr(calls, "labels", lambda: {})
    with pytest.raises(ValueError, match="A1"):
        call("made-up", tmp_path)


@pytest.mark.parametrize("name", OPEN)
def test_the_labels_fit_the_calls_beside_the_checkout(name):
    folder = calls_folder()
    if name not in here(folder):
        pytest.skip("needs the labelled calls beside the checkout")
    assert all(len(ask.slots) == len(ask.must_ask) > 0 for ask in call(name, folder).asks)


def _made_up():
    spec = {
        "fields": [{"label": "Order number", "name": "order_no", "origin": "dictionary"}],
        "rules": ["only open orders"],
        "permissions": [],
        "limits": ["up to 500 rows"],
        "format": "xlsx",
        "stated_facts": ["it is slow"],
        "must_ask": ["until when"],
        "must_not_invent": ["as PDF"],
        "fit": "custom",
    }
    ask = {
        "id": "A1",
        "type": "report",
        "summary": "Export the orders",
        "raw_quote": "export it",
        "speaker": "Ann",
        "evidence": [0],
        "pain": None,
        "spec": spec,
    }
    gone = ask | {"id": "A2", "status": "withdrawn"}
    return {
        "lang": "en",
        "date": "2026-01-05",
        "project": {"client": "Acme", "system": "Shop", "industry": "retail"},
        "participants": [{"name": "Ann", "side": "client", "role": "buyer"}],
        "gold": {"asks": [ask | {"status": "live"}, gone]},
    }


def test_without_calls_the_command_says_where_it_looked(tmp_path, capsys):
    assert main(["--calls", str(tmp_path)]) == 1
    assert str(tmp_path) in capsys.readouterr().err


@pytest.mark.slow
def test_a_call_is_measured_on_its_own_asks_and_end_to_end(tmp_path):
    folder = calls_folder()
    if OPEN[0] not in here(folder):
        pytest.skip("needs the labelled calls beside the checkout")
    one = read(call(OPEN[0], folder), tmp_path, "rules")
    on_gold, found = made(one, "gold"), made(one, "found")
    assert all(each.spec is not None for each in on_gold)
    assert [each.gold.id for each in found] == [ask.id for ask in one.call.asks]
    assert any(each.spec is not None for each in found)
