"""The desk as one ASGI application over one Context."""

from __future__ import annotations

from pathlib import Path

from fastapi import FastAPI
from starlette.requests import Request
from starlette.responses import RedirectResponse
from starlette.staticfiles import StaticFiles

from casework.context import Context
from casework.settings import secret_key
from web import (
    captures,
    cases,
    flags,
    graphs,
    hot_spots,
    hubs,
    login,
    lookup,
    pictures,
    platforms,
    purchases,
    queries,
    records,
    rights,
    runs,
    sellers,
    unflagged,
)
from web.errors import explain_errors
from web.headers import SecurityHeaders
from web.limits import BodyLimit
from web.login import Attempts

ROUTERS = (
    login.router,
    flags.router,
    unflagged.router,
    captures.router,
    cases.router,
    purchases.router,
    graphs.router,
    hot_spots.router,
    hubs.router,
    sellers.router,
    lookup.router,
    rights.router,
    records.router,
    queries.router,
    runs.router,
    platforms.router,
    pictures.router,
)


def create_app(context: Context) -> FastAPI:
    """Return the desk; run it in one process (counts of failed log-ins are kept in memory)."""
    # No generated API pages: they load scripts from elsewhere, and this is no public API.
    app = FastAPI(title="Suyuan", docs_url=None, redoc_url=None, openapi_url=None)
    app.state.context = context
    app.state.signing_key = secret_key(context.settings)
    app.state.attempts = Attempts()
    for router in ROUTERS:
        app.include_router(router)
    app.mount("/static", StaticFiles(directory=Path(__file__).parent / "static"))
    explain_errors(app)
    app.add_middleware(BodyLimit)
    app.add_middleware(SecurityHeaders)

    @app.get("/")
    def go_to_queue(request: Request) -> RedirectResponse:
        return RedirectResponse("/flags", 303)

    return app
