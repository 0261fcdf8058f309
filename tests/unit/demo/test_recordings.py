"""What the bundled calls bring along of a model's answers was given to the questions of today."""

from pathlib import Path

import pytest

from pipeline.demo.calls import demo_call
from pipeline.engines.llm.recording import form_digest
from pipeline.engines.llm.sites import items, relations, spec
from pipeline.engines.llm.wire import Wire
from pipeline.engines.recorded.folder import Recorded, Recorder, is_recording, read
from pipeline.models.recording import AnswerManifest, RecordedAnswer
from prompts.loader import every, prompt

LANGUAGES = ("zh", "en")
LABELS = frozenset(prompt(one.site, one.language).label for one in every())
FORMS = frozenset(
    form_digest(kind)
    for module in (items, relations, spec)
    for kind in vars(module).values()
    if isinstance(kind, type) and issubclass(kind, Wire)
)
AGAIN = "record anew: python -m evals.record_demo --help"


def outdated(recorded: Recorded) -> list[str]:
    """Prompts of answers that were asked for in other words, or in another form, than today."""
    return sorted(
        {
            one.prompt
            for one in recorded.answers.values()
            if one.prompt not in LABELS or one.form not in FORMS
        }
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_recording_of_a_bundled_call_answers_the_questions_of_today(language):
    folder = demo_call(language).answers
    if not is_recording(folder):
        pytest.skip("none is bundled")
    recorded = read(folder)
    assert recorded.answers
    assert outdated(recorded) == [], AGAIN


@pytest.mark.parametrize(
    ("label", "form", "told"),
    [
        (prompt("asks", "zh").label, form_digest(items.Asks), False),
        ("asks@0.zh+00000000", form_digest(items.Asks), True),
        (prompt("asks", "zh").label, "0" * 64, True),
    ],
)
def test_a_changed_prompt_or_form_is_noticed(tmp_path: Path, label: str, form: str, told: bool):
    about = AnswerManifest(
        model="m", answered_by="x", recorded_at="2026-03-18T09:00:00.000Z", questions={}
    )
    answer = RecordedAnswer(question="a" * 64, site="asks", prompt=label, form=form, text="{}")
    Recorder(tmp_path, about, call=lambda _: None).add("m", answer)
    assert (outdated(read(tmp_path)) == [label]) is told
