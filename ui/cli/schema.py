"""`dragoman schema`: the published JSON Schemas."""

import json
from typing import Annotated, Literal

import typer

from ui.words.loader import t


def schema(
    name: Annotated[
        Literal["transcript", "minutes", "spec", "project", "recording", "answer"],
        typer.Argument(help=t("cli.schema.name")),
    ] = "spec",
) -> None:
    """Print one schema; every key is always present in what we write."""
    from pipeline.models.schemas import json_schema

    print(json.dumps(json_schema(name), ensure_ascii=False, indent=2))
