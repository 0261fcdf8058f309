"""What people do in the browser, as commands that are kept there until we have them safe.

A component holds every command in its outbox, and in the browser's own storage, until an answer
names it. So nothing is lost by a reload, a lost connection or a restart of the desk: it is sent
again, and what was kept already is seen to be kept already.
"""

from collections import ChainMap
from collections.abc import Iterable, Mapping
from itertools import groupby
from types import MappingProxyType
from typing import cast

from pydantic import ValidationError

from pipeline.errors import ConflictError, DragomanError, InputError, NotFoundError
from pipeline.models.actor import Actor
from pipeline.models.base import Model
from pipeline.models.review import EDITED_SINCE, Edit, Entity, Seen
from pipeline.models.spec import OpenQuestion
from pipeline.service import review
from pipeline.service.answers import note
from pipeline.service.house import House
from pipeline.words.loader import Language, say
from ui.commands import Answer, Command
from ui.corrections import Corrected, correct, name
from ui.words.loader import tin

MOST = 200
"""Commands taken at a time; the rest waits in the browser."""


NOTHING: Mapping[str, Answer] = MappingProxyType({})


def obey(
    actor: Actor,
    house: House,
    meeting: str,
    commands: object,
    language: Language,
    *,
    earlier: Mapping[str, Answer] = NOTHING,
) -> dict[str, Answer]:
    """Do what is in an outbox, in order; the answer to each, by its id.

    What the browser sends is checked here and nowhere trusted. A yes may follow an edit that was
    answered before and whose answer is still on its way: `earlier` holds those.
    """
    answers: dict[str, Answer] = {}
    for names, some in groupby(_read(commands), key=lambda one: _is_name(one[1])):
        run = dict(some)
        if names and len(run) > 1:
            answers |= _named_at_once(actor, house, meeting, run)
        for uid, command in run.items():
            if uid in answers:
                continue
            known = ChainMap(answers, dict(earlier))
            answers[uid] = (
                Answer(
                    id=uid, ok=False, lost=True, message=tin(language, "desk.lane.not_understood")
                )
                if command is None
                else _answer(actor, house, meeting, command, known, language)
            )
    return answers


def _is_name(command: Command | None) -> bool:
    return command is not None and command.op == "name"


def _named_at_once(
    actor: Actor, house: House, meeting: str, run: Mapping[str, Command | None]
) -> dict[str, Answer]:
    """The answers to many names; none where one is refused: then each is answered by itself."""
    commands = [one for one in run.values() if one is not None]
    try:
        made = name(actor, house, meeting, commands)
    except DragomanError:
        return {}
    return {
        one.id: Answer(id=one.id, ok=True, events=done.events)
        for one, done in zip(commands, made, strict=True)
    }


def _read(commands: object) -> Iterable[tuple[str, Command | None]]:
    """The commands by their id; None for what nobody made with the buttons of this program.

    It may be from an earlier program, or was damaged in the browser's storage: unanswered, it
    would be sent again for ever. What has nothing but an id only asks to be heard.
    """
    for one in cast(list[object], commands)[:MOST] if isinstance(commands, list) else ():
        uid = one.get("id") if isinstance(one, dict) and len(one) > 1 else None
        if not isinstance(uid, str) or not uid:
            continue
        try:
            yield uid, Command.model_validate(one)
        except ValidationError:
            yield uid, None


def _answer(
    actor: Actor,
    house: House,
    meeting: str,
    command: Command,
    answers: Mapping[str, Answer],
    language: Language,
) -> Answer:
    try:
        if kept := _kept(actor, house, meeting, command):
            return kept
        made = _do(actor, house, meeting, command, answers)
    except ConflictError as error:
        yours, theirs = (error.params.get(name) for name in ("yours", "theirs"))
        mine = command.operation == "answer" and error.params.get("who") == actor.name
        if yours == theirs and (command.operation == "set" or mine):
            return Answer(id=command.id, ok=True)  # kept before; the answer was lost on its way
        return Answer(
            id=command.id,
            ok=False,
            message=_said(error, language),
            yours=None if yours is None else str(yours),
            theirs=None if theirs is None else str(theirs),
        )
    except DragomanError as error:
        return Answer(id=command.id, ok=False, message=_said(error, language))
    now = made[0] if made else None
    return Answer(
        id=command.id,
        ok=True,
        events=_events(actor, house, meeting, command, made),
        hash=getattr(now, "content_hash", None),
    )


