"""`python -m evals.lint`: precision and recall of the wording rules, and their false alarms.

1 when more than 2 % of the good sentences bring an error or more than 10 % a warning.
"""

import argparse
import sys
from collections import Counter
from collections.abc import Iterable, Sequence

from evals.lint.sentences import Sentence, bad, findings, good
from pipeline.models.spec import Finding

MOST = {"error": 0.02, "warning": 0.10}
"""Share of good sentences that may bring a finding of this severity."""


def main(argv: Sequence[str] | None = None) -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="evals.lint", description=__doc__)
    parser.add_argument("--show", action="store_true", help="print what went wrong")
    show = parser.parse_args(argv).show
    fine = [(one, findings(one)) for one in good()]
    faulty = [(one, findings(one)) for one in bad()]
    _rules(fine, faulty)
    _say("")
    for half in ("blind", "seen", "fresh", "last"):
        alarms([pair for pair in fine if pair[0].half == half], f"good, {half}")
    for half in ("seen", "fresh", "last"):
        part = [
            sentence.code in _codes(found) for sentence, found in faulty if sentence.half == half
        ]
        _say(f"bad, {half} ({len(part)}): found {sum(part) / len(part):.0%}")
    shares = alarms(fine, "good, all")
    for sentence, found in (*fine, *faulty) if show else ():
        _wrong(sentence, found)
    return int(any(shares[severity] > most for severity, most in MOST.items()))


_Found = Sequence[tuple[Sentence, tuple[Finding, ...]]]


def alarms(fine: _Found, name: str) -> dict[str, float]:
    """Print and give the share of sentences with a finding of each severity."""
    shares = {
        severity: sum(any(one.severity == severity for one in found) for _, found in fine)
        / len(fine)
        for severity in ("error", "warning", "info")
    }
    told = ", ".join(f"{severity} {share:.1%}" for severity, share in shares.items())
    _say(f"{name} ({len(fine)}): {told}")
    return shares


def _rules(fine: _Found, faulty: _Found) -> None:
    wanted = Counter(str(sentence.code) for sentence, _ in faulty)
    hit = Counter(
        str(sentence.code) for sentence, found in faulty if sentence.code in _codes(found)
    )
    false = Counter(code for _, found in fine for code in _codes(found))
    extra = Counter(
        code for sentence, found in faulty for code in _codes(found) if code != sentence.code
    )
    _say(f"{'rule':14}{'wanted':>7}{'recall':>8}{'precision':>11}{'on good':>9}{'beside':>8}")
    for code in sorted({*wanted, *false, *extra}):
        recall = f"{hit[code] / wanted[code]:.0%}" if wanted[code] else "-"
        right = hit[code] + false[code]
        precision = f"{hit[code] / right:.0%}" if right else "-"
        _say(f"{code:14}{wanted[code]:7}{recall:>8}{precision:>11}{false[code]:9}{extra[code]:8}")
    _say(f"{'all':14}{sum(wanted.values()):7}{sum(hit.values()) / sum(wanted.values()):8.0%}")


def _codes(found: Iterable[Finding]) -> set[str]:
    return {one.code for one in found}


def _wrong(sentence: Sentence, found: Sequence[Finding]) -> None:
    if sentence.code is None and found:
        named = ", ".join(f"{one.severity} {one.code}: {one.reason}" for one in found)
        _say(f"false  {sentence.text}\n       {named}")
    elif sentence.code and sentence.code not in _codes(found):
        _say(f"missed {sentence.code}: {sentence.text} {sorted(_codes(found))}")
    elif sentence.code and (beside := _codes(found) - {sentence.code}):
        _say(f"beside {sentence.code}: {sentence.text} {sorted(beside)}")


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")


if __name__ == "__main__":
    sys.exit(main())
