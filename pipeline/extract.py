"""Transcript -> draft items with citations. `run` orders the calls; nothing is proved yet."""

from collections.abc import Sequence

from pipeline.models.draft import Draft
from pipeline.models.project import Project
from pipeline.models.transcript import Transcript
from pipeline.ports.engines import Extractor


def extract(transcript: Transcript, project: Project, *, extractor: Extractor) -> Draft:
    """Every item of a call, each citing the turns it was found in."""
    return extractor.extract(transcript, project)


def thread(
    draft: Draft, transcript: Transcript, project: Project, *, extractor: Extractor
) -> Draft:
    """Far turns that add to an item join its citations."""
    return extractor.thread(draft, transcript, project)


def relate(
    draft: Draft, transcript: Transcript, project: Project, *, extractor: Extractor
) -> Draft:
    """Later beats earlier: withdrawn, superseded, duplicate, in conflict."""
    return extractor.relate(draft, transcript, project)


def reconsider(
    draft: Draft,
    segments: Sequence[str],
    transcript: Transcript,
    project: Project,
    *,
    extractor: Extractor,
) -> Draft:
    """What a second look at turns that led to no item finds besides the draft."""
    return extractor.reconsider(draft, segments, transcript, project)


def summarise(
    draft: Draft, transcript: Transcript, project: Project, *, extractor: Extractor
) -> Draft:
    """Summary and topics."""
    return extractor.summarise(draft, transcript, project)
