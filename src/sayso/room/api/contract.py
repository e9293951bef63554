"""Readings in the API's description: the schema that `sayso schema` prints, as it is.

What answers with readings gives their JSON as the contract has it, and no model of ours beside it.
"""

import json
from functools import cache
from importlib.resources import files
from typing import Any

_PLACE = "#/components/schemas/"
_OWN = "#/$defs/"


@cache
def components() -> dict[str, Any]:
    """The contract's definitions, named so that they stand among the API's own."""
    text = files("sayso.formats").joinpath("contract.schema.json").read_text(encoding="utf-8")
    definitions: dict[str, Any] = json.loads(text.replace(_OWN, f"{_PLACE}contract_"))["$defs"]
    return {f"contract_{name}": told for name, told in definitions.items()}


def told(name: str) -> dict[str, Any]:
    """A reference to a definition of the contract."""
    return {"$ref": f"{_PLACE}contract_{name}"}


def object_of(**properties: dict[str, Any]) -> dict[str, Any]:
    """The schema of an object with these properties, and no others."""
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


def answering(schema: dict[str, Any], description: str) -> dict[str, Any]:
    """What `responses` has of an answer with this schema."""
    return {"description": description, "content": {"application/json": {"schema": schema}}}


RESULT: dict[str, Any] = {"oneOf": [told("reading"), told("failure")]}
"""What comes of one article."""
