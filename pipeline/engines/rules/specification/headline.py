"""What a spec is called, and the values its sentences are filled with."""

import re
from collections.abc import Iterable, Mapping, Sequence

from pipeline.engines.rules.playbook.loader import compiled, cue_group, cues, part_list, phrases
from pipeline.engines.rules.specification.candidates import is_volume, limit
from pipeline.engines.rules.specification.known import Known
from pipeline.engines.rules.specification.parts import parts, plural
from pipeline.engines.rules.specification.statement import Statement
from pipeline.engines.rules.specification.vocabulary import Vocabulary
from pipeline.language.numbers import find_numbers

_LONGEST_TITLE = {"zh": 40, "en": 90}
_SHORT_TITLE = {"zh": 16, "en": 50}
"""Up to here a kind of ask and its object say as much as the ask's own words."""
_RICH = frozenset({"approval", "integration", "masking", "reminder"})
"""Kinds of asks whose titles are made of what the ask says of itself."""
_SURE = frozenset({"approval", "integration"})
"""Kinds of asks whose first title says the whole of it, however long the ask is."""
_LONGEST_OBJECT = {"zh": 12, "en": 45}
_SHORTEST = 6
"""Characters from which the first clause of a wish says what is wished for."""
_OPTION = re.compile(r"\[([^\[\]]*)\]")
_TAIL_WORDS = re.compile(r"(\s+(the|a|an|their|his|her|of|to|and|or|for|with|in|on|by|as))+$")
_WHOLE = re.compile(r",? (?:where|which|and|so|but|because|when) |[，,；;、]")
"""Where a long title may end without breaking off."""
_LOOSE_ENDS = "别不没要把在给对从被让改"
"""Words at a cut that would say the opposite, or nothing, without what follows."""
_PART = re.compile(r"(.{6,}?)(?:的|到|及|和|与|、|时|并)(?=[^的到及和与、时并]*$)")


def about(known: Known, vocabulary: Vocabulary) -> dict[str, str]:
    """The values that playbook sentences are filled with; what is not known is left out."""
    words = phrases(known.language)
    volume, noun = limit(known), _noun(known, vocabulary)
    labels = [one.label for one in known.found.fields]
    optional = {
        "subject": _bare(known.entity.entity, known) if known.entity else noun,
        "noun": noun,
        "nouns": plural(noun) if noun else None,
        "thing": noun,
        "limit": _most(volume.text) if volume else None,
        "format": known.format.value if isinstance(known.format.value, str) else None,
        "fields": words["list.comma"].join(labels) or None,
        "many": words["list.comma"].join(plural(one) for one in labels) or None,
        "scope": _inside(_text(known.first("said.scope_filter"))),
        "rule": _rule(known),
        "role": next((row.role for row in known.rows if row.value), None),
    }
    able = list(dict.fromkeys(row.role for row in known.rows if row.value))[:3]
    roles = words["list.comma"].join(able)
    found = {
        "ask": known.ask.text.strip(" 。."),
        "who": words["behaviour.who"].format(roles=roles) if roles else words["behaviour.user"],
        "people": _listed(able, words) or words["behaviour.everybody"],
    }
    found |= {name: value for name, value in optional.items() if value}
    found |= parts(known, vocabulary)
    found["object"] = _object(known, found)
    found.setdefault("subject", words["behaviour.thing"])
    return found


def title(known: Known, values: Mapping[str, str]) -> str:
    """A short noun: object, action and format where they are known."""
    plain = _upper(_named(known, values) or _own(known) or _plain(known, values))
    if "format" in values and known.play.lists:
        return phrases(known.language)["title.format"].format(title=plain, format=values["format"])
    return plain


def fill(template: str, values: Mapping[str, str]) -> str:
    """A sentence with its values; a [part] that lacks one is left out."""
    kept = _OPTION.sub(lambda part: part[1] if complete(part[1], values) else "", template)
    for name, value in values.items():
        kept = kept.replace(f"{{{name}}}", value)
    return kept


def first(templates: Iterable[str], values: Mapping[str, str]) -> str | None:
    """The first sentence whose values are all known."""
    wanted = (one for one in templates if complete(_OPTION.sub("", one), values))
    return next((fill(one, values) for one in wanted), None)


def complete(part: str, values: Mapping[str, str]) -> bool:
    """Whether every {name} has a value."""
    return all(name in values for name in re.findall(r"\{(\w+)\}", part))


def spoken(text: str) -> bool:
    """Whether an ask is put as a person puts it and not as a title."""
    return any(compiled(one).search(text) for one in part_list("headline.spoken"))


def _named(known: Known, values: Mapping[str, str]) -> str | None:
    """By its kind and object, where these say all: of a spoken or a short ask."""
    text = known.ask.text
    short = len(text) <= _SHORT_TITLE[known.language]
    if spoken(text) or (short and known.play.lists):
        return _composed(known, values)
    rich = known.key in _SURE or (short and known.key in _RICH)
    return first(known.play.titles[:1], values) if rich else None


