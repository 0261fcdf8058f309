"""Ask -> DraftSpec: the client's words made buildable. Only `ground` makes it a FeatureSpec."""

from pipeline.models.draft import DraftSpec
from pipeline.models.minutes import Ask, Minutes
from pipeline.models.project import Project
from pipeline.models.transcript import Transcript
from pipeline.ports.engines import Specifier


def specify(
    ask: Ask,
    minutes: Minutes,
    transcript: Transcript,
    project: Project,
    *,
    specifier: Specifier,
) -> DraftSpec:
    """Draft the spec of one ask: a live one, or one whose twin is gone.

    Raises:
        ValueError: the ask is withdrawn or already supported; there is nothing to build.
    """
    if ask.status not in ("live", "duplicate"):
        raise ValueError(f"{ask.id!r} is {ask.status}: there is nothing to build")
    draft = specifier.specify(ask, minutes, transcript, project)
    if draft.ask != ask.id:
        raise ValueError(f"the spec answers {draft.ask!r}, but {ask.id!r} was asked")
    return draft
