"""What a model took for a meeting: requests, tokens, seconds and money, by what was asked for."""

from collections.abc import Iterable

from pydantic import Field

from pipeline.models.answer import Usage
from pipeline.models.base import Model

MILLION = 1_000_000


class Prices(Model):
    """What a million tokens cost, in whatever currency the bill has."""

    tokens_in: float = Field(default=0.0, ge=0)
    tokens_cached: float | None = Field(default=None, ge=0)
    """Of input that the endpoint had kept from before; null means the same as any input."""
    tokens_out: float = Field(default=0.0, ge=0)

    def cost(self, usage: Usage) -> float:
        """What some tokens cost."""
        cached = self.tokens_in if self.tokens_cached is None else self.tokens_cached
        fresh = max(0, usage.tokens_in - usage.tokens_cached)
        return (
            fresh * self.tokens_in
            + usage.tokens_cached * cached
            + usage.tokens_out * self.tokens_out
        ) / MILLION


class ModelUse(Model):
    """What the questions of one call site took, of one model."""

    site: str
    """Call site: the folder of its prompt."""
    model: str
    requests: int = 0
    """Requests that went out, tries included."""
    kept: int = 0
    """Questions answered from what was asked before: they cost nothing."""
    usage: Usage = Usage()
    seconds: float = 0.0
    """Spent on waiting for answers; of several at a time each counts."""
    money: float | None = None
    """What it cost at the prices of its time; null where none were set."""
    unpriced: int = 0
    """Requests made while no prices were set: their money is not known."""
    estimated: int = 0
    """Requests whose tokens the endpoint did not tell, or not all: they are our estimate."""

    def plus(self, other: "ModelUse") -> "ModelUse":
        """Both together, under the names of this one."""
        return self._combined(other, 1)

    def minus(self, earlier: "ModelUse") -> "ModelUse":
        """What came on top of an earlier state; its money is null where no request had prices."""
        grown = self._combined(earlier, -1)
        priced = grown.requests > grown.unpriced or not grown.unpriced
        return grown if priced else grown.with_(money=None)

    def _combined(self, other: "ModelUse", sign: int) -> "ModelUse":
        known = [one for one in (self.money, other.money) if one is not None]
        money = (self.money or 0.0) + sign * (other.money or 0.0) if known else None
        mine, theirs = self.usage, other.usage
        return self.with_(
            requests=self.requests + sign * other.requests,
            kept=self.kept + sign * other.kept,
            usage=Usage(
                tokens_in=mine.tokens_in + sign * theirs.tokens_in,
                tokens_cached=mine.tokens_cached + sign * theirs.tokens_cached,
                tokens_out=mine.tokens_out + sign * theirs.tokens_out,
            ),
            seconds=self.seconds + sign * other.seconds,
            money=money,
            unpriced=self.unpriced + sign * other.unpriced,
            estimated=self.estimated + sign * other.estimated,
        )


class Cost(Model):
    """All that models took for a meeting."""

    uses: tuple[ModelUse, ...] = ()

    @property
    def total(self) -> ModelUse:
        """Everything together; of several models under all their names."""
        models = " + ".join(dict.fromkeys(one.model for one in self.uses))
        return together(self.uses, model=models)

    @property
    def sites(self) -> tuple[ModelUse, ...]:
        """By call site, whichever model was asked."""
        names = dict.fromkeys(one.site for one in self.uses)
        return tuple(
            together((one for one in self.uses if one.site == name), site=name) for name in names
        )

    def since(self, earlier: "Cost") -> "Cost":
        """What came on top of an earlier state; sites where nothing did are left out."""
        before = {(one.site, one.model): one for one in earlier.uses}
        grown = (
            one.minus(before[one.site, one.model]) if (one.site, one.model) in before else one
            for one in self.uses
        )
        return Cost(uses=tuple(one for one in grown if one.requests or one.kept))


def together(uses: Iterable[ModelUse], *, site: str = "", model: str = "") -> ModelUse:
    """The sum of some."""
    total = ModelUse(site=site, model=model)
    for one in uses:
        total = total.plus(one)
    return total
