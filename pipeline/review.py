"""Draft + edits = what holds now: apply an edit, approve, reject; who, when, why."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple, TypeVar, cast

from pipeline.errors import ConflictError, DragomanError, InputError
from pipeline.models.actor import Actor
from pipeline.models.base import Model
from pipeline.models.evidence import Evidence
from pipeline.models.fields import editable, end_of, find, pattern, value_at, with_value
from pipeline.models.hashing import item_hash, spec_hash
from pipeline.models.minutes import ARRAYS, Item, Minutes, Uncited
from pipeline.models.review import (
    DRAFT_CHANGED,
    EDIT_LOST,
    EDITED_SINCE,
    NOT_FOUND_AGAIN,
    REVIEWED,
    SEGMENT_CORRECTED,
    Edit,
    EditEvent,
    Entity,
    Missed,
    Operation,
    Voice,
)
from pipeline.models.spec import Approval, FeatureSpec
from pipeline.models.transcript import Segment
