"""Gherkin: features/<id>.feature, what a spec asks for and its cases, for test runners.

Text of the call can make no keyword, tag, comment, table or text block: each stands in one line,
behind a word of ours.
"""

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from pipeline.exporters.blocks.buildable import Buildable, Requirement, Scenario
from pipeline.exporters.blocks.trace import evidence_file, shown, traced
from pipeline.exporters.escape import file_name, one_line
from pipeline.exporters.files import save
from pipeline.models.base import Language
from pipeline.models.client_view import View
from pipeline.models.spec import FeatureSpec


class _Keywords(NamedTuple):
    """The words of the language that Gherkin knows."""

    tag: str
    feature: str
    scenario: str
    given: str
    when: str
    then: str


_KEYWORDS: Mapping[Language, _Keywords] = {
    "zh": _Keywords("zh-CN", "功能", "场景", "假如", "当", "那么"),
    "en": _Keywords("en", "Feature", "Scenario", "Given", "When", "Then"),
}
_EMPTY = "—"


class FeatureExporter:
    """Writes a .feature file for each spec, and the words that all of them rest on."""

    target = "feature"

    def render(self, view: View) -> Mapping[str, bytes]:
        """The files by path."""
        files = {
            f"features/{file_name(spec.id)}.feature": feature(spec, view).encode("utf-8")
            for spec in shown(view)
        }
        return files | evidence_file(view) if files else {}

    def export(self, view: View, *, out: Path) -> tuple[Path, ...]:
        """Write them into the folder."""
        return save(self.render(view), out)


def feature(spec: FeatureSpec, view: View) -> str:
    """One spec as a Gherkin document."""
    return "\n".join(_lines(Buildable(spec, view))) + "\n"


def _lines(one: Buildable) -> Iterator[str]:
    spec, words = one.spec, _KEYWORDS[one.spec.language]
    yield f"# language: {words.tag}"
    yield from _comments(one.banner(), "")
    state = "approved" if one.approved else "draft"
    yield f"@{file_name(spec.id)} @v{spec.version} @{state}"
    yield f"{words.feature}: {_text(one.say('spec.summary_line', id=spec.id, title=spec.title))}"
    yield from _comments(traced(one.asked, one.say), "  ")
    for requirement in one.requirements:
        yield from _requirement(requirement, one)
    yield from _fields(one)
    yield from _notes(one)
    for scenario in one.scenarios:
        yield ""
        yield from _scenario(scenario, one, words)


def _requirement(requirement: Requirement, one: Buildable) -> Iterator[str]:
    colon, origin = one.say("colon"), one.say.bracketed(requirement.origin)
    yield f"  - {_text(requirement.name + colon + requirement.sentence.text + origin)}"
    yield from _comments(requirement.trace, "    ")


def _fields(one: Buildable) -> Iterator[str]:
    for number, field in enumerate(one.spec.data_fields):
        column = " ".join(filter(None, (field.name, field.type)))
        key = "build.field" if column else "build.fields"
        told = one.say(key, label=field.label, column=column)
        origin = one.say.bracketed(one.say.origin(field.origin, field.evidence).text)
        yield f"  - {_text(told + origin)}"
        yield from _comments(one.trace(f"data_fields[{number}]"), "    ")


def _notes(one: Buildable) -> Iterator[str]:
    for told, trace in one.background():
        yield f"  - {_text(told)}"
        yield from _comments(trace, "    ")
    for question in one.open_questions():
        key = "build.blocking" if question.blocking else "build.question"
        yield f"  - {_text(one.say(key, id=question.id, question=question.question))}"
    for file in one.files():
        yield f"  - {_text(one.say('build.attachment', name=file.name, path=file.path))}"


def _scenario(scenario: Scenario, one: Buildable, words: _Keywords) -> Iterator[str]:
    yield from _comments(scenario.trace, "  ")
    if scenario.waits:
        yield from _comments([one.say("build.waits", ids=", ".join(scenario.waits))], "  ")
    case = scenario.case
    waits = "".join(f" @waits-{file_name(name)}" for name in scenario.waits)
    yield f"  @{case.kind}{waits}"
    yield f"  {words.scenario}: {_text(scenario.name)}"
    yield f"    {words.given} {_text(case.given)}"
    yield f"    {words.when} {_text(case.when)}"
    yield f"    {words.then} {_text(case.then)}"


def _comments(lines: Iterable[str], indent: str) -> Iterator[str]:
    return (f"{indent}# {_text(line)}" for line in lines)


def _text(text: str) -> str:
    """Text in one line; a step without any would not be one."""
    return one_line(text) or _EMPTY
