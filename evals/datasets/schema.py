"""`python -m evals.datasets.schema`: write the JSON Schema of a labelled call anew."""

import json
from pathlib import Path

from evals.datasets.call_file import CallFile

FILE = Path(__file__).with_name("call.schema.json")


def schema() -> str:
    """The schema as it stands in the file."""
    made = CallFile.model_json_schema(by_alias=True, mode="validation")
    made = {"$schema": "https://json-schema.org/draft/2020-12/schema", **made}
    return json.dumps(made, ensure_ascii=False, indent=1) + "\n"


if __name__ == "__main__":
    FILE.write_text(schema(), encoding="utf-8")
