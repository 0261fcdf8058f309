"""The preview of a document: to look at, and nothing else."""

from ui.components.parts import read
from ui.components.sheet import unlinked


def test_no_link_leads_out_of_the_preview():
    page = '<nav><a href="#x">一</a> <a id="b" href="#y">二</a></nav><address>三 &lt;a href&gt;</address>'
    assert unlinked(page) == ("<nav><a>一</a> <a>二</a></nav><address>三 &lt;a href&gt;</address>")


def test_the_frame_has_no_rights():
    assert 'sandbox=""' in read("sheet.html")
