"""Heard: what a single turn of the client sounds like, whatever any engine made of it."""

from collections.abc import Callable
from functools import lru_cache

from pipeline.language import cues
from pipeline.language.cues_content import terms
from pipeline.language.cues_strength import DIRECT, REQUIRED, promises, wants, warns
from pipeline.language.script import clauses, size_in_words
from pipeline.models.minutes import Cue

_IDLE = ("turn.greeting", "turn.joke", "turn.past", "internal.bye", "answer.evasive")
"""Cues of talk that no minutes miss."""
_TELLING = 6
_SUBJECTS = 3
"""Words, and content words, from which a turn without any cue may still be about something."""
REMEMBERED = 8_192
"""Turns whose cues are remembered: a run looks at the same ones several times."""
_FEWEST = 4
"""Words, a Chinese one counting as two characters, below which a turn is only a reply."""


def heard(text: str) -> Cue | None:
    """The strongest cue of a turn; None for replies, greetings, jokes and plain talk."""
    plain = cues.plain(text)
    chinese, latin = size_in_words(plain)
    small_talk = cues.has("turn.greeting", plain) or cues.has("turn.joke", plain)
    if chinese // 2 + latin < _FEWEST or small_talk:
        return None
    parts = [piece.text for piece in clauses(plain)]
    return next((cue for cue, sounds in _SOUNDS if any(sounds(part) for part in parts)), None)


@lru_cache(REMEMBERED)
def told(text: str) -> Cue | None:
    """The cue of a turn that somebody should see if nothing took it up, however it was put.

    Wider than `heard`: a wish in soft words, a trouble, a rule, or simply much said about a subject.
    """
    cue = heard(text)
    plain = cues.plain(text)
    if cue or any(cues.has(idle, plain) for idle in _IDLE):
        return cue
    chinese, latin = size_in_words(plain)
    rich = chinese // 2 + latin >= _TELLING and len(terms(plain)) >= _SUBJECTS
    return "ask" if rich else None


@lru_cache(REMEMBERED)
def wishes(text: str) -> bool:
    """Whether a turn asks for something itself, sets a rule, or rules something out."""
    plain = cues.plain(text)
    if cues.has("turn.greeting", plain) or cues.has("turn.joke", plain):
        return False
    parts = [piece.text for piece in clauses(plain)]
    return any(
        (wants(part) >= REQUIRED or cues.has("ask.bars", part)) and terms(part) for part in parts
    )


def _asks(clause: str) -> bool:
    return wants(clause) == DIRECT


def _requires(clause: str) -> bool:
    return wants(clause) == REQUIRED


def _decides(clause: str) -> bool:
    kinds = ("settled", "tentative", "deferred")
    return any(cues.has(f"decision.{kind}", clause) for kind in kinds)


def _worries(clause: str) -> bool:
    return cues.has("concern.plain", clause) or cues.has("concern.voiced", clause)


def _wonders(clause: str) -> bool:
    return clause.endswith(("?", "？")) and len(terms(clause)) > 1


_SOUNDS: tuple[tuple[Cue, Callable[[str], bool]], ...] = (
    ("ask", _asks),
    ("action", promises),
    ("decision", _decides),
    ("risk", warns),
    ("concern", _worries),
    ("ask", _requires),
    ("question", _wonders),
)
