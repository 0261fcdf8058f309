"""The labelled calls that lie beside a checkout: where, which may be read, and which not yet."""

import os
from pathlib import Path

OPEN = (
    "zh-hosp-pharmacy-01",
    "zh-logistics-tms-02",
    "zh-mes-parts-01",
    "mixed-jv-finance-01",
    "en-crm-migration-05",
    "en-wholesale-wms-01",
)
"""May be read, run and developed on."""
SEALED = ("en-lift-field-04", "zh-property-fee-01", "zh-retail-inv-01", "zh-univ-oa-03")
"""Kept for one measurement of a finished thing: looked at before, they measure nothing."""


def calls_folder() -> Path:
    """Where the calls lie: $SHARED_CALLS, else beside the checkout."""
    beside = Path(__file__).parents[3] / "shared" / "calls"
    return Path(os.environ.get("SHARED_CALLS") or beside)


def here(folder: Path) -> tuple[str, ...]:
    """The open calls that a folder has; none where it is not there."""
    return tuple(name for name in OPEN if (folder / f"{name}.json").is_file())
