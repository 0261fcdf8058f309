"""A run and its details -> the files of a folder: run.json, report.md and report.html."""

from collections.abc import Sequence
from pathlib import Path

from evals.errors import EvalsError
from evals.report.details import CallDetail
from evals.report.markdown import markdown
from evals.report.page import page
from evals.runs import Run, save
from pipeline.words.loader import Language


def stored(
    run: Run, details: Sequence[CallDetail], folder: Path, language: Language
) -> tuple[Path, ...]:
    """Write all three; the files.

    Raises:
        EvalsError: the folder cannot be written.
    """
    texts = {"report.md": markdown(run, language), "report.html": page(run, details, language)}
    written = [save(run, folder)]
    for name, text in texts.items():
        try:
            (folder / name).write_text(text, encoding="utf-8")
        except OSError as error:
            reason = error.strerror
            raise EvalsError("not_written", path=str(folder / name), reason=reason) from error
        written.append(folder / name)
    return tuple(written)
