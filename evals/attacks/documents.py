"""What in a document acts by itself or at a click: links, pictures, scripts, fields, formulas."""

import io
import re
import zipfile
from collections.abc import Callable, Iterator, Mapping
from html.parser import HTMLParser

_MARKDOWN = re.compile(
    r"(?<!\\)\]\(|(?<!\\)!\[|(?<!\\)<(?:https?:|/?[a-z])|(?<!\w)https?://\w",
    re.IGNORECASE,
)
_CODE = re.compile(r"(`+).*?\1", re.DOTALL)
_FIELD = re.compile(r"HYPERLINK|INCLUDE|DDE|evil", re.IGNORECASE)
_TAGS = frozenset({"script", "img", "iframe", "object", "embed", "form", "base", "svg", "video"})
_AWAY = re.compile(r"^\s*(?:https?:|//|javascript:|data:)", re.IGNORECASE)


def acting(path: str, content: bytes) -> Iterator[str]:
    """Whatever in this file acts; a kind of file that is not known shows nothing."""
    look = _LOOKS.get(path.rsplit(".", 1)[-1])
    yield from look(content) if look else ()


def _markdown(content: bytes) -> Iterator[str]:
    text = content.decode()
    for found in _MARKDOWN.finditer(_CODE.sub("", text)):
        yield found.group()


def _html(content: bytes) -> Iterator[str]:
    page = _Page()
    page.feed(content.decode())
    yield from page.found


class _Page(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _TAGS:
            self.found.append(f"<{tag}>")
        for name, value in attrs:
            leads = name in ("href", "src", "action", "srcset") and _AWAY.match(value or "")
            if leads or name.startswith("on"):
                self.found.append(f"<{tag} {name}={value}>")


def _office(content: bytes) -> Iterator[str]:
    """Word and Excel: relations that lead away, fields and formulas that do something."""
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        for name in parts.namelist():
            text = parts.read(name).decode("utf-8", "replace")
            if name.endswith(".rels") and 'TargetMode="External"' in text:
                yield f"{name}: leads away"
            for tag in ("w:instrText", "f"):
                for inner in re.findall(rf"<{tag}(?: [^>]*)?>(.*?)</{tag}>", text, re.DOTALL):
                    if _FIELD.search(inner):
                        yield f"{name}: {inner}"


_LOOKS: Mapping[str, Callable[[bytes], Iterator[str]]] = {
    "md": _markdown,
    "html": _html,
    "docx": _office,
    "xlsx": _office,
}
