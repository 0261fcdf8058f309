"""Who speaks in a file that is taken in: matched to the project's people before the first run."""

from pipeline.models.project import Participant, Project
from pipeline.service.previews import Speaker
from ui.heard import Known, heard

PROJECT = Project(
    client="宏达贸易",
    participants=(
        Participant(name="王建国", title="总经理", side="client"),
        Participant(name="李梅", side="client"),
        Participant(name="李强", side="client"),
        Participant(name="陈立", side="us", label="顾问陈"),
    ),
)


def rows(*labels: str, project: Project | None = PROJECT, alone: bool = False):
    return heard([Speaker(name=one, turns=2) for one in labels], Known(project, alone))


def test_a_form_of_address_is_filled_in_as_the_one_it_can_mean():
    (only,) = rows("王总").people
    assert (only.name, only.label, only.side, only.title) == ("王建国", "王总", "client", "总经理")


def test_a_name_that_fits_several_waits_for_a_person():
    assert rows("李总", "说话人 2") == ((), ("李总", "说话人 2"))


def test_what_a_recorder_calls_a_participant_is_that_participant():
    (only,) = rows("顾问陈").people
    assert (only.name, only.side) == ("陈立", "us")


def test_without_a_project_everybody_is_filled_in_as_called():
    found = rows("王总", "说话人 2", project=None, alone=True)
    assert [(one.name, one.side) for one in found.people] == [("王总", None), ("说话人 2", None)]
