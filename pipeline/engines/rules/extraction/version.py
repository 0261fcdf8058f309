"""Version: which rules these are, for the record of what made a draft."""

import hashlib
from functools import cache

from pipeline.language import cues

RULES_VERSION = "rules@2"
"""Raised when the code of the rules changes what it finds; the word lists show in the digest."""


@cache
def rules_version() -> str:
    """Such as "rules@2+0a1b2c3d4e5f"."""
    lists = "".join(cues.words(name) for name in (*cues.LANGUAGES, "content"))
    return f"{RULES_VERSION}+{hashlib.sha256(lists.encode()).hexdigest()[:12]}"
