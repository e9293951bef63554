"""The OpenAPI description: what FastAPI tells, with the contract's shapes and how to come in."""

from typing import Any

from fastapi import FastAPI

from sayso.room.api import contract

_TOLD = """\
Who said what, to whom, where, when, on whose say-so: the record of this room, for programs.

A call that fails answers `{"error": {"code", "message"}}`. A list has `next`, which goes on from
there as `page`. What changes something is sent as JSON, with the name of the person who decides it.
"""


def describe(api: FastAPI) -> None:
    """Let the application tell all of itself."""
    told_by_fastapi = api.openapi

    def openapi() -> dict[str, Any]:
        if api.openapi_schema is None:
            api.openapi_schema = _completed(
                told_by_fastapi(), tokens=bool(api.state.settings.tokens)
            )
        return api.openapi_schema

    api.openapi = openapi  # type: ignore[method-assign]


def _completed(told: dict[str, Any], *, tokens: bool) -> dict[str, Any]:
    told["info"]["description"] = _TOLD
    components = told.setdefault("components", {})
    components["schemas"] |= contract.components()
    if tokens:
        components["securitySchemes"] = {"token": {"type": "http", "scheme": "bearer"}}
        told["security"] = [{"token": []}]
    return told
