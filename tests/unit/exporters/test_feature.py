"""Gherkin: files that its own parser takes, whatever was said in the call."""

import json
from dataclasses import replace
from typing import Any

import pytest
from gherkin.parser import Parser
from gherkin.pickles.compiler import Compiler

from pipeline.exporters.blocks.buildable import Buildable
from pipeline.exporters.blocks.trace import behind, named, paths
from pipeline.exporters.feature import FeatureExporter
from pipeline.exporters.json import JsonExporter
from pipeline.exporters.markdown import MarkdownExporter
from pipeline.models.client_view import client_view
from pipeline.models.slots import Slot
from pipeline.models.spec import Acceptance, Approval, FeatureSpec, OpenQuestion
from pipeline.models.view import InternalView

HOSTILE = [
    "a\nb",
    "# language: fr",
    "| a | b |",
    '"""\nx\n"""',
    "@tag @other",
    "功能: x\n场景: y\n假如 z",
    "Feature: x\nScenario: y\nGiven z",
    "那么\r\n当\u2028假如\x85例子:",
    "* x",
    "<a> \\ `b`",
    "\u202e\u200b\x00",
    " ",
    "",
]


def parsed(data: bytes) -> dict[str, Any]:
    document = Parser().parse(data.decode())
    assert document["feature"] is not None
    return document


def features(view: InternalView) -> dict[str, bytes]:
    files = FeatureExporter().render(view)
    return {name: data for name, data in files.items() if name.startswith("features/")}


def test_every_spec_is_a_feature_with_its_cases(view: InternalView):
    files = features(view)
    assert list(files) == [f"features/{spec.id}.feature" for spec in view.specs]
    for spec, data in zip(view.specs, files.values(), strict=True):
        document = parsed(data)
        feature = document["feature"]
        pickles = Compiler().compile(document | {"uri": "x"})
        assert feature["language"] == {"zh": "zh-CN", "en": "en"}[spec.language]
        assert [tag["name"] for tag in feature["tags"]] == [f"@{spec.id}", "@v1", "@draft"]
        assert [[step["text"] for step in one["steps"]] for one in pickles] == [
            [case.given, case.when, case.then] for case in spec.acceptance
        ]
        kinds = [[tag["name"] for tag in one["tags"]][3] for one in pickles]
        assert kinds == [f"@{case.kind}" for case in spec.acceptance]


@pytest.mark.parametrize("evil", HOSTILE)
def test_no_text_makes_a_line_of_its_own(view: InternalView, evil: str):
    evidence = view.specs[0].rules[0].evidence[0].with_(quote=evil, speaker=evil)
    rule = Slot(value=evil, origin="stated", evidence=(evidence,))
    case = Acceptance(given=evil, when=evil, then=evil, kind="failure")
    first = view.specs[0]
    spec = first.with_(
        title=evil or "x",
        rules=(rule, rule),
        errors=(rule,),
        acceptance=(case, *first.acceptance),
        open_questions=(first.open_questions[0].with_(question=evil),),
        data_fields=(first.data_fields[0].with_(label=evil, name=evil, type=evil),),
        permissions=(first.permissions[0].with_(role=evil, export=False),),
        trigger=Slot(value=evil, origin="inferred"),
    )
    document = parsed(features(replace(view, specs=(spec,)))["features/S1.feature"])
    feature = document["feature"]
    scenarios = [child["scenario"] for child in feature["children"]]
    assert len(scenarios) == len(spec.acceptance)
    assert all(len(one["steps"]) == 3 for one in scenarios)
    assert {len(one["tags"]) for one in scenarios} == {1}
    assert not any("dataTable" in s or "docString" in s for one in scenarios for s in one["steps"])


def test_every_line_tells_the_second_of_the_call(view: InternalView):
    for spec, data in zip(view.specs, features(view).values(), strict=True):
        lines = [line.strip() for line in data.decode().splitlines()]
        first = next(one for one in spec.rules if one.evidence).evidence[0]
        minutes, seconds = divmod(int(first.start or 0), 60)
        assert any(
            line.startswith(f"# {minutes:02}:{seconds:02} {first.speaker}") and first.quote in line
            for line in lines
        )
        told = [at for at, line in enumerate(lines) if line.startswith("- ")]
        asked = [one.question for one in spec.open_questions]
        for at in told:
            if not any(question in lines[at] for question in asked):
                assert lines[at + 1].startswith("# "), lines[at]


def test_an_unapproved_feature_says_so_and_an_approved_one_does_not(view: InternalView):
    draft = {"zh": "草稿，未经审核", "en": "draft, not reviewed"}[view.minutes.language]
    assert draft in features(view)["features/S1.feature"].decode().lower()
    yes = Approval(
        who="x",
        side="us",
        when="2026-03-19",
        channel="desk",
        content_hash=view.specs[0].content_hash,
    )
    spec = view.specs[0].with_(review="approved", approvals=(yes,))
    minutes = view.minutes.with_(reviewed=True)
    text = features(replace(view, specs=(spec,), minutes=minutes))["features/S1.feature"].decode()
    assert draft not in text.lower()
    assert "@S1 @v1 @approved" in text


