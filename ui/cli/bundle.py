"""`dragoman bundle FOLDER`: all that a place without internet needs, on a stick."""

import platform
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, get_args

import typer

from ui.words.loader import t

if TYPE_CHECKING:
    from pipeline.bundling.bundle import Step
    from pipeline.bundling.lock import Platform

BOTH = "linux,windows"


def bundle(
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", help=t("cli.bundle.folder"))],
    platforms: Annotated[
        str, typer.Option("--for", metavar="LIST", help=t("cli.bundle.for"))
    ] = BOTH,
    model: Annotated[
        list[str] | None, typer.Option(metavar="NAME|FOLDER", help=t("cli.bundle.model"))
    ] = None,
    python: Annotated[
        str | None, typer.Option(metavar="VERSION", help=t("cli.bundle.python"))
    ] = None,
) -> None:
    """Make a bundle, or complete one that was begun."""
    from pipeline import bootstrap
    from pipeline.bundling.bundle import bundle as make
    from pipeline.service.backup_folder import bytes_shown
    from ui.cli.terminal import visible

    chosen = bootstrap.settings()
    made = make(
        folder.absolute(),
        chosen,
        platforms=_known(platforms),
        python=python or ".".join(platform.python_version_tuple()[:2]),
        models=model or [chosen.speech_model],
        told=_Telling(),
    )
    where = visible(folder.absolute())
    print(t("cli.bundle.made", folder=where, size=bytes_shown(made.size)))
    print(t("cli.bundle.models", names=visible(", ".join(made.models) or "demo")))
    print(t("cli.bundle.next"))


def _known(platforms: str) -> "list[Platform]":
    from pipeline.bundling.lock import Platform
    from pipeline.errors import InputError

    known = get_args(Platform)
    named = [one.strip() for one in platforms.split(",") if one.strip()]
    for one in named or [platforms]:
        if one not in known:
            raise InputError("bundle_platform", platform=one, known=", ".join(known))
    return [one for one in known if one in named]


class _Telling:
    """A line for each step, which moves at a terminal."""

    def __init__(self) -> None:
        self.moving = sys.stderr.isatty()
        self.step = ""

    def __call__(self, step: "Step", about: str, done: int, total: int) -> None:
        """Take one report."""
        from pipeline.service.backup_folder import bytes_shown
        from ui.cli.terminal import visible

        line = t(f"cli.bundle.step.{step}", about=visible(about))
        if f"{step} {about}" != self.step:
            begin = "\n" if self.step and self.moving else ""
            self.step = f"{step} {about}"
            sys.stderr.write(f"{begin}… {line}" + ("" if self.moving else "\n"))
        elif self.moving and total:
            shown = bytes_shown if step in ("model", "copy") else str
            sys.stderr.write(f"\r\x1b[2K… {line}  {shown(done)} / {shown(total)}")
        if self.moving and step == "sums" and done + 1 == total:
            sys.stderr.write("\n")
        sys.stderr.flush()
