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
    r"[0-9]|不能|不要|不可|别|必须|一定|只能|只要|要能|要有|要加|最多|至少|以内|以上|以下|超"
    r"|[一二三四五六七八九十百千万两半]+(?:条|天|小时|分钟|年|个月|点|次|张)"
    r"|\b(?:must|never|only|every|each|need\w*|want|should|at most|at least|over (?!here|there)|under|within"
    r"|before|cannot|can't)\b",
    re.IGNORECASE,
)
"""What a point binds by; the client's own words are only said back where they bind."""
_ASKS = re.compile(r"吗|呢$|谁|怎么|什么|哪|多少|\b(?:who|what|how|why)\b|\?|？", re.IGNORECASE)
_HEAD = re.compile(r"^[^：:“”]{1,12}[：:]\s*")
"""What only announces the sentence, as in "the worst today: ..."."""
_LEAST = 6
"""Characters without which a point says nothing by itself."""
_ROLES = 2
"""Roles in one point that make it the table of rights once more."""
_MORE = {"zh": 9, "en": 24}
"""Characters beside the names of fields that make a point more than a list of them."""
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
    more = pain and bare(pain) not in bare(goal)
    hurts = say("asking.hurts", language, pain=pain) if more else ""
    sentences = [say("asking.understood", language, goal=goal) + hurts]
    details = [*_details(spec, f"{goal} {pain}")]
    if details:
        between = say("asking.between", language)
        sentences.append(say("asking.details", language, details=between.join(details)))
    who = _who(spec)
    if who:
        sentences.append(who)
    ends = say("asking.ends", language)
    sentences = [one[:1].upper() + one[1:] for one in sentences]
    return speech(ends.join(sentences) + say("asking.right", language))


def wish(spec: FeatureSpec, asks: Sequence[Ask], speech: PlainSpeech) -> str:
    """What is wanted, in one line; empty where nothing is certain."""
    return speech(_told(spec.goal, spec.language) or _asked(asks, spec.language))


def assumed(spec: FeatureSpec, asks: Sequence[Ask], speech: PlainSpeech) -> tuple[str, ...]:
    """What we go by until somebody says otherwise; what the client said is no assumption.

    What starts it stands in the spec as assumed; alone ("the user enters a record") it says nothing.
    """
    quotes = [bare(one.quote) for ask in asks for one in ask.evidence]
    starts = bare(str(spec.trigger.value or ""))
    plain = (_OPENS.sub("", one) for one in spec.assumptions)
    plain = (one for one in plain if bare(one) != starts)
    return tuple(speech(one) for one in plain if not any(bare(one) in words for words in quotes))


def _details(spec: FeatureSpec, told: str) -> Iterator[str]:
    language = spec.language
    labels = [one.label for one in spec.data_fields if _theirs(one)]
    left = DETAILS
    if len(labels) > 1:
        comma = say("asking.comma", language)
        yield say("asking.fields", language, fields=comma.join(dict.fromkeys(labels)))
        left -= 1
    known = bare(told)
    points = [
        one
        for one in (*spec.rules, *spec.limits, spec.trigger)
        if _says_more(one, labels, language)
    ]
    roles = [one.role for one in spec.permissions if _theirs(one)]
    fresh = [
        one
        for one in points
        if bare(str(one.value)) not in known
        if sum(role in str(one.value) for role in roles) < _ROLES
    ]
    fresh.sort(key=lambda one: not _BINDS.search(str(one.value)))
    yield from dict.fromkeys(_told(one, language) for one in fresh[:left])


def _says_more(slot: Slot, labels: Sequence[str], language: Language) -> bool:
    """Whether a value is worth saying back: no aside, no question, not the fields once more."""
    text = slot.value if isinstance(slot.value, str) and _theirs(slot) else ""
    left = text
    for label in labels:
        left = left.replace(label, "")
    if (
        len(bare(text)) < _LEAST
        or _ASKS.search(text)
        or (left != text and len(bare(left)) < _MORE[language])
    ):
        return False
    return not _verbatim(text, slot) or bool(_BINDS.search(text))


def _who(spec: FeatureSpec) -> str:
    """Who may do what; where nobody said, who uses it."""
    language = spec.language
    rights = [one for one in spec.permissions if _theirs(one)]
    parts: list[str] = []
    for right in ("export", "do", "see"):
        what = say(f"document.spec.{right}", language).lower()
        for key, allowed in (("may", True), ("may_not", False)):
            roles = [one.role for one in rights if getattr(one, right) is allowed]
            if roles:
                who = _listed(roles, language)
                parts.append(say(f"asking.{key}", language, who=who, what=what))
    if parts:
        return say("asking.comma_between", language).join(parts[:2])
    actors = [str(one.value) for one in spec.actors if one.value and _certain(one)]
    return say("asking.used_by", language, who=_listed(actors, language)) if actors else ""


def _listed(words: Iterable[str], language: Language) -> str:
    *most, last = dict.fromkeys(words)
    comma = say("asking.comma", language)
    return say("asking.and", language, some=comma.join(most), last=last) if most else last


def _theirs(one: Slot | SpecField | Permission) -> bool:
    """Whether the client said it."""
    if one.origin == "stated":
        return any(each.good and each.side != "us" for each in one.evidence)
    return one.origin == "answered"


def _certain(slot: Slot) -> bool:
    return _theirs(slot) or slot.origin == "dictionary"


def _verbatim(text: str, slot: Slot) -> bool:
    return any(text in one.quote for one in slot.evidence if one.good)


def _told(slot: Slot, language: Language) -> str:
    """A value that may be said back: its first sentence, in quotation marks where it is verbatim."""
    if not isinstance(slot.value, str) or not _certain(slot):
        return ""
    text = _short(slot.value, language)
    return _quoted(text, language) if _verbatim(text.rstrip("…"), slot) else text


def _quoted(text: str, language: Language) -> str:
    return say("document.quoted", language, text=text)


def _asked(asks: Sequence[Ask], language: Language) -> str:
    """The client's own words for it: those that the ask was recognised by, else the nearest."""
    for ask in asks:
        said = [one.quote for one in ask.evidence if one.good and one.side != "us"]
        if ask.raw_quote and any(ask.raw_quote in one for one in said):
            return _quoted(_short(ask.raw_quote, language), language)
        if said:
            shared = set(bare(ask.text))
            nearest = max(
                said, key=lambda one: len(shared & set(bare(one))) / len(bare(one) or "-")
            )
            return _quoted(_short(nearest, language), language)
    return ""


def _short(text: str, language: Language) -> str:
    parts = _SENTENCE.split(_HEAD.sub("", text))
    first = next((part for part in parts if len(bare(part)) >= _LEAST), parts[0])
    first = first.strip(' ，,：:“”"')
    longest = LONGEST[language]
    return first if len(first) <= longest else first[: longest - 1].rstrip() + "…"
