"""What rests on the words of a call, and which corrections of them it does not outlast."""

from collections.abc import Iterable, Sequence

from pipeline.models.base import Model
from pipeline.models.editing import evidence_in
from pipeline.models.evidence import Evidence
from pipeline.models.minutes import Ask
from pipeline.models.review import Edit, EditEvent
from pipeline.models.spec import FeatureSpec
from pipeline.models.undoing import undone

_RESTS_ON_WORDS = ("set", "erratum", "answer", "approve", "reject", "needs_client")
"""What people do to an item or spec with the words of the call before them."""


class Changes:
    """Which corrections changed words that were cited, by the version they were cited in."""

    def __init__(self, events: Iterable[EditEvent]) -> None:
        """Take note of the corrections among all edits, oldest first."""
        every = [event for event in events if event.body]
        self._undone = undone(every)
        self._places = {event.uid: place for place, event in enumerate(every)}
        self._made_on = {
            event.uid: event.body.version
            for event in every
            if event.entity == "segment" and event.body
        }

    def tell(self, event: EditEvent, version: int, own: Iterable[EditEvent]) -> bool:
        """Whether the words of this version are others since, and still, by this correction.

        What was taken back is no change, and taking back is one only for what was cited between,
        or what people edited or decided between: they had the corrected words before them.

        Args:
            event: A correction.
            version: The transcript that was cited.
            own: The edits of that which cites it.
        """
        edit, made_on = event.body, self._made_on.get(event.uid)
        if edit is None or event.uid in self._undone:
            return False
        if made_on is not None and version > made_on:
            return False
        if edit.undoes is None:
            return True
        before = self._made_on.get(edit.undoes)
        if before is None:
            return False
        return version > before or any(self._between(edit.undoes, one, event) for one in own)

    def _between(self, first: str, own: EditEvent, last: EditEvent) -> bool:
        """Whether work that holds was done after a correction and before it was taken back."""
        places = [self._places.get(uid, -1) for uid in (first, own.uid, last.uid)]
        holds = own.uid not in self._undone and own.body is not None and not own.body.undoes
        return holds and own.operation in _RESTS_ON_WORDS and places == sorted(places)


def shaken(on: Model, edit: Edit) -> Sequence[Evidence]:
    """The evidence that no longer holds as it was where its turn was corrected so.

    Another name, or a side where nobody knew one, leaves the words as they were; yet what we said
    ourselves is nothing that a client asked for.
    """
    told = edit.field == "side" and edit.before == "unknown"
    ours = told and edit.after == "us" and isinstance(on, Ask | FeatureSpec)
    if edit.field == "speaker" or (told and not ours):
        return ()
    every = tuple(evidence_in(on))
    if not ours:
        return every
    words = on.raw_quote if isinstance(on, Ask) else ""
    return tuple(one for one in every if words and words in one.quote) or every
