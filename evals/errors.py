"""What goes wrong when something is measured: a sentence with the value and the way out."""

from pipeline.words.loader import Language, interface_language, sentence


def w(key: str, language: Language | None = None, **params: object) -> str:
    """A sentence of the evals, in the interface language where none is given."""
    return sentence("evals.words", key, language or interface_language(), **params)


class EvalsError(Exception):
    """Nothing can be measured or compared with what was given."""

    def __init__(self, code: str, **params: object) -> None:
        """Keep what the sentence needs."""
        super().__init__(code, params)
        self.code = code
        self.params = params

    def __str__(self) -> str:
        """The sentence."""
        return sentence("evals.words", f"error.{self.code}", interface_language(), **self.params)
