"""The stage hands each call to the port and adds nothing."""

from collections.abc import Sequence
from typing import ClassVar

from pipeline.extract import extract, reconsider, relate, summarise, thread
from pipeline.models.draft import Draft
from pipeline.models.item import Summary
from pipeline.models.project import Project
from pipeline.models.transcript import EngineName, Transcript

CALL = Transcript(engine=EngineName(name="test"))
PROJECT = Project()


class Signing:
    """An extractor that signs what it was asked to do."""

    name = "fake"
    model = None
    prompt = None
    settings: ClassVar = {}

    def extract(self, transcript: Transcript, project: Project) -> Draft:
        return signed("extract")

    def thread(self, draft: Draft, transcript: Transcript, project: Project) -> Draft:
        return signed(draft.summary.internal + " thread")

    def relate(self, draft: Draft, transcript: Transcript, project: Project) -> Draft:
        return signed(draft.summary.internal + " relate")

    def reconsider(
        self, draft: Draft, segments: Sequence[str], transcript: Transcript, project: Project
    ) -> Draft:
        return signed(draft.summary.internal + " reconsider " + " ".join(segments))

    def summarise(self, draft: Draft, transcript: Transcript, project: Project) -> Draft:
        return signed(draft.summary.internal + " summarise")


def signed(words: str) -> Draft:
    return Draft(summary=Summary(internal=words))


def test_each_call_reaches_the_engine_with_the_draft_so_far():
    engine = Signing()
    draft = extract(CALL, PROJECT, extractor=engine)
    for step in (thread, relate, summarise):
        draft = step(draft, CALL, PROJECT, extractor=engine)
    assert draft.summary.internal == "extract thread relate summarise"


def test_a_second_look_names_its_turns():
    draft = reconsider(signed("draft"), ("s1", "s2"), CALL, PROJECT, extractor=Signing())
    assert draft.summary.internal == "draft reconsider s1 s2"
