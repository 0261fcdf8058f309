"""Front matter: what a program reads at the head of a page, equal to the machine contract."""

import json
from dataclasses import replace

import pytest
import yaml
from markdown_it import MarkdownIt

from pipeline.exporters.blocks.front_matter import KEYS, OURS
from pipeline.exporters.json import JsonExporter
from pipeline.exporters.markdown import MarkdownExporter
from pipeline.models.client_view import client_view
from pipeline.models.spec import Attachment
from pipeline.models.view import InternalView

HOSTILE = [
    "---\ntitle: x\n---",
    "a: b # c\n- d",
    "!!python/object/apply:os.system ['x']",
    "{a: [1, &x *x]}",
    "yes",
    "2026-03-18",
    "1e3",
    "\u2028\u2029\x85\x00\x07\ufeff\ufffe\U000e0041",
    "'\"\\\"'\\",
    "😀 汉字 é",
    "![x](http://evil.example/b.png) <img src=x> www.evil.example `code` **b** [y](z)",
    "",
]


def head(text: str) -> dict[str, object]:
    assert text.startswith("---\n")
    return yaml.safe_load(text.split("\n---\n")[0].removeprefix("---\n"))


def test_it_holds_what_the_json_holds(view: InternalView):
    pages, data = MarkdownExporter().render(view), JsonExporter().render(view)
    for spec in view.specs:
        told = head(pages[f"specs/{spec.id}.md"].decode())
        contract = json.loads(data[f"specs/{spec.id}.json"])
        assert told.pop("banner")
        assert told == {key: contract[key] for key in KEYS}


@pytest.mark.parametrize("evil", HOSTILE)
def test_any_text_comes_back_as_it_was(view: InternalView, evil: str):
    spec = view.specs[0]
    spec = spec.with_(
        title=evil or "x",
        fit_line=evil,
        scope=spec.scope.with_(line=evil),
        actors=(spec.actors[0].with_(value=evil),),
        attachments=(Attachment(name=evil, sha256="0" * 64),),
    )
    text = MarkdownExporter().render(replace(view, specs=(spec,)))["specs/S1.md"].decode()
    told = head(text)
    assert told["title"] == (evil or "x")
    assert told["fit_line"] == told["scope"]["line"] == told["actors"][0]["value"] == evil
    assert told["attachments"] == [{"name": evil, "sha256": "0" * 64}]
    assert text.splitlines()[1].startswith('schema: "dragoman/spec/v1"')


@pytest.mark.parametrize("evil", HOSTILE)
def test_a_reader_that_does_not_know_it_shows_it_as_text(view: InternalView, evil: str):
    spec = view.specs[0].with_(title=evil or "x", fit_line=evil)
    text = MarkdownExporter().render(replace(view, specs=(spec,)))["specs/S1.md"].decode()
    front = text.split("\n---\n")[0] + "\n---\n"
    tokens = MarkdownIt("gfm-like", {"linkify": False, "html": True}).parse(front)
    assert {token.type for token in tokens} <= {"hr", "heading_open", "inline", "heading_close"}
    inside = {child.type for token in tokens for child in token.children or ()}
    assert inside <= {"text", "softbreak"}


def test_the_page_still_begins_with_its_heading(view: InternalView):
    text = MarkdownExporter().render(view)["specs/S1.md"].decode()
    body = text.split("\n---\n\n", 1)[1]
    assert body.startswith(f"# S1 {view.specs[0].title}\n\n> ")


def test_the_clients_copy_has_none_of_our_judgements(view: InternalView):
    pages = MarkdownExporter().render(client_view(view))
    for name, page in pages.items():
        if name.startswith("specs/"):
            assert not OURS & head(page.decode()).keys()
