"""The stage: one live ask in, one draft out."""

from typing import ClassVar

import pytest

from pipeline.models.draft import DraftSpec
from pipeline.models.minutes import Ask, Minutes
from pipeline.models.project import Project
from pipeline.models.transcript import EngineName, Transcript
from pipeline.specify import specify

MINUTES = Minutes(meeting="m", transcript_version=1, language="en")
TRANSCRIPT = Transcript(engine=EngineName(name="test"))


class Answering:
    """A Specifier that answers one ask, whatever it is given."""

    name = "fake"
    model = None
    prompt = None
    settings: ClassVar = {}

    def __init__(self, ask: str) -> None:
        self.ask = ask

    def specify(
        self, ask: Ask, minutes: Minutes, transcript: Transcript, project: Project
    ) -> DraftSpec:
        return DraftSpec(ask=self.ask, title=ask.text)


def ask(**more: object) -> Ask:
    return Ask.model_validate(
        {"uid": "u", "id": "A1", "text": "export", "origin_engine": "test", **more}
    )


@pytest.mark.parametrize("status", ["live", "duplicate"])
def test_an_ask_that_stands_becomes_a_draft(status: str):
    draft = specify(ask(status=status), MINUTES, TRANSCRIPT, Project(), specifier=Answering("A1"))
    assert draft.title == "export"


@pytest.mark.parametrize("status", ["withdrawn", "already_supported"])
def test_an_ask_with_nothing_to_build_is_refused(status: str):
    with pytest.raises(ValueError, match="nothing to build"):
        specify(ask(status=status), MINUTES, TRANSCRIPT, Project(), specifier=Answering("A1"))


def test_an_answer_to_another_ask_is_refused():
    with pytest.raises(ValueError, match="'A2'"):
        specify(ask(), MINUTES, TRANSCRIPT, Project(), specifier=Answering("A2"))
