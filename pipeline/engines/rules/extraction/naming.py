"""Naming: the turn before that tells what short words such as "by Friday" are about."""

from pipeline.engines.rules.extraction.dialogue import Dialogue
from pipeline.engines.rules.extraction.turn import Turn
from pipeline.engines.rules.extraction.wording import after_what, things
from pipeline.language import cues
from pipeline.language.cues_content import terms

_NEAR = 2
"""Turns before in which it is looked for."""


def named_before(turn: Turn, dialogue: Dialogue) -> Turn | None:
    """The nearest turn of another speaker that names a thing in few words.

    What was said among ourselves is never told to explain what was said to everybody.
    """
    for earlier in dialogue.before(turn, _NEAR):
        hidden = earlier.index in dialogue.private and turn.index not in dialogue.private
        if earlier.speaker == turn.speaker or hidden:
            continue
        named = things(earlier.text) - people_of(dialogue)
        if named and after_what(earlier, "") and dialogue.tells(earlier):
            return earlier
    return None


def people_of(dialogue: Dialogue) -> frozenset[str]:
    """Words of the names of those who take part."""
    people = dialogue.project.participants
    names = (name for one in people for name in (one.name, one.title) if name)
    return terms(cues.plain(" ".join(names)))
