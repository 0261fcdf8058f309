"""What an ask says of itself: with whom, how often, when, to whom and by which way."""

import re
from collections.abc import Iterable, Iterator

from pipeline.engines.rules.playbook.loader import compiled, part_group, part_list, phrases
from pipeline.engines.rules.specification.known import Known
from pipeline.engines.rules.specification.refusal import wanted
from pipeline.engines.rules.specification.statement import Statement
from pipeline.engines.rules.specification.vocabulary import Vocabulary
from pipeline.language.numbers import find_numbers

_TO = r"(?:提醒|通知|告诉|发给|推送给|让|给)\s*"
_EN_TO = r"\b(?:remind(?:ers?)?(?: for| to)?|tell|notify|alert|e-?mail) (?:the |our |all )?"
_GENITIVE = re.compile(r"'s$")
_AUTO = ("auto", "auto_en")


def parts(known: Known, vocabulary: Vocabulary) -> dict[str, str]:
    """Values for the sentences of one kind of ask; what was not said is left out."""
    found: dict[str, str] = {}
    for text in _texts(known):
        for expression in part_list(f"{known.key}.say"):
            match = next(wanted(compiled(expression), text), None)
            for name, value in match.groupdict().items() if match else ():
                if value:
                    found.setdefault(name, value.strip())
    more = {"reminder": _reminded, "integration": _often, "approval": _approved}.get(known.key)
    if more is not None:
        found |= more(known, vocabulary, found)
    return found


def fragment(known: Known, one: Statement) -> str | None:
    """The stretch of a statement that tells when: 缺货的时候, every night."""
    for expression in part_list(f"{known.key}.say"):
        match = compiled(expression).search(one.text)
        for name in ("lead", "often", "event"):
            if match and match.groupdict().get(name):
                end = match.end(name)
                tail = re.match(r"(?:的时候|时候|时|之?前|之?后)", one.text[end:])
                return one.text[match.start(name) : end + (tail.end() if tail else 0)]
    return None


def edge_open(known: Known) -> str | None:
    """The limit of an approval of which nobody said whether it is in itself."""
    if known.key != "approval":
        return None
    rule = _approval_rule(known)
    if rule is None or any(compiled(one).search(rule[0].value) for one in part_list("edges.said")):
        return None
    return _edge(rule[1]["cond"])


def _texts(known: Known) -> Iterator[str]:
    yield known.ask.text
    yield known.ask.raw_quote
    for one in known.of("wish", "need", "rule", "limit"):
        yield one.value


def _reminded(known: Known, vocabulary: Vocabulary, found: dict[str, str]) -> dict[str, str]:
    """Who is told: the role after the verb, in the client's words."""
    pattern = re.compile(f"(?:{_TO}|{_EN_TO})({vocabulary.role})", re.IGNORECASE)
    match = next((m for text in _texts(known) for m in wanted(pattern, text)), None)
    return {"recipients": match.group(1)} if match else {}


def _often(known: Known, vocabulary: Vocabulary, found: dict[str, str]) -> dict[str, str]:
    """A title has the rhythm as an adjective, and in English one of a kind."""
    said = found.get("often", "")
    names = [key for key, one in part_group("cadence").items() if said and one.search(said)]
    more = {"cadence": phrases(known.language)[f"cadence.{names[0]}"]} if names else {}
    if "what" in found:
        more["what1"] = singular(found["what"].lower())
        more["what"] = found["what"].lower() if known.language == "en" else found["what"]
    return more


def _approved(known: Known, vocabulary: Vocabulary, found: dict[str, str]) -> dict[str, str]:
    """The rule that decides: what falls under it, what then happens and where its edge is."""
    words = phrases(known.language)
    more = {"auto": words["approval.auto"]} if any(one in found for one in _AUTO) else {}
    rule = _approval_rule(known)
    if rule is None:
        return more
    said = rule[1]
    more["cond"] = said["cond"].strip()
    if said.get("thing"):
        more["thing"] = singular(said["thing"].lower())
    edge = _edge(said["cond"])
    if edge:
        more["edge"] = edge
    approver = _approver(known, vocabulary)
    if said.get("passes"):
        kind = "passes"
        more["passes"] = words["approval.passes"]
        if approver:
            more["approver"] = approver
    elif said.get("who"):
        kind = "approver"
        more["approver"] = more["approver_only"] = _GENITIVE.sub("", said["who"])
    else:
        return more
    filled = {"approver": more.get("approver", "")}
    more["outcome"] = words[f"approval.{kind}_outcome"].format(**filled)
    more["result"] = words[f"approval.{kind}_result"].format(**filled)
    return more


def _approval_rule(known: Known) -> tuple[Statement, dict[str, str]] | None:
    for one in sorted(known.of("rule", "need"), key=lambda one: not one.composed):
        for expression in part_list("approval.rule"):
            match = compiled(expression).search(one.value)
            if one.firm and match:
                return one, {name: value for name, value in match.groupdict().items() if value}
    return None


def _approver(known: Known, vocabulary: Vocabulary) -> str | None:
    pattern = re.compile(f"({vocabulary.role})(?:来)?(?:审批|批|审)", re.IGNORECASE)
    found: Iterable[re.Match[str] | None] = (pattern.search(o.value) for o in known.of("rule"))
    return next((match.group(1) for match in found if match), None)


def _edge(text: str) -> str | None:
    """The number of a limit with its unit, as it was said."""
    numbers = [one for one in find_numbers(text) if not one.ordinal]
    return text[numbers[-1].start : numbers[-1].end].strip() if numbers else None


def singular(noun: str) -> str:
    """One of a kind: invoice for invoices."""
    if noun.endswith("ies"):
        return f"{noun[:-3]}y"
    return noun[:-1] if noun.endswith("s") and not noun.endswith("ss") else noun


def plural(noun: str) -> str:
    """Several of a kind: refunds for refund; Chinese has no such thing."""
    if not noun.isascii() or noun.endswith("s"):
        return noun
    return f"{noun[:-1]}ies" if noun.endswith("y") else f"{noun}s"
