"""What the faces say, in the language of whoever reads it."""

from pipeline.words.loader import Language, interface_language, sentence


def t(key: str, **params: object) -> str:
    """A sentence in the interface language."""
    return sentence("ui.words", key, interface_language(), **params)


def tin(language: Language, key: str, **params: object) -> str:
    """A sentence in a given language, where the text follows the call."""
    return sentence("ui.words", key, language, **params)
