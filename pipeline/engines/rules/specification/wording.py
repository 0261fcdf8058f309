"""Known facts put into the words of a spec: goal, slots, behaviours and assumptions."""

from collections.abc import Iterable, Mapping, Sequence

from pipeline.engines.rules.playbook.loader import cues, phrases
from pipeline.engines.rules.specification.file_format import refused_formats
from pipeline.engines.rules.specification.headline import first
from pipeline.engines.rules.specification.known import Known
from pipeline.engines.rules.specification.parts import fragment
from pipeline.engines.rules.specification.rights import Row
from pipeline.engines.rules.specification.statement import Statement
from pipeline.models.draft import DraftPermission, DraftSlot
from pipeline.models.evidence import Citation

_STARTED = frozenset({"approval", "batch", "form", "login", "masking", "search"})
"""Kinds of asks that a user starts, besides those that list fields."""
_MOST_RULES = 12
_MOST_PAINS = 5
_SHORT_ANSWER = {"zh": 14, "en": 30}


def goal(known: Known, values: Mapping[str, str]) -> DraftSlot:
    """What changes for whom: as said, else by the kind of ask, with the reason that was given."""
    told = known.of("purpose")
    for one in told:
        if cues("say.aim").search(one.text):
            return one.slot()
    text = first(known.play.goals, values)
    reason = next((one for one in told if cues("say.reason").search(one.text)), None)
    if text is None:
        return reason.slot() if reason else DraftSlot()
    if reason is None:
        return DraftSlot(value=_sentence(text, known), origin="inferred")
    text = phrases(known.language)["goal.because"].format(goal=text, reason=reason.text)
    return DraftSlot(value=_sentence(text, known), origin="inferred", citations=(reason.citation,))


def pain(known: Known) -> DraftSlot:
    """What hurts today, in the client's words."""
    goals = ("say.aim", "say.reason")
    why = [o for o in known.of("purpose") if not any(cues(cue).search(o.text) for cue in goals)]
    told = sorted([*known.of("pain"), *why], key=lambda one: not one.own)[:_MOST_PAINS]
    told = sorted(told, key=lambda one: one.at)
    if told:
        texts = (_sentence(one.text, known) for one in told)
        text = phrases(known.language)["list.semicolon"].join(texts)
        return DraftSlot(value=text, origin="stated", citations=tuple(one.citation for one in told))
    if known.ask.pain:
        return DraftSlot(value=known.ask.pain, origin="inferred")
    return DraftSlot()


def _sentence(text: str, known: Known) -> str:
    return text if known.language == "zh" else text[:1].upper() + text[1:]


def trigger(known: Known, values: Mapping[str, str]) -> DraftSlot:
    """When it happens: as said, else what the kind of ask starts with."""
    for cue in ("say.trigger", "say.frequency"):
        one = known.first(cue)
        if one is not None and one.own:
            slot = one.slot()
            return slot.with_(value=fragment(known, one) or slot.value)
    starts = known.play.lists or known.key in _STARTED
    act = first((known.play.act,), values) if starts else None
    if act is None:
        return DraftSlot()
    text = phrases(known.language)["acceptance.when_act"].format(act=act)
    return DraftSlot(value=_sentence(text, known), origin="inferred")


def rules(known: Known, values: Mapping[str, str]) -> tuple[DraftSlot, ...]:
    """What must hold, as said; what is only a permission row or a list of fields stays there."""
    elsewhere = {(row.clause.segment, row.clause.text) for row in known.rows if row.plain}
    if known.play.lists:
        cited = [one.citations for one in known.found.fields] + [known.format.citations]
        elsewhere |= {(c.segments[0], c.quote) for some in cited for c in some}
        elsewhere |= {(c.segment, c.text) for _, c in refused_formats(known.talk.client)}
    wanted = [one for one in known.of("rule", "need") if not _inside(one, elsewhere)]
    best = sorted(wanted, key=lambda one: not one.own)[:_MOST_RULES]
    return _distinct(sorted(best, key=lambda one: one.at), known, values)


