"""Which question an answer is to: known by its words, for another draft numbers it otherwise."""

from typing import TypeVar

from pipeline.models.answering import TOLD
from pipeline.models.asking_back import bare
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
    """The edit of an answer with the question as it is now."""
    if edit.operation != "answer" or not isinstance(on, FeatureSpec):
        return edit
    found = next((one for one in on.open_questions if one.id == edit.field), None)
    if found is None:
        return edit
    return edit.with_(asked=found.with_(**dict.fromkeys(("answer", *TOLD))))
