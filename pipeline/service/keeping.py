"""One edit kept: applied to what holds now, refused where somebody was first, then an event."""

from pipeline import review
from pipeline.errors import InputError, NotFoundError
from pipeline.language.fitting import one_of
from pipeline.models.actor import Actor
from pipeline.models.asked import as_asked
from pipeline.models.base import Model
from pipeline.models.clash import shown
from pipeline.models.estimating import estimated, is_estimate
from pipeline.models.minutes import Decision
from pipeline.models.project import Project
from pipeline.models.review import Edit, Entity
from pipeline.models.spec import FeatureSpec
from pipeline.models.succession import Link, closing
from pipeline.record import now
from pipeline.service.house import House

EDITABLE: tuple[Entity, ...] = ("item", "spec", "coverage", "minutes")
"""What people edit so. A corrected segment is a new version of the transcript as well."""


def keep(actor: Actor, house: House, meeting: str, edit: Edit) -> Model:
    """Apply an edit to what holds and keep it; what it was applied to.

    An answer goes to the question that its words name, which a new run may number otherwise. An
    effort is the actor's estimate, unless somebody of our side is named.

    Raises:
        ConflictError: somebody changed it since the editor saw it; holds both texts in full.
        NotFoundError: what it is about is not there.
        InputError: nobody may do this to it, or the value does not fit.
    """
    store = house.tools.store
    on = subject(house, meeting, edit)
    earlier = store.edits(meeting, entity=edit.entity, uid=edit.entity_uid)
    edit = as_asked(edit, on)
    if is_estimate(edit):
        edit = estimated(edit, actor, _project(house, meeting).participants)
    if edit.field == "fit_line" and edit.after and not edit.undoes:
        edit = _real_line(edit, _project(house, meeting))
    if edit.field == "supersedes" and edit.after:
        _check_no_circle(house, meeting, on, str(edit.after))
    review.apply(edit, on, actor=actor, at=now(), earlier=earlier)
    record(actor, house, meeting, edit)
    return on


def _project(house: House, meeting: str) -> Project:
    store = house.tools.store
    return store.project(store.meeting(meeting).project)


def _real_line(edit: Edit, project: Project) -> Edit:
    """The edit with a line of the product's capabilities as the project has it.

    Raises:
        InputError: there is no such line.
    """
    line = one_of(str(edit.after), project.capabilities)
    if line is None:
        raise InputError("no_such_capability", line=shown(edit.after))
    return edit.with_(after=line)


def _check_no_circle(house: House, meeting: str, on: Model, earlier: str) -> None:
    """Refuse to let a thing replace what replaces it already, in whatever call of the project.

    Raises:
        InputError: it would; names the circle.
    """
    store = house.tools.store
    known: list[Decision | FeatureSpec] = []
    for one in store.meetings(store.meeting(meeting).project):
        if isinstance(on, FeatureSpec):
            known += store.specs(one.uid)
        elif (minutes := store.minutes(one.uid)) is not None:
            known += minutes.decisions
    ids = {one.uid: one.id for one in known}
    links = [Link(one.id, ids.get(one.supersedes or "", one.supersedes)) for one in known]
    own = ids.get(getattr(on, "uid", ""), getattr(on, "id", ""))
    if circle := closing(links, Link(own, ids.get(earlier, earlier))):
        raise InputError("circle", ids=" → ".join(circle), id=own)


def record(actor: Actor, house: House, meeting: str, edit: Edit) -> None:
    """Keep an edit that somebody else found to hold."""
    store = house.tools.store
    store.append_edit(actor, project=store.meeting(meeting).project, meeting=meeting, edit=edit)


def subject(house: House, meeting: str, edit: Edit, *, before: str | None = None) -> Model:
    """What an edit is about, now or before an event.

    Raises:
        NotFoundError: it is not there.
        InputError: nobody edits such a thing so.
    """
    if edit.entity not in EDITABLE:
        raise InputError("edit_not_possible", operation=edit.operation, kind=edit.entity)
    on = house.tools.store.subject(meeting, edit, before=before)
    if on is None:
        yours = shown(edit.after)
        raise NotFoundError(
            "edit_target_gone", entity=edit.entity, uid=edit.entity_uid, yours=yours
        )
    return on
