"""Quote -> the words that were said: exact, then folded, then fuzzy, always with the guard."""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from rapidfuzz import fuzz
from rapidfuzz.distance import Levenshtein, Opcode

from pipeline.language.facts import facts
from pipeline.language.guard import contradicted, cut, flipped, grown
from pipeline.language.normalise import folded
from pipeline.language.script import size_in_words
from pipeline.language.turns import Span, Turns
from pipeline.models.evidence import Match

REACH = 2
"""Turns beside the claimed ones that are searched first."""
CERTAIN, ALIKE, DOUBTFUL = 92.0, 85.0, 75.0
"""Scores from which no better place is looked for, from which words count as the quoted ones, and
from which they are shown as weak."""
_PART_REACH = 4
"""Turns after one part of a quote in which its next part must begin."""
_MOST_PLACES = 50
"""Occurrences of one quote that are looked at."""
_SHORT_ZH, _SHORT_EN = 8, 4
"""Characters or words below which a quote proves nothing outside the claimed turns."""
_GRADES: tuple[Match, ...] = ("exact", "normalised", "fuzzy", "weak", "missing")
_ELLIPSIS = re.compile(r"\s*(?:[\[(（【]\s*)?(?:…+|\.{3,}|⋯+|。{3,})(?:\s*[\])）】])?\s*")
_OUTER = " \t\n\"'“”‘’「」『』《》.,;:!?…。，；：！？、"
_CLAUSE_END = re.compile(r"[，。！？；：,!?;:]|\.(?:\s|$)")


class Found(NamedTuple):
    """Words found for a quote: the turns they stand in, and how sure it is."""

    turns: tuple[int, ...]
    words: str
    match: Match


class _Hit(NamedTuple):
    start: int
    end: int
    span: Span
    match: Match
    score: float = 100.0