def _composed(known: Known, values: Mapping[str, str]) -> str | None:
    if known.play.lists and known.entity is None:
        return None
    return first(known.play.titles, values)


def _own(known: Known) -> str | None:
    """The ask's own words where they are a title already."""
    text = _without_formats(re.split(r"[。；;]|\. ", known.ask.text.strip(" 。."))[0])
    return None if spoken(text) else _cut(text, known.language)


def _without_formats(text: str) -> str:
    """Without the clauses that only say which file it is to be: the format stands behind."""
    head, *rest = re.split(r"[，,]", text)
    told = any(one.search(part) for part in rest for one in cue_group("format").values())
    kept = [p for p in rest if not any(one.search(p) for one in cue_group("format").values())]
    return "，".join([head, *kept]) if told and not head.isascii() else head if told else text


def _plain(known: Known, values: Mapping[str, str]) -> str:
    """What is left of spoken words without the wish around them."""
    text = re.split(r"[。；;？?]|\. ", known.ask.text.strip(" 。."))[0]
    for _ in range(2):
        for front in part_list("headline.front"):
            text = compiled(front).sub("", text, count=1)
    text = re.sub(r"[吧吗呢啊]+$", "", text.strip(" ，,"))
    head = re.split(r"[，,]", text)[0]
    return _cut(head if len(head) >= _SHORTEST else text, known.language) or values["object"]


def _cut(text: str, language: str) -> str:
    longest = _LONGEST_TITLE[language]
    if len(text) <= longest:
        return text
    head = re.split(r"[，：,:]", text)[0]
    if longest // 5 <= len(head) <= longest:
        return head
    whole = [m.start() for m in _WHOLE.finditer(text, longest // 3, longest)]
    cut = text[: whole[-1]] if whole else text[:longest]
    if whole:
        return cut.rstrip(" ，,")
    return cut if language == "zh" else _TAIL_WORDS.sub("", cut.rsplit(" ", 1)[0])


def _upper(text: str) -> str:
    return text[:1].upper() + text[1:]


def _noun(known: Known, vocabulary: Vocabulary) -> str | None:
    """The thing an ask is about: a word of the project in it, else the entity of its talk."""
    text = known.ask.text
    named = vocabulary.noun(text) or vocabulary.noun(known.ask.raw_quote)
    entity = known.entity or vocabulary.touched(text)
    noun = named or (entity.entity if entity else None)
    return _bare(noun, known) if noun else None


def _bare(noun: str, known: Known) -> str:
    """A noun without the name of the kind of ask at its end, as it stands inside a sentence."""
    name = known.play.name
    bare = noun.removesuffix(name).strip() if len(noun) > len(name) else noun
    return bare.lower() if bare.isascii() and not bare.isupper() else bare


def _rule(known: Known) -> str | None:
    """A rule to test by: what must hold, not what is so today or what somebody does."""
    said = [one for one in known.of("rule") if one.firm and one.own]
    plain = [
        one
        for one in said
        if cues("say.duty").search(one.text)
        and not any(cues(name).search(one.text) for name in ("say.past", "say.first_person"))
    ]
    strict = (one for one in plain if cues("accept.forbids").search(one.text))
    return _text(next(strict, None) if known.key == "control" else next(iter(plain), None))


def _object(known: Known, values: Mapping[str, str]) -> str:
    """What a question is about, in a few words: its title where that is short."""
    longest = _LONGEST_OBJECT[known.language]
    gap = "" if known.language == "zh" else " "
    noun, name = values.get("noun"), known.play.name
    if known.play.lists and known.entity is not None:
        return _upper(f"{values['subject']}{gap}{name}")
    named = _composed(known, values)
    if named and len(named) <= longest:
        return _upper(named)
    if noun and known.key != "generic":
        return _upper(noun if name in noun else f"{noun}{gap}{name}")
    return _upper(_short(_own(known) or _plain(known, {"object": name}), known.language))


def _short(text: str, language: str) -> str:
    head = re.split(r"[，。；：,;:]", text.strip())[0]
    longest = _LONGEST_OBJECT[language]
    if len(head) <= longest:
        return head
    cut = head[:longest]
    if language == "en":
        return _TAIL_WORDS.sub("", cut.rsplit(" ", 1)[0])
    part = _PART.match(cut)
    return part.group(1) if part else f"{cut.rstrip(_LOOSE_ENDS)}…"


def _listed(names: Sequence[str], words: Mapping[str, str]) -> str:
    """Names as a sentence lists them: managers and the accountant."""
    head = words["list.comma"].join(names[:-1])
    return words["list.last"].join(filter(None, (head, *names[-1:])))


def _inside(text: str | None) -> str | None:
    """Words as they stand inside a sentence: no capital in front, but for I and names."""
    if text and text[:1].isupper() and text[1:2].islower():
        return text[:1].lower() + text[1:]
    return text


def _most(text: str) -> str | None:
    """The largest number of a limit, as it was said."""
    numbers = [one for one in find_numbers(text) if is_volume(one)]
    return max(numbers, key=lambda one: one.value).text.strip() if numbers else None


def _text(one: Statement | None) -> str | None:
    return one.value if one else None
