"""Dialogue: the turns of a call as the rules read them, with sides, clauses and neighbours."""

from collections.abc import Iterator
from typing import NamedTuple

from pipeline.engines.rules.privacy import Private, private_turns
from pipeline.engines.rules.sides import sides
from pipeline.engines.rules.terms import terms
from pipeline.engines.rules.turn import Turn, read_turn
from pipeline.models.evidence import Citation
from pipeline.models.project import Project
from pipeline.models.transcript import Transcript
