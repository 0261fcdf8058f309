"""Version: which rules these are, for the record of what made a draft."""

import hashlib
from functools import cache

from pipeline.engines.rules.sense.model import facts_text
from pipeline.language import cues

RULES_VERSION = "rules@3"
"""Raised when the code of the rules changes what it finds.

The word lists and the trained reader show in the digest.
"""


@cache
def rules_version() -> str:
    """Such as "rules@3+0a1b2c3d4e5f".

    Raises:
        ModelUnavailableError: the trained reader is missing.
    """
    parts = [*(cues.words(name) for name in (*cues.LANGUAGES, "content")), facts_text()]
    return f"{RULES_VERSION}+{hashlib.sha256(''.join(parts).encode()).hexdigest()[:12]}"
