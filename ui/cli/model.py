"""`dragoman model set` and `show`: a model is connected and looked at without a desk."""

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


@app.command("set", help=t("cli.model.set"), epilog=t("cli.model.more"))
def set_(
    preset: Annotated[Preset | None, typer.Option(help=t("cli.model.preset"))] = None,
    url: Annotated[str | None, typer.Option(metavar="ADDRESS", help=t("cli.model.url"))] = None,
    name: Annotated[str | None, typer.Option(metavar="NAME", help=t("cli.model.name"))] = None,
    engine: Annotated[Engine | None, typer.Option(help=t("cli.model.engine"))] = None,
    key: Annotated[bool, typer.Option("--key", help=t("cli.model.key"))] = False,
    forget_key: Annotated[bool, typer.Option("--forget-key", help=t("cli.model.forget"))] = False,
    price_in: Annotated[
        float | None, typer.Option(metavar="AMOUNT", help=t("cli.model.price_in"))
    ] = None,
    price_cached: Annotated[
        float | None, typer.Option(metavar="AMOUNT", help=t("cli.model.price_cached"))
    ] = None,
    price_out: Annotated[
        float | None, typer.Option(metavar="AMOUNT", help=t("cli.model.price_out"))
    ] = None,
    budget: Annotated[
        float | None, typer.Option(metavar="AMOUNT", help=t("cli.model.budget"))
    ] = None,
) -> None:
    """Write what is given; a key is read from the terminal or stdin, never from the arguments."""
    from pipeline import setting_up
    from pipeline.errors import InputError
    from ui.cli import model_told
    from ui.presets import filled_in

    given: dict[str, object] = {
        "model_url": url,
        "model_name": name,
        "engine": engine and engine.value,
        "model_price_in": price_in,
        "model_price_cached": price_cached,
        "model_price_out": price_out,
        "model_budget": budget,
    }
    values = filled_in(preset) if preset else {}
    values |= {name: value for name, value in given.items() if value is not None}
    if not (values or key or forget_key) or (key and forget_key):
        raise InputError("model_nothing_to_set")
    if budget == 0:
        values["model_budget"] = None
    before = model_told.standing()
    typed = _key() if key else ("" if forget_key else None)
    done = setting_up.write(values, key=typed)
    about = {*values, *(["model_key"] if key or forget_key else [])}
    said = model_told.told(before, about, key_dropped=done.key_dropped)
    print("\n".join(said), file=sys.stderr)


@app.command("show", help=t("cli.model.show"))
def show() -> None:
    """One line a setting of the model: its value and what says it; of the key whether it is set."""
    from pipeline import bootstrap
    from ui.cli.terminal import visible
    from ui.sources import sources

    chosen = bootstrap.settings()
    for one in sources(chosen, os.environ, Path()):
        if one.name != "engine" and not one.name.startswith("model_"):
            continue
        value = one.value or t("cli.model.not_set")
        if one.name == "model_key" and one.value:
            value = t("cli.model.key_set")
        where = t(f"desk.settings.where.{one.where}")
        print(t("cli.model.line", name=one.name, value=visible(value), where=where))


def _key() -> str:
    """What is typed unseen at a terminal, else the first line of stdin.

    Raises:
        InputError: it is empty, or cannot be a key.
    """
    from pipeline.errors import InputError
    from pipeline.setting_up import key_as_given

    if sys.stdin.isatty():
        typed = typer.prompt(t("cli.model.ask_key"), hide_input=True, err=True)
    else:
        typed = sys.stdin.readline()
    if not typed.strip():
        raise InputError("model_key_empty")
    return key_as_given(typed)
