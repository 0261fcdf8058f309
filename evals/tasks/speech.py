"""The bundled recordings heard -> the share of letters (Chinese) and words (English) that are wrong.

The bundled model knows these two calls and little else: its figure says that hearing works, not
how well. A model that is set by DRAGOMAN_SPEECH_MODEL is measured instead.
"""

import json
import tempfile
from pathlib import Path

from evals.scorers.share import Cells, Share
from evals.scorers.words import wrong
from evals.tasks.processed import ME
from pipeline import bootstrap, hearing, run
from pipeline.models.base import Language
from pipeline.models.job import Progress
from pipeline.service import meetings
from pipeline.service.intake import Intake


def heard() -> Cells:
    """Both calls.

    Raises:
        DragomanError: the model cannot be had.
    """
    return {"speech.cer_zh": _one("zh"), "speech.wer_en": _one("en")}


def _one(language: Language) -> Share:
    call = bootstrap.demo_call(language)
    turns = json.loads(call.recording.with_name("call.json").read_bytes())["turns"]
    with tempfile.TemporaryDirectory() as home:
        set_already = "speech_model" in bootstrap.settings().model_fields_set
        chosen = bootstrap.settings(
            home=Path(home),
            database_url="",
            engine="rules",
            speech_model=None if set_already else hearing.DEMO_MODEL,
        )
        house = bootstrap.house(chosen)
        try:
            intake = Intake(project=call.project, languages=(language,))
            uid = meetings.add(ME, house, call.recording, intake).uid
            transcript = run.hear(uid, house.tools, _unwatched)
        finally:
            house.tools.store.close()
    said = [str(turn["text"]) for turn in turns]
    return wrong([one.text for one in transcript.segments], said, by_word=language == "en")


def _unwatched(progress: Progress) -> None:
    del progress
