"""What is to become of files that are on their way, kept with each until it is handed over."""

import contextlib
from collections.abc import Mapping

import streamlit as st
from pydantic import ValidationError

from pipeline.errors import DragomanError, NotFoundError
from pipeline.service import uploads
from pipeline.service.upload_chunk import Upload
from ui.components.intake_form import Draft
from ui.intake import Intent, Named, named_by
from ui.plain import plain
from ui.session import explain, house, me


def wishes() -> dict[str, Intent]:
    """By file, as its owner last said it."""
    found = {}
    for one in uploads.waiting(me(), house()):
        with contextlib.suppress(NotFoundError, ValidationError):
            found[one.id] = Intent.model_validate_json(uploads.noted(me(), house(), one.id))
    return found


def note(wanted: Mapping[str, Intent]) -> bool:
    """Keep it with the files; whether all could be kept. Between two of them nothing ends it."""
    actor, home, failed = me(), house(), None
    for uid, wish in wanted.items():
        try:
            with contextlib.suppress(NotFoundError):  # another page handed it over
                uploads.note(actor, home, uid, wish.model_dump_json())
        except DragomanError as error:
            failed = error
    if failed is not None:
        st.error(plain(explain(failed)))
    return failed is None


def named_so_far(one: Upload) -> Named:
    """What was said of this file alone, or what its name says."""
    was = wishes().get(one.id)
    return was.named if was else named_by(one.name)


def keep_title(draft: Draft, one: Upload, named: Named) -> bool:
    """A title or a date was typed: it stays with its file, and the form so far."""
    return _keep(draft, one, named.with_(shape=named_so_far(one).shape))


def keep_shape(draft: Draft, one: Upload, shape: str | None) -> bool:
    """Somebody said what a file is to be read as."""
    return _keep(draft, one, named_so_far(one).with_(shape=shape))


def _keep(draft: Draft, one: Upload, named: Named) -> bool:
    was = wishes().get(one.id)
    if was is None or not was.go:
        was = Intent(form=draft.form, file=draft.file)
    return note({one.id: was.with_(named=named)})
