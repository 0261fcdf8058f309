"""Trace: which words of the call each value of a spec rests on, down to the second."""

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from pipeline.exporters.blocks.head import warning
from pipeline.exporters.blocks.phrases import MOST_QUOTES, Phrases
from pipeline.language.ears import sentences
from pipeline.models.client_view import View
from pipeline.models.evidence import Evidence
from pipeline.models.slots import Slot
from pipeline.models.spec import Acceptance, FeatureSpec

EVIDENCE = "evidence.json"
"""The file with all of them, beside every form that developers build from."""
_SLOTS = ("goal", "pain", "trigger", "format")
_LISTS = ("actors", "rules", "limits", "behaviours", "errors")
_SHARED = 0.5
"""Of the words of a value, the share that a case must hold to rest on it."""
_STARTED = ("trigger", "format")
_EVERYWHERE = frozenset(
    [
        "the",
        "and",
        "for",
        "with",
        "that",
        "this",
        "when",
        "then",
        "who",
        "what",
        "shall",
        "system",
        "user",
        "use",
        "done",
        "系统",
        "统应",
        "用户",
        "当用",
    ]
)
"""Words that say nothing about which value is meant."""
_WORD = re.compile(r"[a-z0-9]{3,}")
_HAN = re.compile(r"[\u3400-\u9fff]+")

Paths = Mapping[str, tuple[Evidence, ...]]


def shown(view: View) -> tuple[FeatureSpec, ...]:
    """The specs that anybody may build from: not those a person rejected."""
    return tuple(spec for spec in view.specs if spec.review != "rejected")


def paths(spec: FeatureSpec, view: View) -> Paths:
    """The words behind every value that has any, by its path; then those behind each case."""
    values = {path: found for path, found in _values(spec, view) if found}
    known = named(spec)
    cases = {
        f"acceptance[{number}]": tuple(
            dict.fromkeys(one for path in behind(case, known) for one in values.get(path, ()))
        )
        for number, case in enumerate(spec.acceptance)
    }
    return values | {path: found for path, found in cases.items() if found}


def behind(case: Acceptance, named: Mapping[str, str]) -> tuple[str, ...]:
    """The paths of the values that a case says again, the closest first.

    Args:
        case: the case.
        named: the values that it can say again (`named`), by path.
    """
    text = _units(f"{case.given} {case.when} {case.then}")
    near = {path: _share(value, text) for path, value in named.items()}
    found = [path for path, share in near.items() if share >= _SHARED]
    return tuple(sorted(found, key=lambda path: -near[path]))


def traced(evidence: Iterable[Evidence], say: Phrases) -> tuple[str, ...]:
    """Words of the call as lines: when, who, what, and what is doubtful about it.

    Of many the first few; of the others only where they are. All of them are in `EVIDENCE`.
    """
    every = tuple(evidence)
    lines = [_line(one, say) for one in every[:MOST_QUOTES]]
    if rest := every[MOST_QUOTES:]:
        lines.append(
            say(
                "more_places",
                count=len(rest),
                times=say.joined(dict.fromkeys(_at(one, say) for one in sorted(rest, key=_when))),
            )
        )
    return tuple(dict.fromkeys(lines))


def _line(one: Evidence, say: Phrases) -> str:
    quote = say.quote(one)
    mark = say.bracketed(quote.mark.text) if quote.mark else ""
    who = one.speaker + say("colon") if one.speaker else ""
    return f"{_at(one, say)} {who}{say.quoted(one.quote)}{mark}"


def _when(one: Evidence) -> float:
    return one.start or 0.0


def _at(one: Evidence, say: Phrases) -> str:
    return say.at(one) or say("turn", segment=", ".join(one.segments))


def closest(text: str, evidence: Sequence[Evidence]) -> Evidence:
    """The words that hold most of a text; of several, the first."""
    own = _units(text)
    return max(evidence, key=lambda one: len(own & _units(one.quote)))


