"""JSON: minutes.json and specs/<id>.json as their schemas say, and the words behind them."""

from collections.abc import Mapping
from pathlib import Path

from pipeline.exporters.blocks.trace import evidence_file
from pipeline.exporters.escape import file_name
from pipeline.exporters.files import save
from pipeline.models.base import Model
from pipeline.models.client_view import View


class JsonExporter:
    """Writes what another program reads."""

    target = "json"

    def render(self, view: View) -> Mapping[str, bytes]:
        """The files by path; also what a person rejected is in ours, and says so."""
        files = {"minutes.json": _bytes(view.minutes)}
        for spec in view.specs:
            files[f"specs/{file_name(spec.id)}.json"] = _bytes(spec)
        return files | evidence_file(view)

    def export(self, view: View, *, out: Path) -> tuple[Path, ...]:
        """Write them into the folder."""
        return save(self.render(view), out)


def _bytes(model: Model) -> bytes:
    return (model.model_dump_json(indent=2) + "\n").encode("utf-8")
