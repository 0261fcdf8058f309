"""OpenSpec: openspec/changes/<change>/ with a proposal, the tasks and the requirements."""

import re
from collections.abc import Mapping
from pathlib import Path

from pipeline.exporters.blocks.buildable import Buildable
from pipeline.exporters.blocks.trace import evidence_file, shown
from pipeline.exporters.escape import file_name
from pipeline.exporters.files import save
from pipeline.exporters.openspec.pages import proposal, requirements, tasks
from pipeline.models.client_view import View
from pipeline.models.spec import FeatureSpec

_NOT_IN_NAMES = re.compile(r"[^a-z0-9]+")


class OpenSpecExporter:
    """Writes a change for each spec, and the words that all of them rest on."""

    target = "openspec"

    def render(self, view: View) -> Mapping[str, bytes]:
        """The files by path."""
        files: dict[str, str] = {}
        for spec in shown(view):
            one, capability = Buildable(spec, view), capability_of(spec)
            folder = f"openspec/changes/add-{capability}"
            files[f"{folder}/proposal.md"] = proposal(one, capability)
            files[f"{folder}/tasks.md"] = tasks(one)
            files[f"{folder}/specs/{capability}/spec.md"] = requirements(one)
        written = {path: text.encode("utf-8") for path, text in files.items()}
        return written | evidence_file(view) if written else {}

    def export(self, view: View, *, out: Path) -> tuple[Path, ...]:
        """Write them into the folder."""
        return save(self.render(view), out)


def capability_of(spec: FeatureSpec) -> str:
    """The name of a spec as OpenSpec wants it: small letters, digits and single hyphens."""
    return _NOT_IN_NAMES.sub("-", file_name(spec.id).lower()).strip("-") or "spec"