def of_ask(spec: FeatureSpec, view: View) -> tuple[Evidence, ...]:
    """The words in which it was asked for: what everything of the spec goes back to."""
    asks = (ask for ask in view.minutes.asks if ask.id in spec.asks and ask.review != "rejected")
    return tuple(dict.fromkeys(one for ask in asks for one in ask.evidence if one.segments))


def evidence_file(view: View) -> dict[str, bytes]:
    """evidence.json: per spec, path -> the words it rests on, with their seconds."""
    specs: dict[str, Any] = {}
    for spec in shown(view):
        phrases = Phrases(spec.language, view.meeting)
        banner = warning(view, phrases, entries=[spec.uid])
        specs[spec.id] = {
            "uid": spec.uid,
            "version": spec.version,
            "content_hash": spec.content_hash,
            "approved": spec.uid in view.approved,
            "banner": "".join(run.text for run in banner),
            "paths": {
                path: [_told(one, phrases) for one in found]
                for path, found in paths(spec, view).items()
            },
        }
    content = {"schema": "dragoman/evidence/v1", "meeting": view.meeting.uid, "specs": specs}
    text = json.dumps(content, ensure_ascii=False, indent=2)
    return {EVIDENCE: (text + "\n").encode("utf-8", "replace")}


def _told(one: Evidence, say: Phrases) -> dict[str, Any]:
    return one.model_dump(mode="json") | {"at": say.at(one)}


def _values(spec: FeatureSpec, view: View) -> Iterator[tuple[str, tuple[Evidence, ...]]]:
    yield "asks", of_ask(spec, view)
    for name in _SLOTS:
        yield name, _found(getattr(spec, name))
    for name in _LISTS:
        for number, slot in enumerate(getattr(spec, name)):
            yield f"{name}[{number}]", _found(slot)
    for number, field in enumerate(spec.data_fields):
        path = f"data_fields[{number}]"
        yield path, tuple(one for one in field.evidence if one.segments)
        yield f"{path}.required", _found(field.required)
        yield f"{path}.example", _found(field.example)
    for number, row in enumerate(spec.permissions):
        yield f"permissions[{number}]", tuple(one for one in row.evidence if one.segments)


def _found(slot: Slot) -> tuple[Evidence, ...]:
    return tuple(one for one in slot.evidence if one.segments)


def named(spec: FeatureSpec) -> Mapping[str, str]:
    """The values that a case can say again, by path."""
    said = {
        path: " ".join(
            str(slot.value)
            for slot in ((spec.trigger, spec.format) if path in _STARTED else [_slot(path, spec)])
            if slot.value is not None
        )
        for path in dict.fromkeys(one.path for one in sentences(spec))
        if not path.startswith("permissions")
    }
    fields = {f"data_fields[{n}]": field.label for n, field in enumerate(spec.data_fields)}
    roles = {f"permissions[{n}]": row.role for n, row in enumerate(spec.permissions)}
    return said | fields | roles


def _slot(path: str, spec: FeatureSpec) -> Slot:
    name, _, number = path.rstrip("]").partition("[")
    found: Slot = getattr(spec, name)[int(number)]
    return found


def _share(value: str, text: set[str]) -> float:
    """How much of a value a text holds, from 0 to 1."""
    own = _units(value)
    return len(own & text) / len(own) if own else 0.0


def _units(text: str) -> set[str]:
    """What a text is compared by: words of Latin letters, pairs of Chinese characters."""
    words = {_stem(one) for one in _WORD.findall(text.lower())}
    runs = _HAN.findall(text)
    pairs = {run[at : at + 2] for run in runs for at in range(max(1, len(run) - 1))}
    return (words | pairs) - _EVERYWHERE


def _stem(word: str) -> str:
    """The beginning of a word, which its forms share."""
    return word[:6] if len(word) > 6 else word.removesuffix("s")
