"""The words of the call: follow, search, play a moment. Drawn once, whatever else runs again."""

from collections.abc import Mapping

from pipeline.service.meetings import MeetingView
from ui.components.parts import part
from ui.doubt import unsure


def player(view: MeetingView, words: Mapping[str, str], *, key: str = "player") -> None:
    """Draw the transcript of a meeting."""
    segments = view.transcript.segments if view.transcript else ()
    part("player", "shared")(
        key=key,
        data={
            "rev": f"{view.meeting.uid}-{view.transcript.version if view.transcript else 0}",
            "segments": [
                {
                    "id": one.id,
                    "start": one.start,
                    "end": one.end,
                    "speaker": one.speaker,
                    "side": one.side,
                    "text": one.text,
                    "unsure": unsure(one),
                }
                for one in segments
            ],
            "words": dict(words),
        },
    )
