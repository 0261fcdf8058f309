"""Which question an answer is to: known by its words, for another draft numbers it otherwise."""

from typing import TypeVar

from pipeline.errors import ConflictError
from pipeline.models.alike import bare
from pipeline.models.answering import TOLD, reply
from pipeline.models.review import Edit
from pipeline.models.spec import FeatureSpec, OpenQuestion

S = TypeVar("S", bound=FeatureSpec)


def asked(spec: FeatureSpec, edit: Edit) -> OpenQuestion | None:
    """The question that an answer is to; a newer draft may number it otherwise."""
    if edit.asked is None:
        return next((one for one in spec.open_questions if one.id == edit.field), None)
    words = bare(edit.asked.question)
    same = [one for one in spec.open_questions if bare(one.question) == words]
    return next((one for one in same if one.id == edit.field), same[0] if same else None)


def asked_still(spec: S, edit: Edit) -> S:
    """The spec with the question in it that an answer is to, also where a newer draft lacks it."""
    if edit.operation != "answer" or edit.asked is None or asked(spec, edit) is not None:
        return spec
    taken = {one.id for one in spec.open_questions}
    names = (edit.asked.id, *(f"q{n}" for n in range(1, len(taken) + 2)))
    free = next(name for name in names if name not in taken)
    return spec.with_(open_questions=(*spec.open_questions, edit.asked.with_(id=free)))


def as_asked(edit: Edit, on: object) -> Edit:
    """The edit of an answer with its question as it is now, wherever that stands.

    Only the words of a question that a face names are taken from it. What takes an answer back
    finds the question by its number where it was worded anew: it holds that very answer.

    Raises:
        ConflictError: nobody asks so any more; holds both questions and the answer in full.
    """
    if edit.operation not in ("answer", "ask") or not isinstance(on, FeatureSpec):
        return edit
    found = asked(on, edit)
    if found is None:
        found = asked(on, edit.with_(asked=None))
        if edit.asked is not None and not edit.undoes:
            raise _gone(edit, edit.asked, found)
    if found is None:
        return edit
    return edit.with_(field=found.id, asked=found.with_(**dict.fromkeys(("answer", *TOLD))))


def _gone(edit: Edit, seen: OpenQuestion, now: OpenQuestion | None) -> ConflictError:
    said = reply(edit) if edit.operation == "answer" else None
    return ConflictError(
        "question_gone",
        field=edit.field or "",
        asked=seen.question,
        now=now.question if now else "—",
        yours=said.answer if said else "—",
    )
