"""A project that several people change."""

import pytest

from pipeline.errors import ConflictError, InputError
from pipeline.models.actor import Actor
from pipeline.models.project import Project
from pipeline.service import projects
from pipeline.service.house import House

CHEN = Actor(id="u1", name="陈立", via="test")


@pytest.fixture
def project(house: House) -> Project:
    return projects.save(CHEN, house, Project(client="华露", system="订单", scope=("3.1",)))


def test_what_two_people_change_at_different_places_is_kept(house: House, project: Project):
    projects.change(CHEN, house, project, project.with_(industry="饮料"))
    projects.change(CHEN, house, project, project.with_(scope=("3.1", "3.2")))
    kept = projects.of(CHEN, house, project.uid)
    assert (kept.industry, kept.scope) == ("饮料", ("3.1", "3.2"))


def test_of_two_who_change_the_same_the_second_sees_both(house: House, project: Project):
    projects.change(CHEN, house, project, project.with_(scope=("3.1", "3.2")))
    with pytest.raises(ConflictError) as refused:
        projects.change(CHEN, house, project, project.with_(scope=("3.3",), industry="饮料"))
    assert refused.value.params["theirs"] == "3.1\n3.2"
    assert refused.value.params["yours"] == "3.3"
    assert projects.of(CHEN, house, project.uid).industry == ""
    projects.change(CHEN, house, project, project.with_(scope=("3.1", "3.2")))  # the same twice


def test_another_client_is_another_project(house: House, project: Project):
    with pytest.raises(InputError):
        projects.change(CHEN, house, project, project.with_(client="合骏"))
    assert projects.listed(CHEN, house) == (project,)
