"""What people joined to a meeting is joined again by every run, and never heard or read again."""

from collections.abc import Sequence

from pipeline.case import Case, plain
from pipeline.join import join
from pipeline.models.correcting import corrected, without
from pipeline.models.meeting import Join
from pipeline.models.review import Edit, EditEvent
from pipeline.models.transcript import Segment, Transcript
from pipeline.models.undoing import undone
from pipeline.ports.store import Store


def joined_again(
    case: Case, chosen: Join, own: Transcript, edits: Sequence[EditEvent]
) -> Transcript:
    """The meeting's own transcript with the words that were joined to it, and the corrections.

    It is compared as it was when people joined the two. Words that somebody rewrote since are
    still the same call's: what was joined is not put beside them as if they lacked it.

    Args:
        case: The meeting.
        chosen: What was joined: its words are kept as a version of the meeting's transcript.
        own: What was heard or read of its own file.
        edits: All edits of the turns, oldest first.
    """
    theirs = case.tools.store.transcript(case.meeting.uid, chosen.version)
    if theirs is None:
        return corrected(own, edits)
    own = corrected(own, [one for one in edits if _undoes(one) or _before(one, chosen)])
    return corrected(_joined(case, chosen, own, theirs), edits)


def own_again(own: Transcript, chosen: Join, store: Store) -> Transcript:
    """The meeting's own words of before a join, with what was corrected and taken back since."""
    edits = store.edits(own.meeting, entity="segment")
    then = [one for one in edits if _before(one, chosen)]
    since = undone(edits) - undone(then)
    gone = [one for one in reversed(then) if one.uid in since]

    def was(edit: Edit) -> Segment | None:
        heard = store.transcript(own.meeting, edit.version) if edit.version else None
        return heard.segment(edit.entity_uid) if heard else None

    return corrected(without(own, gone, was), edits)


def _before(event: EditEvent, chosen: Join) -> bool:
    """Whether it corrected words to which nothing was joined yet."""
    version = event.body.version if event.body else None
    return version is None or version < chosen.version


def _undoes(event: EditEvent) -> bool:
    return bool(event.body and event.body.undoes)


def _joined(case: Case, chosen: Join, own: Transcript, theirs: Transcript) -> Transcript:
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
