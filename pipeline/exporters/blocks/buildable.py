"""A spec as what a developer builds and tests: requirements and scenarios under lasting names."""

import re
from collections.abc import Iterator
from functools import cached_property
from typing import NamedTuple

from pipeline.exporters.blocks.attached import AttachedFile, attached
from pipeline.exporters.blocks.head import warning
from pipeline.exporters.blocks.phrases import Phrases
from pipeline.exporters.blocks.standing import part_name
from pipeline.exporters.blocks.trace import behind, closest, named, of_ask, paths, traced
from pipeline.language.ears import Sentence, background, ears, sentences
from pipeline.models.answering import question_behind
from pipeline.models.client_view import View
from pipeline.models.evidence import Evidence
from pipeline.models.slots import Slot
from pipeline.models.spec import Acceptance, FeatureSpec, OpenQuestion


class Requirement(NamedTuple):
    """One sentence with a SHALL, where it comes from, and the cases that test it."""

    name: str
    """The same in every export: the id of the spec and the place of the value in it."""
    sentence: Sentence
    origin: str
    """Where it comes from, in words."""
    trace: tuple[str, ...]
    scenarios: tuple["Scenario", ...] = ()


class Scenario(NamedTuple):
    """One case to try out."""

    name: str
    """The same in every export: the id of the spec and the number of the case."""
    case: Acceptance
    paths: tuple[str, ...]
    """The values of the spec that it tests, the closest first."""
    trace: tuple[str, ...]
    waits: tuple[str, ...]
    """Ids of the open questions whose answer it needs."""


class Buildable:
    """One spec, made ready for a developer."""

    def __init__(self, spec: FeatureSpec, view: View) -> None:
        """Know the spec and everything it rests on."""
        self.spec = spec
        self.say = Phrases(spec.language, view.meeting)
        self.view = view
        self.asked = of_ask(spec, view)
        """The words it was asked for in."""
        self._paths = paths(spec, view)
        self._named = named(spec)

    def banner(self) -> tuple[str, ...]:
        """What must be read first: that nobody approved it, and who may not have it."""
        line = warning(self.view, self.say, entries=[self.spec.uid])
        return tuple(run.text for run in line if run.text.strip(" ·"))

    @property
    def approved(self) -> bool:
        """Whether a person approved exactly this."""
        return self.spec.uid in self.view.approved

    def trace(self, path: str) -> tuple[str, ...]:
        """The words behind a value; where it has none of its own, the first of the ask."""
        own = traced(self._paths.get(path, ()), self.say)
        if own:
            return own
        slot = self._slot(path)
        if slot and slot.origin == "answered":
            return self._of_answer(slot)
        if slot and slot.origin == "dictionary":
            return ()
        words = self.their_words() or self.asked
        asked = traced(words and [closest(self.spec.title, words)], self.say)
        return tuple(self.say("build.from_ask", words=line) for line in asked)

    def _of_answer(self, slot: Slot) -> tuple[str, ...]:
        """Who answered what, and when."""
        one = question_behind(slot, self.spec)
        if one is None or one.answer is None:
            return ()
        by = self.say.answered(one, ours=self.view.audience == "internal")
        words = self.say.quoted(one.answer)
        return (self.say("build.from_answer", id=one.id, by=by, words=words),)

    def background(self) -> Iterator[tuple[str, tuple[str, ...]]]:
        """What is there already, and talk of the project: no requirement, with its words of the call."""
        for path, slot in background(self.spec):
            name, colon = f"{self.spec.id} {part_name(path, self.say)}", self.say("colon")
            origin = self.say.bracketed(self.say.origin(slot.origin, slot.evidence).text)
            told = self.say("build.background", text=f"{name}{colon}{slot.value}{origin}")
            yield told, traced(self._paths.get(path, ()), self.say)

    def _case(self, case: Acceptance) -> Acceptance:
        """The case with the answer that it was waiting for."""
        for one in self.spec.open_questions:
            if one.answer and _waits(case, one):
                told = self.say("build.case_answered", id=one.id, answer=one.answer)
                case = case.with_(then=case.then + told)
        return case

    def their_words(self) -> tuple[Evidence, ...]:
        """Of the words it was asked for in, those that are the client's."""
        return tuple(one for one in self.asked if one.good and one.side != "us")

    def open_questions(self) -> tuple[OpenQuestion, ...]:
        """What nobody answered yet, what holds the work up first."""
        waiting = [one for one in self.spec.open_questions if not one.answer]
        return tuple(sorted(waiting, key=lambda one: not one.blocking))

    def files(self) -> tuple[AttachedFile, ...]:
        """The files that belong to it, by where an export keeps them."""
        return attached(self.spec)

    @cached_property
    def scenarios(self) -> tuple[Scenario, ...]:
        """The cases in their order."""
        waiting = self.open_questions()
        return tuple(
            Scenario(
                self.say(
                    "build.scenario",
                    id=self.spec.id,
                    number=number + 1,
                    kind=self.say(f"spec.{case.kind}"),
                ),
                self._case(case),
                behind(case, self._named),
                self.trace(f"acceptance[{number}]"),
                tuple(one.id for one in waiting if _waits(case, one)),
            )
            for number, case in enumerate(self.spec.acceptance)
        )

    @cached_property
    def requirements(self) -> tuple[Requirement, ...]:
        """Every sentence, each case under the one it is closest to; the rest under the first behaviour."""
        made = list(self._requirements())
        places = {one.sentence.path: place for place, one in reversed(list(enumerate(made)))}
        main = places.get("behaviours[0]", 0)
        under: dict[int, list[Scenario]] = {}
        for one in self.scenarios:
            place = next((places[path] for path in one.paths if path in places), main)
            under.setdefault(place, []).append(one)
        return tuple(
            one._replace(scenarios=tuple(under.get(place, ()))) for place, one in enumerate(made)
        )

    def _requirements(self) -> Iterator[Requirement]:
        found = sentences(self.spec) or (self._whole(),)
        used: dict[str, int] = {}
        for one in found:
            used[one.path] = used.get(one.path, 0) + 1
            part = part_name(one.path, self.say)
            more = f".{used[one.path]}" if used[one.path] > 1 else ""
            name = f"{self.spec.id} {part}{more}"
            yield Requirement(name, one, self._origin(one), self.trace(one.path))

    def _whole(self) -> Sentence:
        """Of a spec that says nothing yet, what was asked for."""
        put = ears(self.spec.title, self.spec.language)[0]
        return Sentence("title", put.text, put.pattern, "inferred", ())

    def _origin(self, one: Sentence) -> str:
        """Where a sentence comes from; of an answer, who gave it. An assumption is called one."""
        slot = self._slot(one.path)
        question = question_behind(slot, self.spec) if slot else None
        run = self.say.answer(question) if question else self.say.origin(one.origin, one.evidence)
        if not one.assumed:
            return run.text
        drawn = any(each.good for each in one.evidence)
        return self.say("build.drawn" if drawn else "build.assumed")

    def _slot(self, path: str) -> Slot | None:
        name, _, number = path.rstrip("]").partition("[")
        value = getattr(self.spec, name, None)
        if number and isinstance(value, tuple):
            value = value[int(number)]
        return value if isinstance(value, Slot) else None


def _waits(case: Acceptance, question: OpenQuestion) -> bool:
    """Whether what then happens is what the answer will say: it is named there."""
    named = rf"(?<![A-Za-z0-9.]){re.escape(question.id)}(?![A-Za-z0-9.])"
    return bool(question.id) and re.search(named, case.then) is not None
