"""Use cases of what was said and not minuted: take it into the minutes, as what a person says it is.

The words that prove it are found by the same code as an engine's, and the turn's place on the
list of what was said and not minuted is answered in the same transaction.
"""

from collections.abc import Iterator, Sequence

from ulid import ULID

from pipeline.errors import InputError, NotFoundError
from pipeline.ground import ground
from pipeline.models.actor import Actor
from pipeline.models.adding import ADDABLE, BY_HAND, as_edit, read
from pipeline.models.clash import shown
from pipeline.models.draft import DRAFT_TYPES, Draft, DraftItem
from pipeline.models.evidence import Citation
from pipeline.models.item import Kind
from pipeline.models.minutes import ARRAYS, Item, Minutes, Uncited
from pipeline.models.review import Edit, EditEvent
from pipeline.models.transcript import Segment, Transcript
from pipeline.models.undoing import undone
from pipeline.service.house import House
from pipeline.service.keeping import keep, record

_UNSAID: dict[Kind, dict[str, object]] = {
    "decision": {"state": "tentative"},  # one turn shows no agreement of the other side
    "concern": {"visibility": "internal"},
}
"""Values that claim least, where a kind's own default claims more."""


def take(
    actor: Actor,
    house: House,
    meeting: str,
    segment: str,
    *,
    kind: Kind,
    text: str | None = None,
    also: Sequence[str] = (),
    seen: Uncited | None = None,
) -> Item:
    """Make an item of a turn; it enters the minutes as a draft like any other.

    Args:
        actor: Who takes it.
        house: Where.
        meeting: Its uid.
        segment: The turn.
        kind: What it is.
        text: What the item says; the turn's own words where nobody wrote others.
        also: Turns beside it that belong to it.
        seen: Its place on the list of what was said and not minuted, as the reader saw it.

    Raises:
        ConflictError: somebody else answered for the turn meanwhile.
        NotFoundError: the meeting has no minutes yet, or a turn is not there.
        InputError: a turn makes no such thing, the text is empty, or the turn was taken already.
    """
    store = house.tools.store
    with store.transaction():
        uid = store.meeting(meeting).uid
        transcript, minutes = store.transcript(uid), store.minutes(uid)
        if transcript is None or minutes is None:
            raise NotFoundError("no_transcript", meeting=meeting)
        turns = [_turn(transcript, one, text) for one in dict.fromkeys((segment, *also))]
        drafted = _drafted(kind, turns, text)
        item = _proved(house, kind, drafted, transcript, minutes)
        item = store.name_added(uid, kind, item.with_(edited=item.text != turns[0].text.strip()))
        act = str(ULID())
        record(actor, house, uid, as_edit(kind, item, together=act))
        for one in _answered(minutes, turns, seen):
            state = "accepted" if one.segment == segment else "attached"
            keep(actor, house, uid, _cover(one, state, item.id, act))
        return item


def take_back(
    actor: Actor, house: House, meeting: str, edit: Edit, event: str, *, together: str | None
) -> Edit:
    """Take an addition back, or what took it back; the edit that does so, which is kept.

    Raises:
        InputError: somebody worked on the item since, or something else belongs to it.
    """
    if edit.after is not None:
        _check_unused(house, meeting, read(edit.after).item)
    back = edit.with_(
        before=edit.after, after=edit.before, reason=None, undoes=event, together=together
    )
    record(actor, house, meeting, back)
    return back


def _turn(transcript: Transcript, segment: str, text: str | None) -> Segment:
    found = transcript.segment(segment)
    if found is None:
        raise NotFoundError("turn_gone", yours=shown(text))
    return found


def _drafted(kind: Kind, turns: Sequence[Segment], text: str | None) -> DraftItem:
    """What is claimed: each turn stands for itself, so that each keeps its own speaker."""
    if kind not in ADDABLE:
        raise InputError("edit_not_possible", operation="add", kind=kind)
    words = turns[0].text if text is None else text
    if not words.strip():
        raise InputError("added_text_empty")
    citations = tuple(Citation(segments=(one.id,)) for one in turns)
    values = {"ref": "new", "text": words.strip(), "citations": citations}
    return DRAFT_TYPES[kind].model_validate(values | _UNSAID.get(kind, {}))


def _proved(
    house: House, kind: Kind, drafted: DraftItem, transcript: Transcript, minutes: Minutes
) -> Item:
    draft = Draft(internal=house.tools.store.our_talk(transcript.meeting or minutes.meeting))
    draft = draft.with_(**{ARRAYS[kind]: (drafted,)})
    made = ground(draft, transcript, language=minutes.language, engine=BY_HAND)
    return next(item for _, item in made.items())


def _answered(
    minutes: Minutes, turns: Sequence[Segment], seen: Uncited | None
) -> Iterator[Uncited]:
    """Their places on the list of what was said and not minuted; that of the first as it was seen.

    Raises:
        InputError: somebody took the first already, after it had been marked to be taken.
    """
    if seen is not None:
        yield seen
    taken = {one.id for one in turns}
    for one in minutes.coverage.uncited:
        same = seen is not None and (one.segment, one.cue) == (seen.segment, seen.cue)
        if same and seen and one.state == seen.state == "accepted" and one.item != seen.item:
            raise InputError("taken_already", item=one.item or "")
        if one.segment in taken and one.state == "open" and not same:
            yield one


def _cover(turn: Uncited, state: str, item: str, act: str) -> Edit:
    return Edit(
        entity="coverage",
        entity_uid=turn.segment,
        operation="cover",
        field=turn.cue,
        before=turn.state,
        after={"state": state, "item": item},
        together=act,
    )


def _check_unused(house: House, meeting: str, item: Item) -> None:
    """Nobody's words go with an item: what people did to it is taken back by them first."""
    store = house.tools.store
    events = list(store.edits(meeting, entity="item", uid=item.uid))
    minutes = store.minutes(meeting)
    for spec in store.specs(meeting):
        if item.id in spec.asks:
            events += store.edits(meeting, entity="spec", uid=spec.uid)
    if work := _work(events):
        raise InputError("added_worked_on", item=item.id, who=work[-1].actor.name)
    if minutes is not None and _leaned_on(minutes, item.id):
        raise InputError("added_leaned_on", item=item.id)


def _work(events: Sequence[EditEvent]) -> list[EditEvent]:
    """What people did that still holds, but for adding it."""
    gone = undone(events)
    return [
        one
        for one in events
        if one.operation != "add" and one.uid not in gone and not (one.body and one.body.undoes)
    ]


def _leaned_on(minutes: Minutes, item: str) -> bool:
    """Whether another item or another turn points to it."""
    turns = (one.item for one in minutes.coverage.uncited)
    copies = (one.duplicate_of for one in minutes.asks)
    later = (one.supersedes for one in minutes.decisions)
    return item in {*turns, *copies, *later}
