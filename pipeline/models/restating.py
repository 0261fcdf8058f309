"""What we understood, said back to the client in at most three sentences that end in a question.

Only what was said by them, stands in their system or was answered is said back; what we assume
stands elsewhere.
"""

import re
from collections.abc import Iterable, Iterator, Sequence

from pipeline.models.alike import bare
from pipeline.models.base import Language
from pipeline.models.minutes import Ask
from pipeline.models.plain_speech import PlainSpeech
from pipeline.models.slots import Permission, Slot, SpecField
from pipeline.models.spec import FeatureSpec
from pipeline.words.loader import say

DETAILS = 3
"""Points named beside the goal: the ones that bind most."""
LONGEST = {"zh": 60, "en": 140}
"""Characters of one point."""
_SENTENCE = re.compile(r"[。！？!?；;\n]|\.(?:\s|$)")
_BINDS = re.compile(
    r"[0-9]|不|别|必须|一定|只|都|要|最多|至少|[一二三四五六七八九十百千万两]+(?:条|个|天|小时|分钟|单|以)"
    r"|\b(?:must|never|only|every|all|no|not|at most|at least|need|over|under)\b",
    re.IGNORECASE,
)
_LEAST = 6
"""Characters without which a point says nothing by itself."""
_OPENS = re.compile(
    "^(?:推断|假设|假定|默认|Inferred|Assumed|Assumption|Default)[:：]\\s*", re.IGNORECASE
)


def restated(spec: FeatureSpec, asks: Sequence[Ask], speech: PlainSpeech) -> str:
    """What we understood, as the client reads it; empty where nothing is certain.

    Args:
        spec: as it may be shown to the client.
        asks: those it answers; their words stand in where no goal was stated.
        speech: how things are said to these readers.
    """
    language = spec.language
    goal = _told(spec.goal, language) or _asked(asks, language)
    if not goal:
        return ""
    pain = _told(spec.pain, language)
    hurts = say("asking.hurts", language, pain=pain) if pain and bare(pain) != bare(goal) else ""
    sentences = [say("asking.understood", language, goal=goal) + hurts]
    details = [*_details(spec, f"{goal} {pain}")]
    if details:
        between = say("asking.between", language)
        sentences.append(say("asking.details", language, details=between.join(details)))
    who = _who(spec)
    if who:
        sentences.append(who)
    ends = say("asking.ends", language)
    return speech(ends.join(sentences) + say("asking.right", language))


def assumed(spec: FeatureSpec, speech: PlainSpeech) -> tuple[str, ...]:
    """What we go by until somebody says otherwise."""
    return tuple(speech(_OPENS.sub("", one)) for one in spec.assumptions)


def _details(spec: FeatureSpec, told: str) -> Iterator[str]:
    language = spec.language
    labels = [one.label for one in spec.data_fields if _theirs(one)]
    left = DETAILS
    if labels:
        comma = say("asking.comma", language)
        yield say("asking.fields", language, fields=comma.join(dict.fromkeys(labels)))
        left -= 1
    known = bare(told)
    points = [_told(one, language) for one in (*spec.rules, *spec.limits, spec.trigger)]
    fresh = dict.fromkeys(one for one in points if len(one) >= _LEAST and bare(one) not in known)
    yield from sorted(fresh, key=lambda one: not _BINDS.search(one))[:left]


def _who(spec: FeatureSpec) -> str:
    """Who may do what; where nobody said, who uses it."""
    language = spec.language
    rights = [one for one in spec.permissions if _theirs(one)]
    parts: list[str] = []
    for key, allowed in (("may", True), ("may_not", False)):
        roles = [one.role for one in rights if _right(one) is allowed]
        if roles:
            parts.append(say(f"asking.{key}", language, who=_listed(roles, language)))
    if parts:
        return say("asking.comma_between", language).join(parts)
    actors = [one for one in (_told(slot, language, whole=True) for slot in spec.actors) if one]
    return say("asking.used_by", language, who=_listed(actors, language)) if actors else ""


def _right(one: Permission) -> bool | None:
    """What its role may do at all; nothing where that differs."""
    said = {one.see, one.do, one.export} - {None}
    return said.pop() if len(said) == 1 else None


def _listed(words: Iterable[str], language: Language) -> str:
    return say("asking.comma", language).join(dict.fromkeys(words))


def _theirs(one: Slot | SpecField | Permission) -> bool:
    """Whether the client said it."""
    if one.origin == "stated":
        return any(each.good and each.side != "us" for each in one.evidence)
    return one.origin == "answered"


def _told(slot: Slot, language: Language, *, whole: bool = False) -> str:
    """A value that may be said back: its first sentence, in quotation marks where it is verbatim."""
    if not isinstance(slot.value, str) or not (_theirs(slot) or slot.origin == "dictionary"):
        return ""
    text = _short(slot.value, language)
    verbatim = any(text.rstrip("…") in one.quote for one in slot.evidence if one.good)
    return say("document.quoted", language, text=text) if verbatim and not whole else text


def _asked(asks: Sequence[Ask], language: Language) -> str:
    """The client's own words for it."""
    for ask in asks:
        for one in ask.evidence:
            if one.good and one.side != "us":
                return say("document.quoted", language, text=_short(one.quote, language))
    return ""


def _short(text: str, language: Language) -> str:
    first = next((part for part in _SENTENCE.split(text) if part.strip()), "").strip(' ，,：:“”"')
    longest = LONGEST[language]
    return first if len(first) <= longest else first[: longest - 1].rstrip() + "…"
