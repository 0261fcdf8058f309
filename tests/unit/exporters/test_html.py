"""HTML: one page that runs nothing, fetches nothing and shows text as text."""

import base64
import hashlib
import re
from dataclasses import replace
from html.parser import HTMLParser

from pipeline.exporters.blocks.minutes import minutes_document
from pipeline.exporters.html.exporter import HtmlExporter
from pipeline.exporters.html.page import page
from pipeline.models.view import InternalView

EVIL = "<script>alert(1)</script><img src=x onerror=alert(1)>\"'><a href=http://e.example>x</a>"


class Tags(HTMLParser):
    """Every tag and attribute of a page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: set[tuple[str, str | None]] = set()
        self.open: list[str] = []
        self.text = ""
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.tags.add(tag)
        self.attributes |= set(attrs)
        if tag not in ("meta", "br", "col"):
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        self.text += data


def test_a_page_holds_no_script_link_or_picture(view: InternalView):
    for data in HtmlExporter().render(view).values():
        tags = Tags(data.decode("utf-8"))
        assert tags.tags.isdisjoint({"script", "link", "img", "iframe", "form", "object", "base"})
        links = {value for name, value in tags.attributes if name in ("href", "src")}
        assert all(value.startswith("#h") for value in links)
        assert not any(name.startswith("on") or name == "style" for name, _ in tags.attributes)
        assert tags.open == []


def test_the_policy_allows_this_very_style_and_nothing_else(view: InternalView):
    text = page(minutes_document(view))
    style = re.search(r"<style>(.*?)</style>", text, re.DOTALL)[1]
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    policy = re.search(r'Content-Security-Policy" content="([^"]+)"', text)[1]
    assert policy == (
        f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    )


def test_text_of_the_call_is_shown_and_not_run(view: InternalView):
    decision = view.minutes.decisions[0].with_(text=EVIL, by=EVIL)
    quote = decision.evidence[0].with_(quote=EVIL, speaker=EVIL)
    decision = decision.with_(evidence=(quote,))
    minutes = view.minutes.with_(decisions=(decision,))
    meeting = view.meeting.with_(title=EVIL)
    tags = Tags(page(minutes_document(replace(view, minutes=minutes, meeting=meeting))))
    assert tags.tags.isdisjoint({"script", "img"})
    assert tags.text.count(EVIL) >= 4


def test_the_language_is_named_for_fonts_and_screen_readers(view: InternalView):
    lang = {"zh": '<html lang="zh-CN">', "en": '<html lang="en">'}
    assert lang[view.minutes.language] in page(minutes_document(view))


def test_headings_lead_to_their_places(view: InternalView):
    tags = Tags(page(minutes_document(view)))
    ids = {value for name, value in tags.attributes if name == "id"}
    links = {value[1:] for name, value in tags.attributes if name == "href"}
    assert links
    assert links <= ids


def test_the_same_view_gives_the_same_page(view: InternalView):
    assert HtmlExporter().render(view) == HtmlExporter().render(view)