def _inside(one: Statement, rows: Iterable[tuple[str, str]]) -> bool:
    """Whether a statement is nothing but rows of the permission matrix or a list of fields."""
    rest = one.text
    for segment, text in rows:
        if segment == one.segment:
            if one.text in text:
                return True
            rest = rest.replace(text, "")
    return rest != one.text and len(rest.strip(" ，,、")) < 2


def limits(known: Known) -> tuple[DraftSlot, ...]:
    """Volumes, times and periods, as said."""
    return _distinct(known.of("limit"), known, {})


def _distinct(
    said: Sequence[Statement], known: Known, values: Mapping[str, str]
) -> tuple[DraftSlot, ...]:
    found: dict[str | bool | None, DraftSlot] = {}
    for one in said:
        slot = _labelled(one, known, values)
        found.setdefault(slot.value, slot)
    return tuple(found.values())


def _labelled(one: Statement, known: Known, values: Mapping[str, str]) -> DraftSlot:
    """A statement as a value; a short answer that only names a way to tell people says which."""
    slot, channel = one.slot(), values.get("channel", "")
    if not channel or channel not in one.text or len(one.text) > _SHORT_ANSWER[known.language]:
        return slot
    words = phrases(known.language)
    return slot.with_(value=_sentence(words["reminder.channel"].format(channel=channel), known))


def permissions(known: Known) -> tuple[DraftPermission, ...]:
    """One row for each role; what was said last holds."""
    found: dict[str, DraftPermission] = {}
    for row in known.rows:
        earlier = found.get(row.role.lower())
        cited = Citation(segments=(row.clause.segment,), quote=row.clause.text)
        base = earlier or DraftPermission(role=row.role, origin="stated")
        cites = tuple(dict.fromkeys((*base.citations, cited)))
        found[row.role.lower()] = base.with_(**{row.right: row.value, "citations": cites})
    return tuple(found.values())


def behaviours(known: Known, values: Mapping[str, str]) -> tuple[DraftSlot, ...]:
    """Plain sentences of what the system shall do, put together from what is known."""
    words = phrases(known.language)
    shall = first(known.play.shall, values)
    act = first((known.play.act,), values)
    texts = [shall] if shall else []
    texts += [
        words["behaviour.denied"].format(role=row.role, act=act, right=words[f"right.{row.right}"])
        for row in denied(known)
        if act
    ]
    return tuple(DraftSlot(value=text, origin="inferred") for text in texts)


def denied(known: Known) -> tuple[Row, ...]:
    """Roles that may not, each once."""
    return tuple({row.role.lower(): row for row in known.rows if not row.value}.values())


def out_of_scope(known: Known) -> tuple[str, ...]:
    """Proposals of ours that the client turned down, and what the client put off."""
    words = phrases(known.language)
    found = []
    for one in known.said:
        if one.kind == "proposal" and one.outcome == "rejected":
            said = [clause for turn in one.reply for clause in turn.clauses]
            reply = next((c.text for c in said if cues("talk.reject").search(c.text)), said[0].text)
            what = next(
                (c.text for c in one.turn.clauses if cues("talk.proposal").search(c.text)), ""
            )
            found.append(words["out.proposal"].format(what=what or one.turn.text, reply=reply))
    own = (clause for clause in known.talk.client if clause.at in known.talk.own)
    found += [
        words["out.proposal"].format(what=what, reply=clause.text)
        for what, clause in refused_formats(own)
    ]
    found += [words["out.client"].format(what=one.text) for one in known.of("out")]
    return tuple(dict.fromkeys(found))


def dependencies(known: Known) -> tuple[str, ...]:
    """What has to be there first: columns nobody has, and data that lives elsewhere."""
    words = phrases(known.language)
    found = [words["dependency.column"].format(label=label) for label in known.found.homeless]
    found += [words["dependency.elsewhere"].format(text=one.text) for one in known.of("elsewhere")]
    return tuple(dict.fromkeys(found))


def assumptions(known: Known, slots: Iterable[DraftSlot]) -> tuple[str, ...]:
    """Inferred and default values in plain words."""
    words = phrases(known.language)
    return tuple(
        dict.fromkeys(
            words[f"assumption.{slot.origin}"].format(value=slot.value)
            for slot in slots
            if slot.origin in ("inferred", "default")
        )
    )
