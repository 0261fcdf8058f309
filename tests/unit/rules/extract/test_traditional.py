"""A call in traditional characters is read as well as one in simplified ones."""

import json
from pathlib import Path

import pytest

from pipeline.cover import cover
from pipeline.engines.rules.extract import RulesExtractor
from pipeline.engines.rules.private import private_segments
from pipeline.engines.rules.specify import RulesSpecifier
from pipeline.extract import extract, relate, summarise, thread
from pipeline.ground import ground
from pipeline.language.characters import Writing
from pipeline.language.han import leaning, simplified
from pipeline.models.minutes import Minutes
from pipeline.models.project import Project
from pipeline.models.transcript import EngineName, Segment, Transcript
from pipeline.readers.project_file import parse_project, project_text, read_project

DEMO = Path(__file__).parents[4] / "pipeline" / "demo" / "zh"
PLAIN = Writing("as_heard")
KINDS = ("decisions", "asks", "actions", "risks", "questions", "conflicts", "concerns")


def told(writing: Writing) -> tuple[Transcript, Project]:
    """The bundled call and its project in some characters."""
    own = read_project(DEMO / "project.yaml").with_(language="zh")
    project = parse_project(writing.rewritten(project_text(own)).encode(), "project.yaml")
    turns = json.loads((DEMO / "call.json").read_text(encoding="utf-8"))["turns"]
    segments = [
        Segment(
            id=f"s{at}",
            index=at,
            start=turn["start"],
            end=turn["end"],
            speaker=writing.rewritten(turn["speaker"]),
            side=project.side_of(writing.rewritten(turn["speaker"])),
            text=writing.rewritten(turn["text"]),
        )
        for at, turn in enumerate(turns)
    ]
    made = Transcript(engine=EngineName(name="x"), date="2026-03-18", segments=tuple(segments))
    return made, project


def minutes(transcript: Transcript, project: Project) -> Minutes:
    engine = RulesExtractor()
    draft = extract(transcript, project, extractor=engine)
    draft = thread(draft, transcript, project, extractor=engine)
    draft = relate(draft, transcript, project, extractor=engine)
    draft = summarise(draft, transcript, project, extractor=engine)
    found = ground(draft, transcript, language="zh", engine="rules")
    return cover(found, transcript, project)


def cited(found: Minutes) -> dict[str, list[object]]:
    return {
        kind: [
            [(one.segments, one.match) for one in getattr(item, "evidence", ())]
            for item in getattr(found, kind)
        ]
        for kind in KINDS
    }


@pytest.mark.parametrize("characters", ["traditional", "taiwan", "hongkong"])
def test_the_same_items_are_found_in_the_same_turns(characters):
    there, here = told(Writing(characters)), told(PLAIN)
    found, wanted = minutes(*there), minutes(*here)
    assert cited(found) == cited(wanted)
    assert [(one.kind, one.status) for one in found.asks] == [
        (one.kind, one.status) for one in wanted.asks
    ]
    assert found.coverage.uncited == wanted.coverage.uncited
    said = {one.id: one.text for one in there[0].segments}
    for item in found.asks:
        for one in item.evidence:
            assert one.quote in said[one.segments[0]]
    assert [simplified(one.text) for one in found.asks] == [one.text for one in wanted.asks]
    assert leaning("".join(one.text for one in found.asks)) > 0
    assert [one.owner for one in found.actions] == [
        Writing(characters).rewritten(one.owner or "") or None for one in wanted.actions
    ]


def test_a_call_in_other_characters_than_its_project_is_read_as_well():
    transcript, project = told(Writing("taiwan"))[0], told(PLAIN)[1]
    found, wanted = minutes(transcript, project), minutes(*told(PLAIN))
    assert len(found.asks) == len(wanted.asks)
    assert not [one for item in found.asks for one in item.evidence if one.match == "weak"]


def test_its_specs_ask_and_state_the_same():
    specs = []
    for writing in (Writing("taiwan"), PLAIN):
        transcript, project = told(writing)
        found = minutes(transcript, project)
        asks = tuple(one.with_(id=f"A{at}") for at, one in enumerate(found.asks))
        found, maker = found.with_(asks=asks), RulesSpecifier()
        specs.append([maker.specify(one, found, transcript, project) for one in asks])
    assert len(specs[0]) == 6
    for made, wanted in zip(*specs, strict=True):
        assert [one.label for one in made.data_fields] == [
            Writing("taiwan").rewritten(one.label) for one in wanted.data_fields
        ]
        assert [one.slot for one in made.open_questions] == [
            one.slot for one in wanted.open_questions
        ]
        assert (made.fit, made.kind, made.goal.origin) == (
            wanted.fit,
            wanted.kind,
            wanted.goal.origin,
        )


def test_what_is_not_for_everybody_is_known_in_either():
    there, here = (private_segments(*told(one)) for one in (Writing("taiwan"), PLAIN))
    assert list(there) == list(here)
    written = Writing("taiwan").rewritten
    assert [list(one) for one in there.values()] == [
        [written(name) for name in one] for one in here.values()
    ]
