"""The application: pages, interface for programs and guard, over one record."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator, Callable, Iterable, Mapping
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, Response
from fastapi.staticfiles import StaticFiles
from starlette.exceptions import HTTPException

from sayso import __version__
from sayso.errors import SaysoError
from sayso.web.api import api
from sayso.web.forms import forms
from sayso.web.guard import Guard, Keys
from sayso.web.looks import renderer
from sayso.web.pages import Missing, pages
from sayso.web.pool import BusyError
from sayso.web.room import Room

_LOG = logging.getLogger("sayso.web")


def application(
    record: str | Path, *, write: bool = True, password: str | None = None, hosts: Iterable[str] = (), coder: str = "unnamed"
) -> FastAPI:  # fmt: skip
    """The reading room on *record*, as an ASGI application.

    ``write=False`` lets nobody change anything. With *password* everybody needs it. *hosts* are names by which it may be
    called beside localhost; *coder* is who judges where a reader says no other name. Raises RecordError where the record cannot serve.
    """
    keys = Keys(password)
    room = Room(Path(record), write=write, keys=keys, coder=coder)
    render = renderer(room)

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        yield
        room.close()

    app = FastAPI(title="sayso", docs_url=None, redoc_url=None, openapi_url="/api/openapi.json", version=__version__,
                  description="The reading room of sayso: who said what, in whose report.", lifespan=lifespan)
    app.state.room = room
    app.mount("/static", StaticFiles(packages=[("sayso.web", "static")]), name="static")
    app.include_router(forms(room))
    app.include_router(api(room))
    app.include_router(pages(room, render))
    _answer_errors(app, render)
    app.add_middleware(Guard, keys=keys, hosts=tuple(hosts))
    return app


def _answer_errors(app: FastAPI, render: Callable[[str, Mapping[str, Any]], str]) -> None:
    def said(request: Request, status: int, message: str, advice: str = "", headers: Mapping[str, str] | None = None) -> Response:
        path = request.url.path
        if path.startswith("/api") or path.endswith(".json"):
            return JSONResponse({"error": message, "advice": advice}, status, headers=dict(headers or {}))
        body = render("error.html", {"message": message, "advice": advice, "status": status, "data": {}, "asked": None})
        return Response(body, status, dict(headers or {}), "text/html; charset=utf-8")

    @app.exception_handler(Missing)
    def missing(request: Request, error: Missing) -> Response:
        return said(request, 404, str(error) or "there is nothing at this address")

    @app.exception_handler(HTTPException)
    def http(request: Request, error: HTTPException) -> Response:
        message = "there is nothing at this address" if error.status_code == 404 else str(error.detail)
        return said(request, error.status_code, message, headers=error.headers)

    @app.exception_handler(RequestValidationError)
    def invalid(request: Request, error: RequestValidationError) -> Response:
        first = error.errors()[0]
        return said(request, 422, f"{'.'.join(map(str, first['loc']))}: {first['msg']}")

    @app.exception_handler(BusyError)
    def busy(request: Request, error: BusyError) -> Response:
        return said(request, 503, error.message, error.advice, {"retry-after": "1"})

    @app.exception_handler(SaysoError)
    def wrong(request: Request, error: SaysoError) -> Response:
        return said(request, 400, error.message, error.advice)

    @app.exception_handler(Exception)
    def bug(request: Request, error: Exception) -> Response:
        _LOG.error("a bug of sayso at %s", request.url.path, exc_info=error)
        return said(request, 500, "sayso failed on this", "Report it as a bug of sayso, with this address")
