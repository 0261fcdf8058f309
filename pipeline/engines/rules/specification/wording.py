"""Known facts put into the words of a spec: title, goal, slots, behaviours and assumptions."""

import re
from collections.abc import Iterable, Mapping, Sequence

from pipeline.engines.rules.playbook.loader import cues, phrases
from pipeline.engines.rules.specification.asking import limit
from pipeline.engines.rules.specification.known import Known
from pipeline.engines.rules.specification.rights import Row
from pipeline.engines.rules.specification.statement import Statement
from pipeline.engines.rules.specification.vocabulary import Vocabulary
from pipeline.language.numbers import find_numbers
from pipeline.models.draft import DraftPermission, DraftSlot
from pipeline.models.evidence import Citation

_LONGEST_TITLE = 90
_MOST_RULES = 12
_MOST_PAINS = 4
_MOST_ACTORS = 5
_LONGEST_OBJECT = {"zh": 10, "en": 40}
_OPTION = re.compile(r"\[([^\[\]]*)\]")
_TAIL_WORDS = re.compile(r"(\s+(the|a|an|their|his|her|of|to|and|or|for|with|in|on|by|as))+$")
_PURPOSE = re.compile(
    r"为了|好让|免得|避免|让人家|\bso (that|we|the|nobody|i)\b|in order to", re.IGNORECASE
)


def about(known: Known, vocabulary: Vocabulary) -> dict[str, str]:
    """The values that playbook sentences are filled with; what is not known is left out."""
    words = phrases(known.language)
    ask = known.ask.text.strip(" 。.")
    subject = _subject(known)
    found = {
        "ask": ask,
        "subject": subject,
        "object": _object(known, subject, vocabulary),
        "who": _who(known),
    }
    volume = limit(known)
    optional = {
        "limit": _most(volume.text) if volume else None,
        "format": known.format.value if isinstance(known.format.value, str) else None,
        "fields": words["list.comma"].join(one.label for one in known.found.fields) or None,
        "scope": _text(known.first("said.scope_filter")),
    }
    return found | {name: value for name, value in optional.items() if value}


def _object(known: Known, subject: str, vocabulary: Vocabulary) -> str:
    """What a question is about, in a few words: the ask's own noun and its action."""
    gap = "" if known.language == "zh" else " "
    term = subject if _composed(known) else vocabulary.noun(known.ask.text)
    if term and known.key != "generic":
        return term if known.play.name in term else f"{term}{gap}{known.play.name}"
    return _short(known.ask.text, known.language)


def _most(text: str) -> str | None:
    """The largest number of a limit, as it was said."""
    numbers = [one for one in find_numbers(text) if not one.ordinal]
    return max(numbers, key=lambda one: one.value).text.strip() if numbers else None


def _text(one: Statement | None) -> str | None:
    return one.value if one else None


def _subject(known: Known) -> str:
    """The entity where the ask is about one, else the ask itself, short."""
    if known.entity is not None and _composed(known):
        return known.entity.entity
    return _short(known.ask.text, known.language)


def _short(text: str, language: str) -> str:
    first = re.split(r"[，。；：,;:]", text.strip())[0]
    longest = _LONGEST_OBJECT[language]
    if len(first) <= longest:
        return first
    cut = first[:longest]
    if language == "en":
        return _TAIL_WORDS.sub("", cut.rsplit(" ", 1)[0])
    parts = re.match(r"(.{6,}?)(?:的|到|及|和|与|、|时|并)(?=[^的到及和与、时并]*$)", cut)
    return parts.group(1) if parts else cut


def _who(known: Known) -> str:
    words = phrases(known.language)
    able = [row.role for row in known.rows if row.value]
    named = words["list.comma"].join(list(dict.fromkeys(able))[:3])
    return words["behaviour.who"].format(roles=named) if named else words["behaviour.user"]


def fill(template: str, values: Mapping[str, str]) -> str:
    """A sentence with its values; a [part] that lacks one is left out."""
    kept = _OPTION.sub(lambda part: part[1] if _complete(part[1], values) else "", template)
    for name, value in values.items():
        kept = kept.replace(f"{{{name}}}", value)
    return kept


def _complete(part: str, values: Mapping[str, str]) -> bool:
    return all(name in values for name in re.findall(r"\{(\w+)\}", part))


def title(known: Known, values: Mapping[str, str]) -> str:
    """Object, action and format where they are known."""
    plain = fill(known.play.title, values) if _composed(known) else _headline(values["ask"])
    if "format" in values and known.play.lists:
        return phrases(known.language)["title.format"].format(title=plain, format=values["format"])
    return plain


