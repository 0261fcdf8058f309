"""Who sends a file, as a token that only this desk can have made."""

import secrets
from functools import cache

from itsdangerous import BadData, URLSafeTimedSerializer
from pydantic import ValidationError

from pipeline.models.actor import Actor
from pipeline.models.base import Model
from pipeline.words.loader import Language

LASTS = 24 * 3600
"""Seconds; an open page is handed a new one whenever it asks."""


class Sender(Model):
    """Whoever sends, and the language in which they are told what went wrong."""

    actor: Actor
    language: Language


def token(actor: Actor, language: Language) -> str:
    """A token for what this person sends from now on."""
    sender = Sender(actor=actor, language=language)
    return _serializer().dumps(sender.model_dump(mode="json"))


def sender(text: str) -> Sender | None:
    """Whose token it is; null when we did not make it, or too long ago."""
    try:
        return Sender.model_validate(_serializer().loads(text, max_age=LASTS))
    except (BadData, ValidationError):
        return None


@cache
def _serializer() -> URLSafeTimedSerializer:
    """With a key that ends with this program: what it signed is of no use after that."""
    return URLSafeTimedSerializer(secrets.token_bytes(32), salt="dragoman.upload")
