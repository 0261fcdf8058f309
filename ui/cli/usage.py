"""Wrong words on the command line, explained in the interface language."""

import sys
from typing import Any

import typer

from ui.cli.terminal import visible
from ui.words.loader import t

UsageError: type[Exception] = typer.BadParameter.__mro__[1]
"""The root of the parser's complaints, wherever this version of typer keeps it."""


WRONG = 2
"""Exit code of a command that was not understood."""


def report(error: Any) -> int:  # noqa: ANN401 - the parser's own classes are private to it
    """Print the help where no command was given, else what is wrong; the exit code."""
    if type(error).__name__ == "NoArgsIsHelpError":
        print(error.format_message())
    else:
        print(f"{t('cli.error')}{explain(error)}", file=sys.stderr)
    return WRONG


def explain(error: Any) -> str:  # noqa: ANN401
    """What is wrong with which word, and where help is."""
    command = error.ctx.command_path if error.ctx else "dragoman"
    return f"{visible(_wrong(error))}\n{t('cli.usage.help', command=command)}"


def _wrong(error: Any) -> str:  # noqa: ANN401
    kind, parameter = type(error).__name__, getattr(error, "param", None)
    name = _name(parameter)
    if kind == "NoSuchOption":
        return t("cli.usage.option", name=error.option_name)
    if kind == "MissingParameter" and parameter is not None:
        return t("cli.usage.missing", name=name)
    if kind == "BadParameter" and parameter is not None:
        told = getattr(parameter, "help", None) or ""
        if known := _known(error):
            return t("cli.usage.choice", name=name, known=known, help=told)
        return t("cli.usage.value", name=name, help=told)
    message = str(error.format_message())
    if message.startswith("No such command"):
        return t("cli.usage.command", name=message.split("'")[1] if "'" in message else message)
    return message


def _known(error: Any) -> str:  # noqa: ANN401
    """What the parser says that it takes; empty where anything of a kind would do."""
    _, _, known = str(error.format_message()).partition(" is not one of ")
    return known.strip(" .").replace("'", "")


def _name(parameter: Any) -> str:  # noqa: ANN401
    if parameter is None:
        return ""
    options = [one for one in parameter.opts if one.startswith("-")]
    return options[0] if options else str(parameter.metavar or parameter.name)
