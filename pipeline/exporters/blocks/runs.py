"""Runs of text by their tone, and the lines made of them."""

from pipeline.models.document import Line, Run


def run(words: str) -> Run:
    """Plain text."""
    return Run(text=words)


def muted(words: str) -> Run:
    """Text that may be passed over."""
    return Run(text=words, tone="muted")


def strong(words: str) -> Run:
    """Text to see first."""
    return Run(text=words, tone="strong")


def accent(words: str) -> Run:
    """Text that leads somewhere."""
    return Run(text=words, tone="accent")


def warn(words: str) -> Run:
    """Text that asks for a second look."""
    return Run(text=words, tone="warn")


def done(words: str) -> Run:
    """Text that says something is settled."""
    return Run(text=words, tone="done")


def struck(words: str) -> Run:
    """Text that no longer holds."""
    return Run(text=words, tone="struck")


def code(words: str) -> Run:
    """A name in the deployed system."""
    return Run(text=words, tone="code")


def plain(words: str) -> Line:
    """A line without anything special."""
    return (run(words),)


def spaced(*runs: Run | None) -> Line:
    """Runs with a point between them; what is empty takes no place."""
    line: list[Run] = []
    for one in runs:
        if one is None or not one.text:
            continue
        line += [muted(" · "), one] if line else [one]
    return tuple(line)
