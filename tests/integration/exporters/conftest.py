"""The same calls as in the unit tests of the exporters."""

import runpy
from pathlib import Path

CALLS = Path(__file__).parents[2] / "unit" / "exporters" / "conftest.py"
_fixtures = runpy.run_path(str(CALLS))
call, view = _fixtures["call"], _fixtures["view"]
