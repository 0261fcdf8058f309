"""Citation -> Evidence: the words that were really said, or "missing".

Only here does Evidence come from a Citation: every item and every stated value of a spec passes.
"""

import datetime as dt
from collections.abc import Iterable, Sequence

from pipeline.language.dates import resolve_due
from pipeline.language.dictionary import dictionary_of
from pipeline.language.matching import Found, Matcher
from pipeline.language.normalise import folded
from pipeline.language.support import borne_out, occurs, related, unsupported
from pipeline.models.base import Language, Visibility
from pipeline.models.draft import (
    Draft,
    DraftAction,
    DraftAsk,
    DraftConflict,
    DraftField,
    DraftItem,
    DraftPermission,
    DraftPosition,
    DraftSlot,
    DraftSpec,
)
from pipeline.models.evidence import Citation, Evidence
from pipeline.models.item import Kind
from pipeline.models.minutes import ARRAYS, ITEM_TYPES, Ask, Coverage, Item, Minutes, Position
from pipeline.models.project import Project
from pipeline.models.slots import Origin, Permission, Slot, SpecField
from pipeline.models.spec import FeatureSpec, SpecPlain
from pipeline.models.transcript import Segment, Transcript

_NEAR = 2
"""Turns around its evidence in which the words of a due date may stand."""


class Grounder:
    """Finds citations in one version of a transcript. Building it indexes every turn once."""

    def __init__(self, transcript: Transcript) -> None:
        self._transcript = transcript
        self._segments = transcript.segments
        self._places = {segment.id: place for place, segment in enumerate(self._segments)}
        self._matcher = Matcher([segment.text for segment in self._segments])

    def evidence(self, citation: Citation) -> Evidence:
        """The transcript's own words for a citation.

        A citation without a quote stands for its turns. Of a quote that was found elsewhere than
        claimed, the evidence names where it was found.
        """
        found = self._matcher.find(citation.quote, self._claimed(citation.segments))
        if found is None:
            return self._evidence((), Found((), "", "missing"))
        return self._evidence([self._segments[turn] for turn in found.turns], found)

    def every(self, citations: Iterable[Citation]) -> tuple[Evidence, ...]:
        """Evidence for several citations; the same words are not told twice."""
        apart = (part for citation in citations for part in self._apart(citation))
        return tuple(dict.fromkeys(map(self.evidence, apart)))

    def near(self, evidence: Iterable[Evidence], most: int = _NEAR) -> list[str]:
        """What was said in the turns of the evidence and just around them."""
        places = {self._places[one] for found in evidence for one in found.segments}
        around = {place + step for place in places for step in range(-most, most + 1)}
        inside = sorted(around.intersection(range(len(self._segments))))
        return [self._segments[place].text for place in inside]

    def day_of(self, words: str, evidence: Iterable[Evidence]) -> dt.date | None:
        """The day on which words were said: in the evidence, or near it, or with its first turn."""
        places = [self._places[one] for found in evidence for one in found.segments]
        around = (place + step for step in (0, 1, -1, 2, -2) for place in places)
        turns = [self._segments[one] for one in around if 0 <= one < len(self._segments)]
        said = next((one for one in turns if occurs(words, [one.text])), next(iter(turns), None))
        return self._transcript.day_of(said.id) if said else None

    def _claimed(self, segments: Iterable[str]) -> list[int]:
        return [self._places[one] for one in segments if one in self._places]

    def _apart(self, citation: Citation) -> list[Citation]:
        """A citation of whole turns as one for each stretch of turns that stand together."""
        if folded(citation.quote):
            return [citation]
        runs: list[list[int]] = []
        for place in sorted(set(self._claimed(citation.segments))):
            if runs and place == runs[-1][-1] + 1:
                runs[-1].append(place)
            else:
                runs.append([place])
        parts = [Citation(segments=tuple(self._segments[one].id for one in run)) for run in runs]
        return parts or [citation]

    def _evidence(self, segments: Sequence[Segment], found: Found) -> Evidence:
        first = segments[0] if segments else None
        return Evidence(
            meeting=self._transcript.meeting,
            transcript_version=self._transcript.version,
            segments=tuple(segment.id for segment in segments),
            start=first.start if first else None,
            end=segments[-1].end if segments else None,
            speaker=first.speaker if first else None,
            side=first.side if first else "unknown",
            quote=found.words,
            match=found.match,
        )


