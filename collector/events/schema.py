"""The events body as a JSON Schema, made out of the types that the decoder has (model.py), so the two cannot differ.

It says less than the decoder knows; docs/events.md lists what it cannot say.
"""

from typing import Any

import msgspec

from collector.events.limits import most
from collector.events.model import TRUSTED_FIELDS, Beacon

DIALECT = "https://json-schema.org/draft/2020-12/schema"


def build_schema() -> dict[str, Any]:
    """The schema of a whole body, as a JSON value."""
    schema = msgspec.json.schema(Beacon)
    fields = schema["$defs"]["Event"]["properties"]
    for name in TRUSTED_FIELDS:
        fields[name]["description"] = "Only with the site's secret write key."
    return {
        "$schema": DIALECT,
        "title": "Footfall events",
        "description": f"The body of POST /api/v1/events, of at most {most('body'):,} bytes.",
        **schema,
    }