def _composed(known: Known) -> bool:
    """Whether the kind of ask and its entity say more than the ask's own words."""
    return known.entity is not None and (known.play.lists or known.key == "masking")


def _headline(text: str) -> str:
    first = re.split(r"[。；;]|\. ", text.strip())[0]
    if len(first) <= _LONGEST_TITLE:
        return first
    return first[:_LONGEST_TITLE].rsplit(" ", 1)[0]


def goal(known: Known, values: Mapping[str, str]) -> DraftSlot:
    """Why it is wanted: as said, else inferred from the ask and its pain."""
    for one in known.of("purpose"):
        if _PURPOSE.search(one.text):
            return one.slot()
    words = phrases(known.language)
    told = known.of("pain")
    if told:
        text = words["goal.solves"].format(ask=values["ask"], pain=told[0].text)
        return DraftSlot(value=text, origin="inferred", citations=(told[0].citation,))
    return DraftSlot(value=words["goal.plain"].format(ask=values["ask"]), origin="inferred")


def pain(known: Known) -> DraftSlot:
    """What hurts today, in the client's words."""
    why = [one for one in known.of("purpose") if not _PURPOSE.search(one.text)]
    told = sorted([*known.of("pain"), *why], key=lambda one: not one.own)[:_MOST_PAINS]
    told = sorted(told, key=lambda one: one.at)
    if told:
        text = phrases(known.language)["list.semicolon"].join(one.text for one in told)
        return DraftSlot(value=text, origin="stated", citations=tuple(one.citation for one in told))
    if known.ask.pain:
        return DraftSlot(value=known.ask.pain, origin="inferred")
    return DraftSlot()


def trigger(known: Known, values: Mapping[str, str]) -> DraftSlot:
    """When it happens: as said, else what the kind of ask starts with."""
    for cue in ("say.trigger", "say.frequency"):
        one = known.first(cue)
        if one is not None and one.own:
            return one.slot()
    if _composed(known):
        return DraftSlot(value=acts(known, values), origin="inferred")
    return DraftSlot()


def acts(known: Known, values: Mapping[str, str]) -> str:
    """What starts it."""
    if _composed(known):
        return fill(known.play.act, values)
    return phrases(known.language)["behaviour.act"].format(object=values["object"])


def does(known: Known, values: Mapping[str, str]) -> str:
    """What the system then does."""
    if _composed(known):
        return fill(known.play.does, values)
    return phrases(known.language)["behaviour.does"].format(ask=values["ask"])


def actors(known: Known, vocabulary: Vocabulary) -> tuple[DraftSlot, ...]:
    """Roles the client named."""
    found: dict[str, DraftSlot] = {}
    for clause in known.talk.client:
        if clause.at in known.talk.own or clause.at in {row.clause.at for row in known.rows}:
            for role in vocabulary.role_words(clause.text, outside_labels=True):
                cited = Citation(segments=(clause.segment,), quote=clause.text)
                found.setdefault(
                    role.lower(), DraftSlot(value=role, origin="stated", citations=(cited,))
                )
    return tuple(found.values())[:_MOST_ACTORS]


def rules(known: Known) -> tuple[DraftSlot, ...]:
    """What must hold, as said; what is only a permission row or a list of fields stays there."""
    elsewhere = {(row.clause.segment, row.clause.text) for row in known.rows if row.plain}
    if known.play.lists:
        cited = [one.citations for one in known.found.fields] + [known.format.citations]
        elsewhere |= {(c.segments[0], c.quote) for some in cited for c in some}
    wanted = [one for one in known.of("rule", "need") if not _inside(one, elsewhere)]
    best = sorted(wanted, key=lambda one: not one.own)[:_MOST_RULES]
    return _distinct(sorted(best, key=lambda one: one.at))


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
    return _distinct(known.of("limit"))


def _distinct(said: Sequence[Statement]) -> tuple[DraftSlot, ...]:
    found: dict[str | bool | None, DraftSlot] = {}
    for one in said:
        slot = one.slot()
        found.setdefault(slot.value, slot)
    return tuple(found.values())


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
    act = acts(known, values)
    texts = [words["behaviour.when"].format(who=values["who"], act=act, does=does(known, values))]
    texts += [
        words["behaviour.denied"].format(role=row.role, act=act, right=words[f"right.{row.right}"])
        for row in denied(known)
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
