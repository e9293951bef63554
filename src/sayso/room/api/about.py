"""About the room: what it runs and what it holds."""

from typing import Any

from fastapi import APIRouter, Request

import sayso
from sayso.reader import models
from sayso.record import Record
from sayso.room.api import shapes
from sayso.room.kept import kept
from sayso.types import CONTRACT

router = APIRouter(tags=["about"])


@router.get("/about", response_model=shapes.About)
def about(request: Request) -> Any:
    """Which Sayso this is, which models it has, and what its record holds."""
    stats = kept(request).wait("stats", Record.stats)
    return {
        "version": sayso.__version__,
        "contract": CONTRACT,
        "model": models.model(request.app.state.settings.model).id,
        "models": [{"name": name, "id": models.model(name).id} for name in models.names()],
        "record": stats.to_dict(),
    }
