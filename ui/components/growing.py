"""The words of a call while it is heard: they come by themselves, and each can be played."""

from pipeline.models.meeting import Meeting
from ui.components.parts import part
from ui.routes.tokens import heard_url, sound_url
from ui.session import settings, words


def growing(meeting: Meeting) -> None:
    """Draw the turns so far; the browser asks for new ones until all is heard."""
    home = settings().home
    part("growing", "shared")(
        key=f"growing-{meeting.uid}",
        data={
            "meeting": meeting.uid,
            "words": {**words("player"), **words("growing")},
            "heard": heard_url(home, meeting.uid),
            "sound": sound_url(home, meeting.uid) if meeting.recordings else None,
        },
    )