def ground(draft: Draft, transcript: Transcript, *, language: Language, engine: str) -> Minutes:
    """Every item of a draft with the words that prove it, or with the sign that none do.

    Items keep the ref of their draft as `id` and have no uid: the store names them. What rests on
    talk among ourselves is internal, whatever the engine thought.
    """
    grounder = Grounder(transcript)
    arrays = {
        array: tuple(
            _item(kind, one, grounder, internal=draft.internal, engine=engine)
            for one in getattr(draft, array)
        )
        for kind, array in ARRAYS.items()
    }
    return Minutes(
        meeting=transcript.meeting,
        transcript_version=transcript.version,
        language=language,
        summary=draft.summary,
        topics=draft.topics,
        coverage=Coverage(unprocessed=draft.unprocessed),
        recorded_from=draft.recorded_from,
    ).with_(**arrays)


def ground_spec(
    draft: DraftSpec,
    ask: Ask,
    transcript: Transcript,
    project: Project,
    grounder: Grounder | None = None,
) -> FeatureSpec:
    """A spec in which only what was really said is called stated.

    A stated value whose evidence is missing or weak, or that says more than its evidence holds,
    becomes inferred; so does what claims a dictionary entry that is not there. It is for nobody
    whom its ask is not for. Whoever has indexed this transcript already passes the `grounder`.
    """
    prover = _Prover(grounder or Grounder(transcript), project)
    plain = {name: getattr(draft, name) for name in SpecPlain.model_fields}
    internal = "internal" in (draft.visibility, ask.visibility)
    plain["visibility"] = "internal" if internal else "client"
    plain["not_for"] = tuple(dict.fromkeys((*ask.not_for, *draft.not_for)))
    return FeatureSpec(
        uid="",
        id="",
        project=project.uid,
        meetings=(transcript.meeting,),
        asks=(ask.id,),
        origin_engine=draft.origin_engine,
        goal=prover.slot(draft.goal),
        pain=prover.slot(draft.pain),
        trigger=prover.slot(draft.trigger),
        format=prover.slot(draft.format),
        actors=prover.slots(draft.actors),
        rules=prover.slots(draft.rules),
        limits=prover.slots(draft.limits),
        behaviours=prover.slots(draft.behaviours),
        errors=prover.slots(draft.errors),
        data_fields=tuple(map(prover.field, draft.data_fields)),
        permissions=tuple(map(prover.permission, draft.permissions)),
        title=draft.title,
    ).with_(**plain)


def _item(
    kind: Kind, draft: DraftItem, grounder: Grounder, *, internal: Sequence[str], engine: str
) -> Item:
    values = {key: getattr(draft, key) for key in type(draft).model_fields if key != "citations"}
    evidence = grounder.every(draft.citations)
    evidence = borne_out(draft.text, evidence, grounder.near(evidence, 0), engine)
    values |= {"uid": "", "id": values.pop("ref"), "evidence": evidence, "origin_engine": engine}
    proofs = evidence
    if isinstance(draft, DraftConflict):
        sides = {name: _position(getattr(draft, name), grounder) for name in ("a", "b")}
        values |= sides
        proofs = (*evidence, *sides["a"].evidence, *sides["b"].evidence)
    if isinstance(draft, DraftAsk):
        values |= _in_their_words(draft, evidence, grounder)
    if isinstance(draft, DraftAction):
        values |= _due(draft, evidence, grounder)
    values["visibility"] = _visibility(draft, proofs, internal)
    return ITEM_TYPES[kind].model_validate(values)


def _position(draft: DraftPosition, grounder: Grounder) -> Position:
    return Position(text=draft.text, evidence=grounder.every(draft.citations))


def _visibility(
    draft: DraftItem, evidence: Iterable[Evidence], internal: Sequence[str]
) -> Visibility:
    among_us = set(internal)
    rests_on_us = any(not among_us.isdisjoint(one.segments) for one in evidence)
    return "internal" if rests_on_us else draft.visibility


