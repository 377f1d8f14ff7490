"""One table from error class to HTTP status, written as RFC 9457 problem documents."""

from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse

from ops.errors import (
    BadData,
    ComputeFailed,
    Conflict,
    Forbidden,
    NotEnoughData,
    NotFound,
    NotReady,
    OpsError,
    Stale,
    TooLarge,
    TooMany,
    Unknown,
    Unseen,
)

STATUS: dict[type[OpsError], int] = {
    NotFound: 404,
    Conflict: 409,
    BadData: 422,
    NotEnoughData: 422,
    Unknown: 401,
    Forbidden: 403,
    Stale: 412,
    Unseen: 428,
    TooLarge: 413,
    TooMany: 429,
    NotReady: 503,
    ComputeFailed: 500,
}


def install(app: FastAPI) -> None:
    """Answer every error with a problem document."""

    @app.exception_handler(OpsError)
    def ops_error(request: Request, error: OpsError) -> JSONResponse:  # pyright: ignore[reportUnusedFunction]
        del request
        status = STATUS.get(type(error), 500)
        body: dict[str, object] = {
            "type": "about:blank",
            "title": type(error).__name__,
            "status": status,
            "detail": str(error),
        }
        if isinstance(error, BadData) and error.problems:
            body["errors"] = [{"pointer": p.pointer, "detail": p.detail} for p in error.problems]
        return JSONResponse(body, status, media_type="application/problem+json")
