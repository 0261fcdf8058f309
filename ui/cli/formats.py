"""`dragoman formats`: what can be read besides recordings."""

import json
from typing import Annotated

import typer

from pipeline.words.loader import interface_language
from ui.words.loader import t


def formats(
    as_json: Annotated[bool, typer.Option("--json", help=t("cli.formats.json"))] = False,
) -> None:
    """Each by its name for --as, what people call it, and what it is of."""
    from pipeline import bootstrap
    from ui.shapes import called, in_order

    language, known = interface_language(), bootstrap.reader().shapes()
    names = in_order(known, language)
    if as_json:
        told = [{"name": one, "called": called(one, language), "kind": known[one]} for one in names]
        print(json.dumps({"formats": told}, ensure_ascii=False))
        return
    wide = max(map(len, names))
    for one in names:
        print(f"{one:<{wide}}  {called(one, language)} · {t(f'shapes.kind.{known[one]}')}")
