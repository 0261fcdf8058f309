"""How fast and how exactly quotes are found in a long call, and which changed facts slip through.

`python -m evals.bench.ground` makes calls of 10,000 turns in Chinese and English and quotes them
in every way engines are seen to. It prints a table, then the marks of the design, met or missed.
Times are processor time, so that a busy machine does not decide.
"""

import argparse
import random
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from statistics import mean, quantiles
from typing import NamedTuple

from evals.bench.talk import FLIPS, Lang, call, clauses_of, noisy, punctuated, without_fillers
from pipeline.language.matching import Matcher
from pipeline.models.evidence import GOOD_MATCHES

MIX: Mapping[str, float] = {
    "exact": 0.50,
    "punctuation": 0.10,
    "fillers out": 0.10,
    "noise 5 %": 0.08,
    "ellipsis": 0.05,
    "two turns": 0.05,
    "exact, wrong turn": 0.05,
    "noise 5 %, wrong turn": 0.03,
    "noise 10 %": 0.02,
    "never said": 0.02,
}
"""The stated mix: what a good model sends, with more of the hard kinds than it sends."""
NOISY = ("noise 5 %", "noise 10 %", "noise 5 %, wrong turn", "noise 10 %, no turn", "never said")
MIXED_MS, NOISY_MS, SLIPPED = 10.0, 50.0, 0.05
_FAR = 400


class Quote(NamedTuple):
    """A quote, the turns it was said in, and the turns that are claimed for it."""

    text: str
    turns: tuple[int, ...]
    claimed: tuple[int, ...]


class Result(NamedTuple):
    """What became of one quote."""

    kind: str
    ms: float
    right: bool
    """Found in its own turn, with a good grade."""
    elsewhere: bool
    """Found with a good grade in another turn: these calls repeat themselves."""
    match: str


class Bench:
    """One call, its index, and quotes from it."""

    def __init__(self, lang: Lang, turns: int, seed: int) -> None:
        """Make the call and index it, timed."""
        self.lang: Lang = lang
        self.dice = random.Random(seed)
        self.turns = call(turns, lang, self.dice)
        started = time.perf_counter()
        self.matcher = Matcher(self.turns)
        self.index_s = time.perf_counter() - started

    def measure(self, kind: str, quotes: Sequence[Quote]) -> list[Result]:
        """Every quote looked up once, alone."""
        results = []
        for quote in quotes:
            started = time.thread_time()
            found = self.matcher.find(quote.text, quote.claimed)
            ms = (time.thread_time() - started) * 1000
            match = found.match if found else "missing"
            placed = bool(found and set(found.turns) & set(quote.turns))
            good = match in GOOD_MATCHES
            results.append(Result(kind, ms, placed and good, good and not placed, match))
        return results

    def kinds(self) -> tuple[str, ...]:
        """Every way to quote."""
        return tuple(self._makers())

    def quotes(self, kind: str, count: int) -> list[Quote]:
        """Quotes of one kind, each from another turn."""
        make = self._makers()[kind]
        found = (make(turn) for turn in self._places())
        return [
            quote for quote, _ in zip((one for one in found if one), range(count), strict=False)
        ]

    def flips(self, fact: str, count: int) -> list[Quote]:
        """Quotes with one fact changed, half of them tidied as well."""
        made = (self._flipped(fact, turn) for turn in self._places())
        return [quote for quote, _ in zip((one for one in made if one), range(count), strict=False)]

    def _places(self) -> Iterator[int]:
        return iter(self.dice.sample(range(len(self.turns) - 1), len(self.turns) - 1))

    def _makers(self) -> Mapping[str, Callable[[int], Quote | None]]:
        return {
            "exact": lambda turn: self._quoted(turn, str),
            "exact, wrong turn": lambda turn: self._quoted(turn, str, off=_FAR),
            "punctuation": lambda turn: self._quoted(turn, lambda t: punctuated(t, self.dice)),
            "fillers out": lambda turn: self._quoted(turn, without_fillers, changed=True),
            "noise 5 %": lambda turn: self._quoted(turn, self._noise(0.05)),
            "noise 10 %": lambda turn: self._quoted(turn, self._noise(0.10)),
            "noise 20 %": lambda turn: self._quoted(turn, self._noise(0.20)),
            "noise 5 %, wrong turn": lambda turn: self._quoted(turn, self._noise(0.05), off=_FAR),
            "noise 10 %, no turn": lambda turn: self._quoted(turn, self._noise(0.10), off=None),
            "two turns": self._over_two_turns,
            "ellipsis": self._with_ellipsis,
            "never said": self._never_said,
        }

    def _noise(self, share: float) -> Callable[[str], str]:
        return lambda text: noisy(text, share, self.lang, self.dice)

    def _quoted(
        self,
        turn: int,
        change: Callable[[str], str],
        *,
        off: int | None = 0,
        changed: bool = False,
    ) -> Quote | None:
        text = self._excerpt(turn)
        if changed and change(text) == text:
            return None
        claimed = () if off is None else ((turn + off) % len(self.turns),)
        return Quote(change(text), (turn,), claimed)

    def _excerpt(self, turn: int) -> str:
        """One or two clauses that stand together, as models quote."""
        clauses = clauses_of(self.turns[turn])
        first = self.dice.randrange(len(clauses))
        last = min(first + self.dice.randint(0, 1), len(clauses) - 1)
        text = self.turns[turn]
        start = text.index(clauses[first])
        return text[start : text.index(clauses[last], start) + len(clauses[last])]

    def _over_two_turns(self, turn: int) -> Quote:
        one, two = clauses_of(self.turns[turn]), clauses_of(self.turns[turn + 1])
        words = [*one[-2:], *two[:2]]
        return Quote((", " if self.lang == "en" else "，").join(words), (turn, turn + 1), (turn,))

    def _with_ellipsis(self, turn: int) -> Quote | None:
        clauses = clauses_of(self.turns[turn])
        if len(clauses) < 3:
            return None
        return Quote(f"{clauses[0]}……{clauses[-1]}", (turn,), (turn,))

    def _never_said(self, turn: int) -> Quote:
        return Quote(call(1, self.lang, self.dice)[0], (), (turn,))

    def _flipped(self, fact: str, turn: int) -> Quote | None:
        text = self._excerpt(turn)
        text = text if self.dice.random() < 0.5 else without_fillers(text)
        flipped = FLIPS[fact](text, self.lang, self.dice)
        return Quote(flipped, (turn,), (turn,)) if flipped else None


