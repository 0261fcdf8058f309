"""`dragoman model set`: connects a model without a desk."""

import os
import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from ui.words.loader import t

app = typer.Typer(no_args_is_help=True, rich_markup_mode=None)


class Preset(StrEnum):
    """The presets of ui/presets.toml that have an address."""

    OPENAI = "openai"
    DEEPSEEK = "deepseek"
    DASHSCOPE = "dashscope"
    OLLAMA = "ollama"


class Engine(StrEnum):
    """Who reads the calls."""

    RULES = "rules"
    LLM = "llm"


@app.command("set", help=t("cli.model.set"))
def set_(
    preset: Annotated[Preset | None, typer.Option(help=t("cli.model.preset"))] = None,
    url: Annotated[str | None, typer.Option(metavar="ADDRESS", help=t("cli.model.url"))] = None,
    name: Annotated[str | None, typer.Option(metavar="NAME", help=t("cli.model.name"))] = None,
    engine: Annotated[Engine | None, typer.Option(help=t("cli.model.engine"))] = None,
    key: Annotated[bool, typer.Option("--key", help=t("cli.model.key"))] = False,
    forget_key: Annotated[bool, typer.Option("--forget-key", help=t("cli.model.forget"))] = False,
) -> None:
    """Write what is given; a key is read from the terminal or stdin, never from the arguments."""
    from pipeline import setting_up
    from pipeline.errors import InputError
    from pipeline.settings import secrets_file, settings_file
    from ui.presets import filled_in

    given = {"model_url": url, "model_name": name, "engine": engine and engine.value}
    values = filled_in(preset) if preset else {}
    values |= {name: value for name, value in given.items() if value is not None}
    if not (values or key or forget_key) or (key and forget_key):
        raise InputError("model_nothing_to_set")
    typed = _key() if key else ("" if forget_key else None)
    done = setting_up.write(values, key=typed)
    print(t("cli.model.written", secrets=secrets_file(), settings=settings_file()), file=sys.stderr)
    if done.key_dropped:
        print(t("cli.model.key_dropped"), file=sys.stderr)
    _tell_what_wins(values)
    print(t("cli.model.next"), file=sys.stderr)


def _key() -> str:
    """What is typed unseen at a terminal, else the first line of stdin."""
    from pipeline.setting_up import key_as_given

    if sys.stdin.isatty():
        return key_as_given(typer.prompt(t("cli.model.ask_key"), hide_input=True, err=True))
    return key_as_given(sys.stdin.readline())


def _tell_what_wins(values: dict[str, object]) -> None:
    from pipeline.settings import SETTINGS_FILE
    from ui.sources import where

    for name in values:
        by = where(name, os.environ, Path())
        if by == "environment":
            said = f"DRAGOMAN_{name.upper()}"
        elif by == "file":
            said = SETTINGS_FILE
        else:
            continue
        print(t("cli.model.wins", name=name, by=said), file=sys.stderr)
