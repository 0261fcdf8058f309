"""The three pages of a change. Its headings are the tool's own; the words are the spec's."""

from collections.abc import Iterable, Iterator

from pipeline.exporters.blocks.buildable import Buildable, Requirement, Scenario
from pipeline.exporters.blocks.trace import traced
from pipeline.exporters.escape import markdown, markdown_start
from pipeline.language.ears import loud


def proposal(one: Buildable, capability: str) -> str:
    """Why, what changes, and what it touches."""
    spec, say = one.spec, one.say
    title = say("spec.summary_line", id=spec.id, title=spec.title)
    changes = [
        say("build.adds", name=each.name, text=each.sentence.text) for each in one.requirements
    ]
    return _page(
        f"# {markdown(title)}",
        _banner(one),
        "## Why",
        _list(_why(one)),
        "## What Changes",
        _list(changes),
        "## Capabilities",
        "### New Capabilities",
        _list([f"`{capability}`{say('colon')}{markdown(spec.title)}"], raw=True),
        "## Impact",
        _list(_impact(one, capability)),
    )


def tasks(one: Buildable) -> str:
    """What to ask, what to build, what to try out: in this order."""
    say = one.say
    questions = [
        say("build.answer_task", id=each.id, question=each.question)
        for each in one.open_questions()
    ]
    build = [
        say("build.build_task", name=each.name, text=each.sentence.text)
        for each in one.requirements
    ]
    tests = [say("build.test_task", name=each.name, text=each.case.then) for each in one.scenarios]
    groups = [
        (name, texts)
        for name, texts in (("answer", questions), ("build", build), ("test", tests))
        if texts
    ]
    parts = [_banner(one)]
    for number, (name, texts) in enumerate(groups, 1):
        parts.append(f"## {number}. {say(f'build.{name}_first')}")
        parts.append(
            "\n".join(f"- [ ] {number}.{n} {markdown(text)}" for n, text in enumerate(texts, 1))
        )
    return _page(*parts)


def requirements(one: Buildable) -> str:
    """Every sentence with its words of the call and the cases that test it."""
    parts = ["## ADDED Requirements"]
    for each in one.requirements:
        parts.append(f"### Requirement: {markdown(each.name)}")
        parts.append(markdown_start(markdown(loud(each.sentence.text, one.spec.language))))
        parts.append(_list(_sources(each, one)))
        for scenario in each.scenarios:
            parts += _scenario(scenario, one)
        if not each.scenarios:
            parts += _as_said(each, one)
    fields = _list(_fields(one))
    # A heading of its own would be no part of a change: the columns stand before the first one.
    head = [_banner(one), fields]
    return _page(*head, *parts)


def _sources(each: Requirement, one: Buildable) -> Iterator[str]:
    colon = one.say("colon")
    yield one.say("build.source") + colon + each.origin
    yield from each.trace


def _scenario(scenario: Scenario, one: Buildable) -> tuple[str, str]:
    case = scenario.case
    lines = [
        f"- **GIVEN** {markdown(case.given)}",
        f"- **WHEN** {markdown(case.when)}",
        f"- **THEN** {markdown(case.then)}",
    ]
    if scenario.waits:
        lines.append(f"- {markdown(one.say('build.waits', ids=', '.join(scenario.waits)))}")
    lines += [f"- {markdown(line)}" for line in scenario.trace]
    return f"#### Scenario: {markdown(scenario.name)}", "\n".join(lines)


def _as_said(each: Requirement, one: Buildable) -> tuple[str, str]:
    """The sentence itself as a case, where no case of the spec tests it."""
    said = each.sentence
    when = said.condition or one.say("build.when_used")
    name = one.say("build.case_of", name=each.name)
    lines = [f"- **WHEN** {markdown(when)}", f"- **THEN** {markdown(said.response or said.text)}"]
    return f"#### Scenario: {markdown(name)}", "\n".join(lines)


def _why(one: Buildable) -> Iterator[str]:
    spec, say = one.spec, one.say
    yield say("build.why", title=spec.title)
    for name in ("goal", "pain"):
        value = getattr(spec, name).value
        if isinstance(value, str):
            yield say(f"build.{name}", text=value)
    yield from (say("build.said", words=line) for line in traced(one.their_words(), say))


def _impact(one: Buildable, capability: str) -> Iterator[str]:
    spec, say = one.spec, one.say
    yield say("build.impact_specs", name=capability, title=spec.title)
    columns = [field.name for field in spec.data_fields if field.name]
    if columns:
        yield say("build.impact_columns", columns=say.joined(columns))
    roles = list(dict.fromkeys(row.role for row in spec.permissions))
    if roles:
        yield say("build.impact_roles", roles=say.joined(roles))
    if one.view.audience == "internal" or spec.scope.verdict == "in":
        yield say("build.impact_scope", scope=say.scope(spec.scope))
    yield from (" ".join((told, *trace[:1])) for told, trace in one.background())
    yield from (say("build.assume", text=text) for text in spec.assumptions)
    yield from (say("build.not_included", text=text) for text in spec.out_of_scope)
    yield from (say("build.depends", text=text) for text in spec.dependencies)
    for file in one.files():
        yield say("build.attachment", name=file.name, path=file.path)


def _fields(one: Buildable) -> Iterator[str]:
    for number, field in enumerate(one.spec.data_fields):
        column = " ".join(filter(None, (field.name, field.type)))
        key = "build.field" if column else "build.fields"
        origin = one.say.bracketed(one.say.origin(field.origin, field.evidence).text)
        trace = " ".join(one.trace(f"data_fields[{number}]")[:1])
        yield " ".join((one.say(key, label=field.label, column=column) + origin, trace))


def _banner(one: Buildable) -> str:
    return "\n".join(f"> {markdown(line)}" for line in one.banner())


def _list(lines: Iterable[str], *, raw: bool = False) -> str:
    return "\n".join(f"- {line if raw else markdown_start(markdown(line))}" for line in lines)


def _page(*parts: str) -> str:
    return "\n\n".join(part for part in parts if part) + "\n"
