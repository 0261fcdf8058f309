"""People read in their own words why something that was heard was left out."""

from typing import get_args

import pytest

from pipeline.engines.speech.doubt import Reason
from pipeline.words.loader import Language, table

HEARD = (*get_args(Reason), "breaks off", "nobody speaks", "loud without a voice")


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("reason", HEARD)
def test_every_reason_of_what_was_left_out_of_a_recording_has_words(
    language: Language, reason: str
):
    told = table("ui.words", language).get(f"desk.unsaid.reason.{reason.replace(' ', '_')}")
    assert told