def test_a_case_that_waits_for_an_answer_names_the_question(view: InternalView):
    asked = next(one for one in view.specs[0].open_questions if not one.answer)
    case = Acceptance(
        given="g", when="w", then=f"{asked.id}: {asked.question.rstrip('？?')}", kind="failure"
    )
    spec = view.specs[0].with_(acceptance=(case,))
    document = parsed(features(replace(view, specs=(spec,)))["features/S1.feature"])
    tags = document["feature"]["children"][0]["scenario"]["tags"]
    assert [tag["name"][:7] for tag in tags] == ["@failur", "@waits-"]


def test_the_same_spec_keeps_its_names(view: InternalView):
    assert FeatureExporter().render(view) == FeatureExporter().render(view)
    one = features(replace(view, specs=view.specs[:1]))
    assert one == {"features/S1.feature": features(view)["features/S1.feature"]}


def test_a_rejected_spec_is_not_built(view: InternalView):
    spec = view.specs[0].with_(review="rejected")
    assert FeatureExporter().render(replace(view, specs=(spec,))) == {}


def test_the_clients_copy_holds_only_the_clients(view: InternalView):
    client = client_view(view)
    ours = {
        one.quote
        for _, item in view.minutes.items()
        if item.visibility == "internal"
        for one in item.evidence
    }
    text = b"".join(FeatureExporter().render(client).values()).decode()
    assert ours
    assert not any(quote in text for quote in ours)


def test_the_words_behind_each_path_stand_in_a_file(view: InternalView):
    files = JsonExporter().render(view)
    told = json.loads(files["evidence.json"])
    assert FeatureExporter().render(view)["evidence.json"] == files["evidence.json"]
    for spec in view.specs:
        found = told["specs"][spec.id]
        assert found["content_hash"] == spec.content_hash
        assert found["banner"]
        assert found["paths"].keys() == paths(spec, view).keys()
        for number, rule in enumerate(spec.rules):
            entries = found["paths"].get(f"rules[{number}]", [])
            assert [one["quote"] for one in entries] == [one.quote for one in rule.evidence]
        assert all(
            {"segments", "start", "end", "at", "speaker", "quote", "match"} <= one.keys()
            for entries in found["paths"].values()
            for one in entries
        )


def test_a_case_rests_on_the_values_it_says_again(view: InternalView):
    spec: FeatureSpec = view.specs[0]
    role = next(n for n, one in enumerate(spec.permissions) if one.export is False)
    case = next(one for one in spec.acceptance if one.kind == "permission")
    assert f"permissions[{role}]" in behind(case, named(spec))
    alien = Acceptance(given="qqq", when="www", then="zzz", kind="happy")
    assert behind(alien, named(spec)) == ()


def test_an_approved_spec_is_no_draft_while_the_minutes_still_are(view: InternalView):
    first = view.specs[0]
    yes = Approval(
        who="x", side="us", when="2026-03-19", channel="desk", content_hash=first.content_hash
    )
    spec = first.with_(review="approved", approvals=(yes,))
    approved = replace(view, specs=(spec,), minutes=view.minutes.with_(reviewed=False))
    draft = {"zh": "草稿，未经审核", "en": "Draft, not reviewed"}[view.minutes.language]
    files = FeatureExporter().render(approved) | MarkdownExporter().render(approved)
    assert b"@approved" in files["features/S1.feature"]
    for name in ("features/S1.feature", "evidence.json", "specs/S1.md"):
        assert draft not in files[name].decode(), name
    assert draft in files["minutes.md"].decode()


def test_an_assumption_with_words_of_the_call_is_not_said_by_nobody(view: InternalView):
    first = view.specs[0]
    words = next(one for one in first.rules if one.evidence).evidence
    rules = (
        Slot(value="log", origin="inferred", evidence=words),
        Slot(value="log", origin="inferred"),
    )
    made = Buildable(first.with_(rules=rules), view)
    drawn, assumed = (one.origin for one in made.requirements if one.sentence.path[:5] == "rules")
    assert drawn == made.say("build.drawn")
    assert assumed == made.say("build.assumed")


def test_what_the_system_holds_is_background_and_claims_no_words_of_the_call(view: InternalView):
    spec = view.specs[0].with_(rules=(Slot(value="export the list", origin="dictionary"),))
    made = Buildable(spec, view)
    assert not any(one.sentence.path == "rules[0]" for one in made.requirements)
    ((told, trace),) = list(made.background())
    assert "export the list" in told
    assert trace == ()


def test_an_answer_comes_to_the_rule_and_to_the_case_that_waited(view: InternalView):
    asked = OpenQuestion(
        id="q77", slot="permission", question="谁能看？", answer="主管", answered_by="王敏"
    )
    case = Acceptance(given="x", when="y", then="按 q77 的答复验收", kind="failure")
    value = {"zh": "谁能看：主管", "en": "谁能看: 主管"}[view.specs[0].language]
    spec = view.specs[0].with_(
        rules=(Slot(value=value, origin="answered"),),
        open_questions=(asked,),
        acceptance=(case,),
    )
    made = Buildable(spec, view)
    (rule,) = (one for one in made.requirements if one.sentence.path == "rules[0]")
    assert "王敏" in rule.origin
    assert "q77" in rule.trace[0]
    assert "王敏" in rule.trace[0]
    (scenario,) = made.scenarios
    assert "主管" in scenario.case.then
    assert scenario.waits == ()
