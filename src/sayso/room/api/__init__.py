"""The HTTP API, under `/api/v1`: what the pages do, for programs.

asks        what calls take, with their limits
shapes      what they answer with
contract    readings, whose shape is that of `sayso schema`
errors      one shape for all that goes wrong
described   the OpenAPI description of it all
desk        the record, and who decides
reading     articles read: at once, or as a job
asking      search, timeline, check, audit
articles    articles, their readings and versions, statements
people      people, and who is who
corrections what people say against a reading
about       what runs here
"""

from fastapi import FastAPI

import sayso
from sayso.room.api import about, articles, asking, corrections, errors, people, reading
from sayso.room.api.described import describe

PATH = "/api/v1"

_ROUTERS = (
    reading.router,
    asking.router,
    articles.router,
    people.router,
    corrections.router,
    about.router,
)


def join(app: FastAPI) -> None:
    """Give the room its API, as an application of its own that shares the room's state."""
    api = FastAPI(
        title="Sayso",
        version=sayso.__version__,
        openapi_url="/openapi.json",
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
        generate_unique_id_function=lambda route: route.name,
        responses=errors.fails(),
    )
    api.state = app.state
    for router in _ROUTERS:
        api.include_router(router)
    errors.handle(api)
    describe(api)
    app.state.api = api.openapi
    app.mount(PATH, api)
