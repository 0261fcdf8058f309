"""What files would change in a project, in words."""

from collections.abc import Iterator, Sequence

from pipeline.models.vocabulary import FileFinding, Proposal
from pipeline.words.loader import Language, say
from ui.words.loader import tin

SHOWN = 10
"""Findings that are told one by one where nothing folds them."""


def told(finding: FileFinding, language: Language) -> str:
    """A finding with its file and place."""
    what = say(f"vocabulary.{finding.code}", language, **finding.params)
    key = "vocabulary.finding"
    key += "_place" if finding.place else ""
    key += "_line" if finding.line else ""
    values = {"file": finding.file, "place": finding.place, "line": finding.line}
    return say(key, language, **values, what=what)


def summary(proposal: Proposal, language: Language) -> tuple[str, ...]:
    """A sentence for each thing that would change; one that nothing would."""
    lines = list(_differences(proposal, language))
    return tuple(lines) or (tin(language, "vocabulary.nothing_new"),)


def _differences(proposal: Proposal, language: Language) -> Iterator[str]:
    for name in ("tables", "columns"):
        count = getattr(proposal, name)
        if count.new or count.changed or count.gone:
            values = {"new": count.new, "changed": count.changed, "gone": count.gone}
            yield tin(language, f"vocabulary.{name}", **values)
    for name in ("capabilities", "scope"):
        if new := getattr(proposal, name):
            yield tin(language, f"vocabulary.{name}", count=new)


def read_as(proposal: Proposal, language: Language) -> str:
    """What each file was read as."""
    return " · ".join(
        tin(language, "vocabulary.read_as", file=file, shape=shape)
        for file, shape in proposal.shapes.items()
    )


def first(findings: Sequence[FileFinding], language: Language, most: int = SHOWN) -> list[str]:
    """The first findings, and how many more there are."""
    lines = [told(one, language) for one in findings[:most]]
    if len(findings) > most:
        lines.append(tin(language, "vocabulary.more", count=len(findings) - most))
    return lines
