"""Second look: what turns that led to no item may hold, when a single cue is enough."""

from collections.abc import Sequence

from pipeline.engines.rules.extraction.dialogue import Dialogue
from pipeline.models.draft import Draft


def second_look(segments: Sequence[str], dialogue: Dialogue) -> Draft:
    return Draft()
