"""The pictures of the documents: `python -m evals.bench.screenshots` draws them anew.

Only the bundled calls are in them. They are drawn by the real server and the system's browser, in
both languages, and written to docs/images as `desk-<page>.<language>.png`.
"""

import argparse
import io
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Literal, NamedTuple

from PIL import Image
from playwright.sync_api import Browser

from evals.bench import desk_calls as calls
from evals.bench.desk import Desk, browser, settled

TO = Path("docs/images")
SIZE = (1440, 900)
COLOURS = 48
LANGUAGES: tuple[Literal["zh", "en"], ...] = ("zh", "en")


class Picture(NamedTuple):
    """One page as it is shown."""

    name: str
    page: str
    ready: str
    """CSS of what must be there."""
    of_meeting: bool = True
    scheme: Literal["light", "dark"] = "light"


PICTURES = (
    Picture("meetings", "", "[class*=st-key-row-]", of_meeting=False),
    Picture("minutes", "review", ".lane .card .title"),
    Picture("minutes-dark", "review", ".lane .card .title", scheme="dark"),
    Picture("specs", "specs", ".specs .sheet .part"),
    Picture("unsaid", "unsaid", "[data-testid=stMain]"),
    Picture("send", "export", ".sheet"),
    Picture("upload", "upload", ".uploader .choose", of_meeting=False),
    Picture("project", "project", "[data-testid=stMain]", of_meeting=False),
)


def main(argv: Sequence[str] | None = None) -> int:
    """Draw all of them, or those that are named."""
    parser = argparse.ArgumentParser(prog="evals.bench.screenshots", description=__doc__)
    parser.add_argument("names", nargs="*", help="; ".join(one.name for one in PICTURES))
    parser.add_argument("--to", type=Path, default=TO)
    options = parser.parse_args(argv)
    chosen = [one for one in PICTURES if not options.names or one.name in options.names]
    with tempfile.TemporaryDirectory() as name, browser() as opened:
        for language in LANGUAGES:
            _draw(Path(name) / language, opened, language, chosen, options.to)
    return 0


def _draw(
    folder: Path,
    opened: Browser,
    language: Literal["zh", "en"],
    chosen: Sequence[Picture],
    to: Path,
) -> None:
    folder.mkdir()
    house = calls.house(folder / "home")
    other: Literal["zh", "en"] = "en" if language == "zh" else "zh"
    calls.bundled(house, other)
    meeting = calls.bundled(house, language, sound=True)
    with Desk(folder / "home", language=language) as desk:
        for one in chosen:
            path = to / f"desk-{one.name}.{language}.png"
            path.write_bytes(_picture(opened, desk, one, meeting))
            print(path, f"{path.stat().st_size / 1000:.0f} kB")


def _picture(opened: Browser, desk: Desk, one: Picture, meeting: str) -> bytes:
    width, height = SIZE
    context = opened.new_context(
        viewport={"width": width, "height": height}, color_scheme=one.scheme
    )
    page = context.new_page()
    query = f"?m={meeting}&as=Chen" if one.of_meeting else "?as=Chen"
    page.goto(f"{desk.url}/{one.page}{query}")
    page.wait_for_selector(one.ready)
    settled(page)
    page.wait_for_timeout(1500)
    picture = page.screenshot(animations="disabled", caret="hide")
    context.close()
    return _small(picture)


def _small(picture: bytes) -> bytes:
    """The same in few colours: a page of text needs no more."""
    small = io.BytesIO()
    few = Image.open(io.BytesIO(picture)).convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE)
    few.save(small, "PNG", optimize=True)
    return small.getvalue()


if __name__ == "__main__":
    sys.exit(main())
