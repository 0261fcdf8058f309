"""Text that repeats itself -> whether somebody can have said it so."""

from pipeline.engines.speech.pieces import Piece
from pipeline.language.unsaid import Circle, circle, letters

UNSURE = -0.6
"""Mean log probability below which the model is unsure of a text."""
FAINT = 0.5
"""Mean probability of speech below which it is hardly a voice.

Measured on synthetic voices: sentences .76 and more, beside noise as loud as the voice mostly .6
and more; 78 of 80 words such as yes .5 and more, under music 10 dB fainter 46 of 80; what is let
through of music 30 dB louder than the talk about .35, of music as loud .6, which stays untold.
"""
ROUNDS = 12
"""Times in a row that a person may say a phrase; a single character three times as often."""
SLOW = 18.0
"""Letters a second up to which a phrase can really be repeated. Chinese characters count double."""
PHRASE = 20
"""Letters of the longest phrase that is said many times in half a minute: a term, an answer."""


def can_be_said(text: str, piece: Piece, logprob: float) -> bool:
    """Whether a text that repeats itself is what a person may say: a term ten times, a list.

    The voice is clear, the model is sure, and it is neither too fast nor too often.

    Args:
        text: All that was heard in the piece.
        piece: Where it was heard.
        logprob: Mean log probability of its tokens.
    """
    if logprob < UNSURE or piece.voice(0.0, piece.duration) < FAINT:
        return False
    if letters(text) > SLOW * piece.voiced:
        return False
    found = circle(text)
    return found is None or (letters(found.unit) <= PHRASE and found.times <= most(found))


def most(found: Circle) -> int:
    """Times in a row that a person may say a phrase."""
    return ROUNDS if len(found.unit) > 1 else 3 * ROUNDS
