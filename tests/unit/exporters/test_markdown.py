"""Markdown: files for people, which text of the call cannot change."""

from dataclasses import replace

import pytest
from markdown_it import MarkdownIt

from pipeline.exporters.markdown import MarkdownExporter
from pipeline.models.view import InternalView

READER = MarkdownIt("gfm-like", {"linkify": False, "html": True})
EVIL = [
    "![x](http://evil.example/b.png) [y](http://evil.example)",
    "<img src=http://evil.example/b.png>",
    "a | b\n| --- |\n- c",
    "# big\n\n> quote\n```\ncode",
    "\u202eevil\u200b \u2066x\u2069",
    "[x]: http://evil.example\n[x]",
]


def kinds(text: str) -> set[str]:
    found = set()
    for token in READER.parse(text):
        found |= {token.type, *(child.type for child in token.children or ())}
    return found


@pytest.mark.parametrize("evil", EVIL)
def test_no_text_of_the_call_adds_markup(view: InternalView, evil: str):
    minutes, spec = view.minutes, view.specs[0]
    decision = minutes.decisions[0]
    quote = decision.evidence[0].with_(quote=evil, speaker=evil)
    decision = decision.with_(text=evil, by=evil, evidence=(quote,))
    action = minutes.actions[0].with_(text=evil, owner=evil, due_verbatim=evil)
    field = spec.data_fields[0].with_(label=evil, name=evil, type=evil)
    question = spec.open_questions[0].with_(question=evil, options=(evil,), recommended=evil)
    spec = spec.with_(
        title=evil, data_fields=(field,), open_questions=(question,), assumptions=(evil,)
    )
    minutes = minutes.with_(decisions=(decision,), actions=(action,))
    files = MarkdownExporter().render(
        replace(view, minutes=minutes, specs=(spec,), meeting=view.meeting.with_(title=evil))
    )
    clean = MarkdownExporter().render(view)
    for name in ("minutes.md", "specs/S1.md"):
        assert kinds(files[name].decode()) <= kinds(clean[name].decode())
        assert not {"image", "link_open", "html_inline", "html_block"} & kinds(files[name].decode())


def test_tables_keep_their_columns(view: InternalView):
    text = MarkdownExporter().render(view)["minutes.md"].decode()
    rows = [line for line in text.splitlines() if line.startswith("|")]
    assert {row.replace("\\|", "").count("|") for row in rows} == {5}


def test_each_spec_is_a_file_of_its_own(view: InternalView):
    files = MarkdownExporter().render(view)
    assert list(files) == ["minutes.md", *(f"specs/S{n}.md" for n in range(1, 5))]


def test_the_id_of_a_spec_cannot_lead_out_of_the_folder(view: InternalView):
    spec = view.specs[0].with_(id="../../../etc/passwd")
    names = list(MarkdownExporter().render(replace(view, specs=(spec,))))
    assert names[1].startswith("specs/etcpasswd-")


def test_the_same_view_gives_the_same_bytes(view: InternalView):
    assert MarkdownExporter().render(view) == MarkdownExporter().render(view)
