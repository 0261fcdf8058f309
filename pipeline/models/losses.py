"""What of a recording or file is not in its transcript, in words."""

from pipeline.models.transcript import BREAKS_OFF, Transcript
from pipeline.words.loader import Language, say

IMPORTED = "import"
"""Engine name of a transcript that somebody else made."""


def losses(transcript: Transcript, language: Language) -> tuple[str, ...]:
    """One sentence for each kind of loss; nothing where all of it was taken.

    Sound that is not speech is no loss. A line of a file that was not understood is one.
    """
    broken = [drop for drop in transcript.dropped if drop.reason == BREAKS_OFF]
    said = [
        say(
            "stage.breaks_off",
            language,
            minutes=int(drop.start or 0) // 60,
            seconds=int(drop.start or 0) % 60,
        )
        for drop in broken
    ]
    lines = len(transcript.dropped) - len(broken)
    if transcript.engine.name == IMPORTED and lines:
        said.append(say("stage.lines_not_taken", language, count=lines))
    return tuple(said)