def _in_their_words(
    draft: DraftAsk, evidence: Sequence[Evidence], grounder: Grounder
) -> dict[str, object]:
    """The raw quote and its speaker as the transcript has them, not as the engine retold them."""
    claimed = tuple(one for citation in draft.citations for one in citation.segments)
    said = [grounder.evidence(Citation(segments=claimed, quote=draft.raw_quote))]
    if not folded(draft.raw_quote) or not said[0].good:
        said = [one for one in evidence if one.good]
    if not said:
        return {"raw_quote": ""}
    return {"raw_quote": said[0].quote, "speaker": said[0].speaker}


def _due(draft: DraftAction, evidence: Sequence[Evidence], grounder: Grounder) -> dict[str, object]:
    """A due date only in words that were said, resolved by code against the day they were said."""
    words = draft.due_verbatim
    near = grounder.near(evidence)
    if words is None or not occurs(words, near) or unsupported(words, near):
        return {"due_verbatim": None, "due_date": None}
    due = resolve_due(words, grounder.day_of(words, evidence))
    return {"due_date": due.isoformat() if due else None}


def _claim(draft: DraftPermission) -> str:
    """What a row says as a sentence: a role that may nothing is a no, and needs a no in the call."""
    rights = (draft.see, draft.do, draft.export)
    return f"{draft.role} not" if False in rights and True not in rights else draft.role


class _Prover:
    """Decides what a value of a spec may be called, by its evidence and the dictionary."""

    def __init__(self, grounder: Grounder, project: Project) -> None:
        self._grounder = grounder
        self._known = dictionary_of(project)

    def slots(self, drafts: Iterable[DraftSlot]) -> tuple[Slot, ...]:
        return tuple(map(self.slot, drafts))

    def slot(self, draft: DraftSlot) -> Slot:
        evidence = self._found(draft.citations)
        value = draft.value if isinstance(draft.value, str) else ""
        origin = self._origin(draft.origin, value, evidence)
        return Slot(value=draft.value, origin=origin, evidence=evidence)

    def field(self, draft: DraftField) -> SpecField:
        """A data field; a name that no table has is dropped, a type is the table's own."""
        evidence = self._found(draft.citations)
        column = self._known.column(draft.name, draft.label)
        origin = draft.origin
        said = [one.quote for one in evidence if one.good]
        if origin == "stated" and not self._known.named(draft.label, column, said):
            origin = "inferred"
        if origin == "answered" or (origin == "dictionary" and column is None):
            origin = "inferred"
        return SpecField(
            label=self._known.label(draft.label, column) if column else draft.label,
            name=column.path if column else None,
            type=column.type if column else None,
            required=self.slot(draft.required),
            example=self.slot(draft.example),
            origin=origin,
            evidence=evidence,
        )

    def permission(self, draft: DraftPermission) -> Permission:
        evidence = self._found(draft.citations)
        rights = {name: getattr(draft, name) for name in ("role", "see", "do", "export")}
        origin = self._origin(draft.origin, _claim(draft), evidence)
        return Permission(**rights, origin=origin, evidence=evidence)

    def _found(self, citations: Iterable[Citation]) -> tuple[Evidence, ...]:
        return tuple(one for one in self._grounder.every(citations) if one.match != "missing")

    def _origin(self, claimed: Origin, value: str, evidence: Sequence[Evidence]) -> Origin:
        if claimed == "stated":
            return "stated" if self._stated(value, evidence) else "inferred"
        if claimed == "dictionary":
            return "dictionary" if self._known.has(value) else "inferred"
        return "inferred" if claimed == "answered" else claimed

    def _stated(self, value: str, evidence: Sequence[Evidence]) -> bool:
        said = [one for one in evidence if one.good]
        speakers = [one.speaker for one in said if one.speaker]
        lost = unsupported(
            value,
            [one.quote for one in said],
            terms=self._known.terms,
            glossary=(*self._known.glossary, *speakers),
        )
        return bool(said) and not lost and related(value, [one.quote for one in said])