class Matcher:
    """Finds quotes in the turns of one call. Building it folds every turn once."""

    def __init__(self, texts: Sequence[str]) -> None:
        """Index the turns."""
        self._turns = Turns(texts)

    def find(self, quote: str, claimed: Iterable[int] = ()) -> Found | None:
        """The words for a quote: near the claimed turns, or else anywhere; None if nowhere.

        A quote without letters stands for the claimed turns themselves.
        """
        near = sorted({turn for turn in claimed if 0 <= turn < len(self._turns)})
        needle = folded(quote)
        if not needle:
            return self._themselves(near)
        if _is_short(quote):
            return self._shown(self._short(quote, needle, near))
        hit = self._folded(quote, needle, near)
        if hit is None or hit.match == "weak":
            parts = [part for part in _ELLIPSIS.split(quote) if folded(part)]
            pieced = self._in_parts(parts, near) if len(parts) > 1 else None
            if pieced is not None:
                return pieced
        return self._shown(hit or self._fuzzy(quote, needle, near))

    def _themselves(self, near: Sequence[int]) -> Found | None:
        near = [turn for turn in near if self._turns.texts[turn].strip()]
        if not near:
            return None
        words = " ".join(self._turns.texts[turn].strip() for turn in near)
        return Found(tuple(near), words, "exact")

    def _short(self, quote: str, needle: str, near: Sequence[int]) -> _Hit | None:
        """A few words prove something only where they were claimed to stand."""
        for bounds in self._turns.around(near, 0):
            hit = self._folded_in(quote, needle, near, bounds)
            if hit:
                return hit
        hit = self._folded(quote, needle, near)
        for bounds in self._turns.around(near, 0):
            hit = hit or self._fuzzy_in(quote, needle, bounds, DOUBTFUL)
        return hit._replace(match="weak") if hit else None

    def _folded(self, quote: str, needle: str, near: Sequence[int]) -> _Hit | None:
        everywhere = (0, len(self._turns.whole))
        tried = [
            self._folded_in(quote, needle, near, bounds)
            for bounds in self._turns.around(near, REACH)
        ]
        found = _best(tried)
        if found and found.match != "weak":
            return found
        return _best([found, self._folded_in(quote, needle, near, everywhere)])

    def _folded_in(
        self, quote: str, needle: str, near: Sequence[int], bounds: tuple[int, int]
    ) -> _Hit | None:
        """The occurrence closest to the claimed turns whose facts hold, or else the closest."""
        places = sorted(
            self._occurrences(needle, bounds), key=lambda place: self._distance(place, near)
        )
        first: _Hit | None = None
        for place in places:
            hit = self._as_said(quote, place, place + len(needle))
            if hit.match != "weak":
                return hit
            first = first or hit
        return first

    def _occurrences(self, needle: str, bounds: tuple[int, int]) -> Iterator[int]:
        at = self._turns.whole.find(needle, *bounds)
        for _ in range(_MOST_PLACES):
            if at < 0:
                return
            yield at
            at = self._turns.whole.find(needle, at + 1, bounds[1])

    def _distance(self, place: int, near: Sequence[int]) -> int:
        turn = self._turns.turn_at(place)
        return min((abs(turn - claimed) for claimed in near), default=0)

    def _as_said(self, quote: str, start: int, end: int) -> _Hit:
        """The grade of a folded occurrence, the quote's own outer marks included if said too."""
        span = self._turns.span(start, end)
        shown = self._turns.snapped(span)
        core = quote.strip(_OUTER)
        if core in (self._turns.words(one).strip(_OUTER) for one in (span, shown)):
            if cut(core, span, self._turns):
                return _Hit(start, end, shown, "weak")
            return _Hit(start, end, self._with_outer(shown, quote.strip()), "exact")
        changed = flipped(quote, shown, self._turns) or cut(quote, span, self._turns)
        return _Hit(start, end, shown, "weak" if changed else "normalised")

    def _with_outer(self, span: Span, quote: str) -> Span:
        """The span widened to the quote's first and last marks, where the turn has them too."""
        text = self._turns.texts[span.first]
        if span.first != span.last:
            return span
        at = text.find(quote, max(0, span.end - len(quote)), span.start + len(quote))
        if at < 0:
            return span
        start, end = min(span.start, at), max(span.end, at + len(quote))
        return span._replace(start=start, end=end)

    def _fuzzy(self, quote: str, needle: str, near: Sequence[int]) -> _Hit | None:
        found: _Hit | None = None
        for bounds in (*self._turns.around(near, REACH), (0, len(self._turns.whole))):
            floor = ALIKE if found else DOUBTFUL
            found = _best([found, self._fuzzy_in(quote, needle, bounds, floor)])
            if found and (found.match == "fuzzy" or found.score >= CERTAIN):
                break
        return found

    def _fuzzy_in(
        self, quote: str, needle: str, bounds: tuple[int, int], floor: float
    ) -> _Hit | None:
        window = self._turns.whole[bounds[0] : bounds[1]]
        if len(needle) > len(window):
            score, start, end = fuzz.ratio(needle, window), 0, len(window)
        else:
            found = fuzz.partial_ratio_alignment(needle, window, score_cutoff=floor)
            if found is None:
                return None
            score, start, end = found.score, found.dest_start, found.dest_end
        if score < floor or start == end:
            return None
        start, end = _tightened(needle, window, start, end)
        score = max(score, fuzz.ratio(needle, window[start:end]))
        start, end = start + bounds[0], end + bounds[0]
        span = grown(self._turns.span(start, end), self._turns)
        good = score >= ALIKE and not contradicted(quote, span, self._turns)
        first, last = self._main_turns(start, end)
        shown = self._turns.whole_turns(first, last)
        return _Hit(start, end, shown, "fuzzy" if good else "weak", score)

    def _main_turns(self, start: int, end: int) -> tuple[int, int]:
        """The turns of a fuzzy stretch, without those it touches with a few letters only."""
        first, last = self._turns.turn_at(start), self._turns.turn_at(end - 1)
        least = max(2, (end - start) // 10)
        if first < last and self._turns.bounds(first, first)[1] - start <= least:
            first += 1
        if first < last and end - self._turns.bounds(last, last)[0] <= least:
            last -= 1
        return first, last

    def _in_parts(self, parts: Sequence[str], near: Sequence[int]) -> Found | None:
        """The parts of a quote with an ellipsis, in order and close to each other."""
        head, *rest = parts
        needle = folded(head)
        whole = (0, len(self._turns.whole))
        for bounds in (*self._turns.around(near, REACH), whole):
            for place in self._occurrences(needle, bounds):
                hits = self._followed([self._as_said(head, place, place + len(needle))], rest)
                if hits:
                    return self._joined(hits)
        start = self._fuzzy(head, needle, near) if not _is_short(head) else None
        hits = self._followed([start], rest) if start else None
        return self._joined(hits) if hits else None

    def _followed(self, hits: list[_Hit], rest: Sequence[str]) -> list[_Hit] | None:
        for part in rest:
            after = hits[-1].end
            turn = self._turns.turn_at(after - 1)
            bounds = after, self._turns.bounds(turn, turn + _PART_REACH)[1]
            needle = folded(part)
            place = self._turns.whole.find(needle, *bounds)
            if place >= 0:
                hits.append(self._as_said(part, place, place + len(needle)))
                continue
            near = self._fuzzy_in(part, needle, bounds, DOUBTFUL)
            if near is None or _is_short(part):
                return None
            hits.append(near)
        return hits

    def _joined(self, hits: Sequence[_Hit]) -> Found:
        """The words from the first part to the last; what was left out is shown again."""
        first, last = hits[0].span, hits[-1].span
        span = Span(first.first, first.start, last.last, last.end)
        grade = max((hit.match for hit in hits), key=_GRADES.index)
        if grade == "exact":
            grade = "normalised"
        if any(self._hides_a_no(one, two) for one, two in pairwise(hits)):
            grade = "weak"
        turns = tuple(range(span.first, span.last + 1))
        return Found(turns, self._turns.words(span), grade)

    def _hides_a_no(self, one: _Hit, two: _Hit) -> bool:
        """Whether the ellipsis stands for a negation within one clause."""
        if one.span.last != two.span.first or one.span.end >= two.span.start:
            return False
        gap = self._turns.texts[one.span.last][one.span.end : two.span.start]
        return not _CLAUSE_END.search(gap) and bool(facts(gap).only("negation").all)

    def _shown(self, hit: _Hit | None) -> Found | None:
        if hit is None:
            return None
        turns = tuple(range(hit.span.first, hit.span.last + 1))
        return Found(turns, self._turns.words(hit.span), hit.match)


def _best(hits: Sequence[_Hit | None]) -> _Hit | None:
    """The hit with the best grade; the first of equals."""
    return min((hit for hit in hits if hit), key=lambda hit: _GRADES.index(hit.match), default=None)


def _is_short(quote: str) -> bool:
    chinese, words = size_in_words(quote)
    return chinese / _SHORT_ZH + words / _SHORT_EN < 1


def _tightened(needle: str, window: str, start: int, end: int) -> tuple[int, int]:
    """The stretch that really corresponds to the needle: rapidfuzz's has the needle's length.

    Letters of the needle before the first equal ones, or after the last, stand for as many others.
    """
    slack = max(6, len(needle) // 4)
    begin, finish = max(0, start - slack), min(len(window), end + slack)
    same = [op for op in Levenshtein.opcodes(needle, window[begin:finish]) if op.tag == "equal"]
    while len(same) > 1 and _stray(same[0], same[1], same[0]):
        same = same[1:]
    while len(same) > 1 and _stray(same[-2], same[-1], same[-1]):
        same = same[:-1]
    if not same:
        return start, end
    first, last = same[0], same[-1]
    start = begin + first.dest_start - first.src_start
    end = begin + last.dest_end + len(needle) - last.src_end
    return max(begin, start), min(finish, end)


def _stray(one: Opcode, two: Opcode, edge: Opcode) -> bool:
    """Whether the edge letters only happen to be equal: a longer gap parts them from the rest."""
    gap = (two.dest_start - one.dest_end) - (two.src_start - one.src_end)
    return gap > edge.dest_end - edge.dest_start
