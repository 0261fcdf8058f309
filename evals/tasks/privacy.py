"""What a client, or a person it is not for, gets of a call -> words that must not be there."""

import html
import io
import re
import zipfile
from collections.abc import Iterator, Mapping, Sequence

from evals.datasets.call_file import ARRAYS, CallFile
from evals.scorers.leaks import leaked
from evals.scorers.share import Cells, Share, total
from evals.tasks.processed import ME, Processed
from pipeline.models.client_view import client_view
from pipeline.models.view import InternalView
from pipeline.service import documents
from pipeline.service.house import House

_TAG = re.compile(r"<[^>]*>")
_ZIPPED = ("docx", "xlsx")


def private(one: Processed, house: House) -> Cells:
    """Secret words in the client's documents, in every form that can be written.

    Only labelled calls count: turns marked internal, and items that are not for somebody.
    """
    everything = documents.all_of(one.view)
    gold, said = one.call.gold, {turn.id: turn.text for turn in one.call.turns}
    cells: dict[str, Share] = {}
    if gold.internal_only is not None:
        cells["privacy.internal"] = _leak(
            gold.internal_only, said, _given(house, everything, readers=())
        )
    people = kept_from(one.call)
    if people:
        cells["privacy.not_for"] = total(
            _leak(turns, said, _given(house, everything, readers=(name,)))
            for name, turns in people.items()
        )
    return cells


def kept_from(call: CallFile) -> Mapping[str, Sequence[int]]:
    """For each person the turns of what is not for them."""
    people: dict[str, list[int]] = {}
    for name in ARRAYS:
        for item in getattr(call.gold, name) or ():
            for person in item.not_for:
                people.setdefault(person, []).extend(item.evidence)
    return people


def readable(path: str, content: bytes) -> str:
    """The words of a document, whatever it is packed in."""
    if path.rsplit(".", 1)[-1] in _ZIPPED:
        with zipfile.ZipFile(io.BytesIO(content)) as parts:
            pages = [parts.read(name) for name in parts.namelist() if name.endswith(".xml")]
        return "\n".join(_bare(page.decode("utf-8", "replace")) for page in pages)
    text = content.decode("utf-8", "replace")
    return _bare(text) if path.endswith((".html", ".md")) else text


def _bare(text: str) -> str:
    return html.unescape(_TAG.sub(" ", text)).replace("\\", "")


def _leak(turns: Sequence[int], said: Mapping[int, str], given: Sequence[str]) -> Share:
    secret = [said[turn] for turn in turns]
    return leaked(secret, (text for turn, text in said.items() if turn not in turns), given)


def _given(house: House, everything: InternalView, *, readers: Sequence[str]) -> list[str]:
    """The text of every document that these readers get."""
    return list(_documents(house, everything, readers))


def _documents(house: House, everything: InternalView, readers: Sequence[str]) -> Iterator[str]:
    theirs = client_view(everything, readers=readers)
    files = documents.rendered(ME, house, theirs, tuple(house.exporters))
    for path, content in files.items():
        yield readable(path, content)