def _kept(actor: Actor, house: House, meeting: str, command: Command) -> Answer | None:
    """The answer to what was done before the desk was started anew, which forgot it."""
    if command.op not in ("edit", "approve_many"):
        return None
    about: tuple[Entity, str | None] = ("item", None)
    if command.op == "edit":
        about = (command.entity, command.uid)
    made = review.done_by(actor, house, meeting, command.id, *about)
    if not made:
        return None
    seal = None
    if command.op == "edit" and review.history(actor, house, meeting, *about)[-1] == made[-1]:
        now = review.present(actor, house, meeting, command.entity, command.uid)
        seal = getattr(now, "content_hash", None)
    return Answer(id=command.id, ok=True, events=tuple(one.uid for one in made), hash=seal)


def _do(
    actor: Actor, house: House, meeting: str, command: Command, answers: Mapping[str, Answer]
) -> tuple[Model, ...]:
    if command.op == "undo":
        return _undo(actor, house, meeting, *_named(actor, house, meeting, command, answers))
    if command.op == "approve_many":
        edits = [
            Edit(
                entity="item",
                entity_uid=one.uid,
                operation="approve",
                before=one.hash,
                seen=Seen(review=one.review, stale=one.stale),
                command=command.id,
            )
            for one in command.items
        ]
        return review.edit_many(actor, house, meeting, edits)
    if command.op == "name":
        return tuple(name(actor, house, meeting, [command]))
    if command.op == "segment":
        return (correct(actor, house, meeting, command.model_dump()),)
    before, seen = command.before, command.seen
    if command.operation == "approve" and command.follows is not None:
        before = _followed(actor, house, meeting, command, answers)
        seen = seen and seen.with_(stale=(*seen.stale, EDITED_SINCE))
    edit = Edit(
        entity=command.entity,
        entity_uid=command.uid,
        operation=command.operation or "set",
        field=command.field,
        before=before,
        after=command.after,
        reason=command.reason,
        seen=seen,
        asked=_asked(command),
        command=command.id,
    )
    if edit.operation == "answer":
        return (note(actor, house, meeting, edit),)
    return (review.edit(actor, house, meeting, edit),)


def _asked(command: Command) -> OpenQuestion | None:
    if command.operation != "answer" or not command.asked:
        return None
    return OpenQuestion(id=command.field or "", slot="other", question=command.asked)


def _followed(
    actor: Actor, house: House, meeting: str, command: Command, answers: Mapping[str, Answer]
) -> str | None:
    """The content that the edit made which a yes takes note of; without that there is no yes."""
    follows = command.follows or ""
    edited = answers.get(follows) or _kept(actor, house, meeting, command.with_(id=follows))
    if edited is None or not edited.ok:
        raise InputError("nothing_kept_to_approve")
    return edited.hash


def _events(
    actor: Actor, house: House, meeting: str, command: Command, made: tuple[Model, ...]
) -> tuple[str, ...]:
    """The events that this command made."""
    if made and isinstance(made[0], Corrected):
        return made[0].events
    if command.op == "undo":
        return ()
    one = command.uid if command.op == "edit" else None
    entity = command.entity if one else None
    done = review.done_by(actor, house, meeting, command.id, entity, one)
    return tuple(event.uid for event in done)


def _named(
    actor: Actor, house: House, meeting: str, command: Command, answers: Mapping[str, Answer]
) -> tuple[str, ...]:
    """The events that an undo is about: never others than those that somebody looked at."""
    if command.events or command.undoes is None:
        named = command.events
    elif (told := answers.get(command.undoes)) is not None:
        named = told.events
    else:
        done = review.done_by(actor, house, meeting, command.undoes)
        named = tuple(event.uid for event in done)
    if not named:
        raise NotFoundError("nothing_kept_to_undo" if command.undoes else "nothing_to_undo")
    return named


def _undo(actor: Actor, house: House, meeting: str, *events: str) -> tuple[Model, ...]:
    """Taken back; what the same person took back already, and nobody since restored, is that."""
    try:
        return review.undo(actor, house, meeting, *events)
    except InputError as error:
        if error.code == "undone_already" and review.taken_back(actor, house, meeting, *events):
            return ()
        raise


def _said(error: DragomanError, language: Language) -> str:
    return say(f"error.{error.code}", language, **error.params)
