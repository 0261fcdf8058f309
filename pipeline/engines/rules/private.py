"""Which turns of a call were not meant for everybody: for engines that cannot tell themselves."""

from collections.abc import Mapping, Sequence

from pipeline.engines.rules.extraction.dialogue import Dialogue
from pipeline.language.twin import Twin
from pipeline.models.project import Project
from pipeline.models.transcript import Transcript


def private_segments(transcript: Transcript, project: Project) -> Mapping[str, Sequence[str]]:
    """By id of the segment: the participants it must never reach; none where it is merely ours."""
    twin = Twin(transcript, project)
    dialogue = Dialogue(twin.transcript, twin.project)
    return {
        dialogue.turns[index].id: tuple(map(twin.as_it_stands, private.not_for))
        for index, private in sorted(dialogue.private.items())
    }
