"""What joining two accounts of a meeting would give, in plain sentences."""

from collections.abc import Callable, Iterator

from pipeline.models.joining import Missing, Text
from pipeline.service.joining import Proposal
from ui.lengths import clock

Say = Callable[..., str]
"""A sentence of the table `joining` by its key, filled in."""

MOMENT = 1.0
"""Seconds below which two beginnings are the same."""
LONGEST = 60
"""Characters of words that are shown of a stretch."""


def told(seen: Proposal, say: Say) -> Iterator[str]:
    """How sure it is, where the other begins, what either lacks."""
    agreement = seen.joined.agreement
    yield say("share", share=f"{agreement.common:.0%}")
    if not agreement.same:
        yield say("strangers")
        return
    if begins := _begins(seen, say):
        yield begins
    for jump in agreement.jumps:
        key = "jump" if jump.seconds > 0 else "jump_back"
        yield say(key, at=_clock(jump.at), by=_clock(abs(jump.seconds)))
    for whose in ("ours", "theirs"):
        count = len(missing(seen, whose))
        if count:
            yield say(f"only_{whose}", count=count, file=seen.name)
    yield say("kept")
    if seen.joined.untimed:
        yield say("untimed", count=seen.joined.untimed)


def reason(seen: Proposal, say: Say) -> str:
    """Which text is proposed, and why."""
    better = seen.joined.preference
    marks = better.theirs if better.text == "theirs" else better.ours
    if not marks:
        return say("no_reason")
    whys = say("comma").join(say(f"mark_{one}") for one in marks)
    return say(f"because_{better.text}", why=whys, file=seen.name)


def becomes(seen: Proposal, say: Say) -> str:
    """What becomes of the other meeting, where there is one."""
    if seen.other is None:
        return ""
    key = "moves" if seen.moves else "stays"
    return say(key, meeting=seen.other.title)


def missing(seen: Proposal, whose: Text) -> list[Missing]:
    """What only one of them has, the longest first."""
    return [one for one in seen.joined.agreement.missing if one.whose == whose]


def stretch(one: Missing) -> str:
    """Such a stretch: when it was said, and how it begins."""
    text = one.text if len(one.text) <= LONGEST else f"{one.text[:LONGEST]}…"
    return f"{moment(one.start)}  {text}"


def moment(seconds: float | None) -> str:
    """A place in the recording; a dash where it is not known."""
    return "–" if seconds is None else clock(seconds)


def _begins(seen: Proposal, say: Say) -> str:
    agreement = seen.joined.agreement
    if agreement.begins is None:
        return ""
    # With the sound of the other, ours is the clock that is compared with it.
    whose = "ours" if seen.moves else "theirs"
    if not agreement.clocked:
        return say(f"first_{whose}", at=_clock(agreement.begins), file=seen.name)
    if abs(agreement.begins) < MOMENT:
        return say("begins_same")
    key = "later" if agreement.begins > 0 else "earlier"
    return say(f"begins_{key}_{whose}", by=_clock(abs(agreement.begins)), file=seen.name)


def _clock(seconds: float) -> str:
    """To the nearest second."""
    return clock(round(seconds))