def main(argv: Sequence[str] | None = None) -> int:
    """Run everything; 1 when a mark is missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--turns", type=int, default=10_000)
    parser.add_argument("--quotes", type=int, default=200, help="per kind")
    parser.add_argument("--seed", type=int, default=7)
    options = parser.parse_args(argv)
    met = [_report(lang, options.turns, options.quotes, options.seed) for lang in ("zh", "en")]
    return 0 if all(met) else 1


def _report(lang: Lang, turns: int, count: int, seed: int) -> bool:
    bench = Bench(lang, turns, seed)
    letters = sum(map(len, bench.turns))
    _say(f"\n{lang}: {turns} turns, {letters} characters, index {bench.index_s:.2f} s\n")
    _say(
        f"{'quotes':24}{'n':>5}{'p50 ms':>9}{'p95 ms':>9}{'right':>8}{'elsewhere':>11}{'weak':>8}{'missing':>9}"
    )
    results = {kind: bench.measure(kind, bench.quotes(kind, count)) for kind in bench.kinds()}
    for kind, some in results.items():
        _row(kind, some)
    mixed = [
        one for kind, share in MIX.items() for one in results[kind][: round(count * share * 2)]
    ]
    noise = [one for kind in NOISY for one in results[kind]]
    _row("the stated mix", mixed)
    _row("noisy ones alone", noise)
    slipped = {fact: bench.measure(fact, bench.flips(fact, count)) for fact in FLIPS}
    for fact, some in slipped.items():
        _row(f"flipped {fact}", some)
    flips = [one for some in slipped.values() for one in some]
    share = mean(one.right for one in flips)
    return all(
        (
            _mark("p95 on the mix", _p95(mixed), MIXED_MS, "ms"),
            _mark("p95 on noisy ones alone", _p95(noise), NOISY_MS, "ms"),
            _mark("flipped facts that pass", share * 100, SLIPPED * 100, "%"),
        )
    )


def _row(name: str, results: Sequence[Result]) -> None:
    times = [one.ms for one in results]
    middle = quantiles(times, n=2)[0]
    shares = (
        f"{mean(one.right for one in results):>8.2f}",
        f"{mean(one.elsewhere for one in results):>11.2f}",
        f"{mean(one.match == 'weak' for one in results):>8.2f}",
        f"{mean(one.match == 'missing' for one in results):>9.2f}",
    )
    _say(f"{name:24}{len(results):>5}{middle:>9.2f}{_p95(results):>9.2f}{''.join(shares)}")


def _p95(results: Sequence[Result]) -> float:
    return quantiles([one.ms for one in results], n=20)[-1]


def _mark(name: str, value: float, mark: float, unit: str) -> bool:
    met = value <= mark
    _say(f"{'met   ' if met else 'MISSED'}  {name}: {value:.2f} {unit}, mark {mark:g} {unit}")
    return met


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")


if __name__ == "__main__":
    sys.exit(main())
