"""An answer noted: against the option it means, and for every spec that asks the same."""

from collections.abc import Iterator

from ulid import ULID

from pipeline.models.actor import Actor
from pipeline.models.answering import reply
from pipeline.models.asked import as_asked
from pipeline.models.asked_once import twins
from pipeline.models.base import Model
from pipeline.models.plain_speech import as_option
from pipeline.models.project import Project
from pipeline.models.review import Edit
from pipeline.models.spec import FeatureSpec, OpenQuestion
from pipeline.service import review
from pipeline.service.house import House
from pipeline.service.keeping import subject


def note(actor: Actor, house: House, meeting: str, edit: Edit) -> Model:
    """Keep an answer, or take it back, in every spec that asks the same; the spec as it is now.

    An answer in the plain words that the client read is kept as the option it stands for. All of
    it is one act: it is taken back together.

    Raises:
        ConflictError: somebody changed it since the editor saw it, or nobody asks so any more.
        NotFoundError: the meeting or the spec is not there.
        InputError: it is no answer.
    """
    store = house.tools.store
    with store.transaction():
        uid = store.meeting(meeting).uid
        on = subject(house, uid, edit)
        asked = as_asked(edit, on)
        if not isinstance(on, FeatureSpec) or asked.asked is None:
            return review.edit(actor, house, uid, edit)
        project = store.project(store.meeting(uid).project)
        edit = _meant(edit, asked.asked, project, on)
        others = tuple(_for_twins(edit, on, asked.field or "", store.specs(uid)))
        if not others:
            return review.edit(actor, house, uid, edit)
        act = str(ULID())
        edits = [one.with_(together=act) for one in (edit, *others)]
        return review.edit_many(actor, house, uid, edits)[0]


def _meant(edit: Edit, question: OpenQuestion, project: Project, spec: FeatureSpec) -> Edit:
    said = reply(edit)
    if said is None:
        return edit
    option = as_option(said.answer, question, project, spec.language)
    if option == said.answer:
        return edit
    return edit.with_(after=said.with_(answer=option).model_dump(mode="json"))


def _for_twins(
    edit: Edit, on: FeatureSpec, question: str, specs: tuple[FeatureSpec, ...]
) -> Iterator[Edit]:
    """The same answer where nobody answered yet, or where this very answer was noted before."""
    now = next((one for one in on.open_questions if one.id == question), None)
    standing = (one for one in specs if one.review != "rejected" and one.status in _OPEN_TO)
    for twin in twins(standing, on.uid, question):
        other = twin.question
        if twin.spec is None or now is None or not isinstance(other, OpenQuestion):
            continue
        if _signed(other) == _signed(now) and (other.answer or edit.after is not None):
            yield edit.with_(
                entity_uid=twin.spec.uid,
                field=other.id,
                before=other.answer,
                asked=other.with_(answer=None),
            )


_OPEN_TO = ("draft", "needs_answers", "approved", "confirmed")


def _signed(one: OpenQuestion) -> tuple[str | None, ...]:
    return (one.answer, one.answered_by, one.answered_side)
