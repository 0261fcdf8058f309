"""What `--lang` says -> the languages that may be spoken."""

from collections.abc import Mapping

from pipeline.errors import InputError
from pipeline.language.tongues import unknown

_WORDS: Mapping[str, tuple[str, ...]] = {"auto": (), "mixed": ("zh", "en")}


def spoken(lang: str) -> tuple[str, ...]:
    """The codes of the languages, each once; none where they are to be found out.

    Raises:
        InputError: a word stands for no language.
    """
    if lang in _WORDS:
        return _WORDS[lang]
    codes = tuple(dict.fromkeys(code.strip().lower() for code in lang.split(",")))
    wrong = unknown(codes)
    if wrong is not None:
        raise InputError("language_unknown", spoken=wrong)
    return codes
