"""What would leave the machine, in the words of whoever reads it: for terminal and desk alike."""

from collections.abc import Iterable, Iterator

from pipeline.models.model_use import Cost, ModelUse
from pipeline.models.sending import Estimate, Later, Outgoing, Sending
from pipeline.words.loader import Language, table
from ui.amounts import about, count, lasting, money
from ui.words.loader import tin

OF_OURS = frozenset({"schema", "last", "keys", "asked"})
"""Inputs of a prompt that are ours, and nobody's words."""


def site(name: str, language: Language) -> str:
    """What a question is for."""
    return table("ui.words", language).get(f"sending.site.{name}", name)


def in_order(cost: Cost) -> list[ModelUse]:
    """What each step took, as the steps follow each other."""
    order = [key for key in table("ui.words", "en") if key.startswith("sending.site.")]
    places = {key.rpartition(".")[2]: place for place, key in enumerate(order)}
    return sorted(cost.sites, key=lambda one: places.get(one.site, len(places)))


def sentences(told: Iterable[str], language: Language) -> str:
    """Some sentences, one after the other."""
    return ("" if language == "zh" else " ").join(told)


def addressee(sending: Sending, language: Language) -> str:
    """The host that gets it, and what lies on the way there."""
    if not sending.proxy:
        return sending.host
    return tin(language, "sending.through", host=sending.host, proxy=sending.proxy)


def carries(later: Later, language: Language) -> str:
    """What a later question is made of."""
    words = table("ui.words", language)
    names = (words.get(f"sending.carries.{name}", name) for name in _told(later.carries))
    return tin(language, "sending.and").join(dict.fromkeys(names))


def _told(names: tuple[str, ...]) -> Iterator[str]:
    return (name for name in names if name not in OF_OURS)


def characters(question: Outgoing) -> int:
    """How long a question is."""
    return sum(len(one.text) for one in question.messages)


def forecast(estimate: Estimate, language: Language) -> str:
    """About what it will take, in one sentence."""
    parts = [
        tin(
            language,
            "sending.forecast",
            questions=count(estimate.questions),
            sent=about(estimate.tokens_in),
            received=about(estimate.tokens_out),
            time=lasting(estimate.seconds, language),
        )
    ]
    if estimate.money is None:
        parts.append(tin(language, "sending.no_prices"))
    else:
        parts.append(tin(language, "sending.money", money=money(estimate.money, guessed=True)))
    key = "sending.by_earlier" if estimate.known else "sending.by_rule"
    parts.append(tin(language, key, count=count(estimate.known)))
    return sentences(parts, language)


def hiding(sending: Sending, language: Language) -> str:
    """What is hidden, in one sentence."""
    if sending.hides == "nothing":
        return tin(language, "sending.hides_nothing")
    key = f"sending.hides_{sending.hides}"
    what = tin(language, key)
    found = "sending.hidden" if sending.hidden else "sending.none_hidden"
    return tin(language, found, what=what, count=len(sending.hidden))


def held_up(sending: Sending, language: Language) -> str:
    """That the money is used up, where it is; else nothing."""
    if not sending.held_up:
        return ""
    spent, budget = money(sending.spent or 0), money(sending.budget or 0)
    return tin(language, "sending.held_up", spent=spent, budget=budget)


def tokens(number: int, use: ModelUse, language: Language) -> str:
    """Some tokens of a use: "about" where an endpoint did not tell all of them."""
    return _about(count(number), use, language)


def paid(use: ModelUse, language: Language) -> str:
    """The money of a use, and how far it is known; what asked nobody cost nothing."""
    if use.money is None:
        return tin(language, "cost.unknown") if use.unpriced else money(0.0)
    if use.unpriced:
        return tin(language, "cost.at_least", what=_about(money(use.money), use, language))
    return _about(money(use.money), use, language)


def _about(what: str, use: ModelUse, language: Language) -> str:
    return tin(language, "cost.about", what=what) if use.estimated else what


def took(use: ModelUse, language: Language) -> str:
    """What some requests took, in one sentence."""
    told = [
        tin(
            language,
            "cost.took",
            requests=count(use.requests),
            sent=tokens(use.usage.tokens_in, use, language),
            received=tokens(use.usage.tokens_out, use, language),
            time=lasting(use.seconds, language),
        )
    ]
    if use.estimated:
        told.append(tin(language, "cost.estimated", count=count(use.estimated)))
    if use.usage.tokens_cached:
        told.append(tin(language, "cost.cached", count=count(use.usage.tokens_cached)))
    if use.money is not None:
        told.append(tin(language, "cost.money", money=paid(use, language)))
    if use.unpriced:
        key = "cost.no_prices" if use.money is None else "cost.unpriced"
        told.append(tin(language, key, count=count(use.unpriced)))
    if use.kept:
        told.append(tin(language, "cost.kept", count=count(use.kept)))
    return sentences(told, language)


def plain_cost(cost: Cost) -> dict[str, object]:
    """What models took, for machines."""
    return _plain(cost.total) | {
        "model": cost.total.model,
        "steps": [{"step": one.site, "model": one.model, **_plain(one)} for one in cost.uses],
    }


def _plain(use: ModelUse) -> dict[str, object]:
    return {
        "requests": use.requests,
        "kept_answers": use.kept,
        **use.usage.model_dump(),
        "seconds": round(use.seconds, 3),
        "money": None if use.money is None else round(use.money, 6),
        "unpriced_requests": use.unpriced,
        "estimated_requests": use.estimated,
    }
