"""Write the JSON schema of edition.json from the record: `python tools/make_schema.py`."""

from __future__ import annotations

import json
from pathlib import Path

from pydantic import TypeAdapter

from digest.records import Edition
from digest.stages.render import JSON_FORMAT
from digest.stages.wording import Wording

FILE = Path(__file__).parents[1] / "src" / "digest" / "data" / "edition.schema.json"


def schema() -> str:
    """Return the schema of what `render(edition, format="json")` writes."""
    made = TypeAdapter(Edition).json_schema(mode="serialization")
    numbers = {"type": "object", "additionalProperties": {"type": "integer"}}
    made["properties"] |= {
        "format": {"const": JSON_FORMAT},
        "counts": numbers,
        "drops": numbers,
        "words": {"$ref": "#/$defs/Wording"},
    }
    made["required"] = ["format", *made["required"], "words"]
    made["$defs"]["Wording"] = TypeAdapter(Wording).json_schema(mode="serialization")
    head = {"$schema": "https://json-schema.org/draft/2020-12/schema", "$id": JSON_FORMAT}
    return json.dumps(head | made, indent=1, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    FILE.write_text(schema(), "utf-8")
