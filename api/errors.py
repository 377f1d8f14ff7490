"""Answer every error with a problem document; no traceback ever reaches a user."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any

import structlog
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, Response
from sqlalchemy.exc import DataError, IntegrityError, InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.orm.exc import StaleDataError
from starlette.exceptions import HTTPException

from api import problems
from api.form_words import plain, telling
from api.pages import failure
from api.problems import ProblemField
from ops.db.away import BELOW, is_full
from ops.errors import BadData, Conflict, NotReady, OpsError, Stale, TooLarge, TooMany, Unknown

Handler = Callable[[Request, Exception], Awaitable[Response]]
_LOG = structlog.get_logger(__name__)
_DATABASE = (
    "the database does not answer; check that it runs and is migrated: `longrun doctor` says more"
)
_NO_ROOM = (
    "no room is left on the disk of the database or of LONGRUN_DATA_DIR (`longrun doctor`): free"
    " some, then send it again; what was stored is whole"
)


def install(app: FastAPI) -> None:
    """Answer every error of `app` with a problem document."""
    handlers: dict[type[Exception], Handler] = {
        OpsError: _ops_error,
        RequestValidationError: _invalid,
        HTTPException: _http,
        StaleDataError: _edited_meanwhile,
        IntegrityError: _changed_meanwhile,
    }
    handlers |= dict.fromkeys(
        (OperationalError, InterfaceError, PoolTimeout, *BELOW), _database_lost
    )
    handlers[OSError] = _no_room
    handlers |= dict.fromkeys((DataError, OverflowError), _unfit)
    for kind, handler in handlers.items():
        app.add_exception_handler(kind, _readable(handler))


def _readable(handler: Handler) -> Handler:
    """Tell a reader of pages in a page what a program is told in a document."""

    async def tell(request: Request, error: Exception) -> Response:
        problem = await handler(request, error)
        return failure.told(request, problem) if failure.wants_page(request) else problem

    return tell


def last_resort(request: Request, error: Exception) -> Response:
    """Answer what no handler caught: as a page to who reads pages, unless pages are what fails."""
    problem = unexpected(request, error)
    if not failure.wants_page(request):
        return problem
    try:
        return failure.told(request, problem)
    except Exception as again:  # noqa: BLE001  (nothing is behind this; the document needs no template)
        _LOG.error("no page for the error", path=request.url.path, exc_info=again)
        return problem


def unexpected(request: Request, error: Exception) -> JSONResponse:
    """Answer an error that nobody foresaw: logged in full, told in one sentence."""
    _LOG.error("unexpected error", path=request.url.path, exc_info=error)
    detail = "an unexpected error; it is in the log under the correlation id"
    return problems.answer(problems.INTERNAL, detail, correlation_id=_correlation_id(request))


async def _ops_error(request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, OpsError)
    kind = problems.kind_of(error)
    if kind.status >= 500:
        _LOG.warning("refused", kind=kind.name, detail=str(error))
    wrong = error.problems if isinstance(error, BadData) else ()
    return problems.answer(
        kind,
        str(error),
        errors=[ProblemField(pointer=p.pointer, detail=p.detail) for p in wrong],
        headers=_headers(error),
        correlation_id=_correlation_id(request),
    )


def _headers(error: OpsError) -> dict[str, str]:
    if isinstance(error, Unknown):
        return {"WWW-Authenticate": 'Bearer realm="longrun"'}
    if isinstance(error, TooMany):
        return {"Retry-After": str(error.retry_after_s)}
    return {"Connection": "close"} if isinstance(error, TooLarge) else {}


async def _invalid(request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, RequestValidationError)
    fields = [_field(e, error.body) for e in telling(error.errors())]
    detail = "; ".join(f"{f.pointer or '/'}: {f.detail}" for f in fields[:3])
    more = f" (and {len(fields) - 3} more)" if len(fields) > 3 else ""
    return problems.answer(
        problems.INVALID, detail + more, errors=fields, correlation_id=_correlation_id(request)
    )


def _field(error: Mapping[str, Any], body: Any) -> ProblemField:
    where, *path = error["loc"]
    if error["type"] == "json_invalid":
        detail = f"not JSON at character {path[0]}: {error['ctx']['error']}"
        return ProblemField(pointer="", detail=detail, where="body")
    steps = _walk(path, body, missing=error["type"] == "missing") if where == "body" else path
    pointer = "".join("/" + str(s).replace("~", "~0").replace("/", "~1") for s in steps)
    return ProblemField(pointer=pointer, detail=plain(error) + _got(error), where=str(where))


def _got(error: Mapping[str, Any]) -> str:
    value = error.get("input")
    if error["type"] == "missing" or isinstance(value, dict | list | tuple | None):
        return ""
    text = repr(value)
    return f", got {text if len(text) <= 80 else text[:77] + '...'}"


def _walk(path: Sequence[Any], body: Any, *, missing: bool) -> list[Any]:
    # pydantic names the member of a union between the fields: only what is in the body is a step
    steps: list[Any] = []
    for place, step in enumerate(path):
        inside = (isinstance(body, dict) and step in body) or (
            isinstance(body, list) and isinstance(step, int) and step < len(body)
        )
        if inside:
            body = body[step]
        if inside or (missing and place == len(path) - 1):
            steps.append(step)
    return steps


async def _http(request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, HTTPException)
    kind, detail = {
        400: (problems.UNREADABLE, "the body cannot be read as what its Content-Type says"),
        404: (problems.NO_SUCH_PATH, f"nothing is at {request.url.path}; /docs lists every path"),
        405: (problems.NO_SUCH_METHOD, f"{request.method} is not allowed on {request.url.path}"),
        413: (problems.OF_ERROR[TooLarge], str(error.detail)),
    }.get(error.status_code, (problems.INTERNAL, str(error.detail)))
    headers = dict(error.headers or {})
    return problems.answer(kind, detail, headers=headers, correlation_id=_correlation_id(request))


async def _database_lost(request: Request, error: Exception) -> JSONResponse:
    _LOG.error("database error", exc_info=error)
    return await _ops_error(request, NotReady(_NO_ROOM if is_full(error) else _DATABASE))


async def _no_room(request: Request, error: Exception) -> JSONResponse:
    if not is_full(error):
        return unexpected(request, error)
    _LOG.error("disk full", exc_info=error)
    return await _ops_error(request, NotReady(_NO_ROOM))


async def _unfit(request: Request, error: Exception) -> JSONResponse:
    _LOG.warning("value refused by the database", error=type(error).__name__)
    return await _ops_error(request, BadData("a number, time or text is outside what can be kept"))


async def _edited_meanwhile(request: Request, error: Exception) -> JSONResponse:
    del error
    return await _ops_error(request, Stale("it was edited meanwhile; read it again, then decide"))


async def _changed_meanwhile(request: Request, error: Exception) -> JSONResponse:
    _LOG.warning("constraint refused a change", exc_info=error)
    return await _ops_error(request, Conflict("another change came between; look, then repeat"))


def _correlation_id(request: Request) -> str | None:
    return getattr(request.state, "correlation_id", None)
