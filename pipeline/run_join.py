"""What people joined to a meeting is joined again by every run, and never heard or read again."""

from pipeline.case import Case, plain
from pipeline.join import join
from pipeline.models.meeting import Join
from pipeline.models.transcript import Transcript


def joined_again(case: Case, chosen: Join, own: Transcript) -> Transcript:
    """The meeting's own transcript with the words that were joined to it.

    Args:
        case: The meeting.
        chosen: What was joined: its words are kept as a version of the meeting's transcript.
        own: What was heard or read of its own file, with people's corrections.
    """
    theirs = case.tools.store.transcript(case.meeting.uid, chosen.version)
    if theirs is None:
        return own
    people = [plain(one) for one in case.project.participants]
    key = case.records.ours("join", [plain(own), plain(theirs), chosen.text, people])
    return case.records.do(
        key,
        Transcript,
        lambda: (
            join(
                own, theirs, clock=case.meeting.clock, text=chosen.text, project=case.project
            ).transcript
        ),
    )
