"""On a project's page: the languages of its calls, and the characters they are written in."""

from typing import Any

from pipeline.models.actor import Actor
from pipeline.service import projects
from ui.words.loader import tin

ME = Actor(id="local:陈工", name="陈工", via="test")


def labelled(elements: Any, key: str) -> Any:
    return next(one for one in elements if one.label == tin("en", f"desk.project.{key}"))


def test_languages_and_characters_are_chosen(desk: Any, open_page: Any):
    uid = desk.view.project.uid
    app = open_page("project", p=uid, lang="en")
    assert labelled(app.selectbox, "characters").value == "auto"
    assert labelled(app.multiselect, "spoken").placeholder == tin("en", "desk.project.spoken_any")
    labelled(app.multiselect, "spoken").set_value(["yue", "zh"])
    labelled(app.selectbox, "characters").set_value("hongkong")
    labelled(app.button, "save").click().run()
    assert not app.exception
    kept = projects.of(ME, desk.house, uid)
    assert (set(kept.spoken), kept.characters) == ({"yue", "zh"}, "hongkong")
