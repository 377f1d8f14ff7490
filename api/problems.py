"""The kinds of problem documents (RFC 9457) that the API answers with."""

from collections.abc import Iterable
from dataclasses import dataclass

from fastapi.responses import JSONResponse
from pydantic import BaseModel, Field

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

MEDIA_TYPE = "application/problem+json"


class ProblemField(BaseModel):
    """One wrong field of a request."""

    pointer: str = Field(description="JSON pointer into the body, or `/name` of a parameter.")
    detail: str = Field(description="What is wrong, and how to mend it.")
    where: str | None = Field(default=None, description="body, query, path or header, where known.")


class ProblemDocument(BaseModel):
    """Why a request was not answered (RFC 9457)."""

    type: str = Field(description="Stable name of the kind: `/problems/not-found` ...")
    title: str = Field(description="The kind in words.")
    status: int = Field(description="The HTTP status.")
    detail: str = Field(description="What happened, with the value, and how to mend it.")
    errors: list[ProblemField] | None = Field(default=None, description="The wrong fields.")
    correlation_id: str | None = Field(default=None, description="To find it in the logs.")


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of problem: its name, status and title."""

    name: str
    status: int
    title: str


UNREADABLE = Kind("unreadable", 400, "The request cannot be read")
WRONG_SITE = Kind("wrong-site", 403, "A page of another site sent the change")
NO_SUCH_PATH = Kind("no-such-path", 404, "There is nothing at this path")
NO_SUCH_METHOD = Kind("no-such-method", 405, "The method is not allowed here")
WRONG_HOST = Kind("wrong-host", 421, "The host is none of the names of this service")
INVALID = Kind("invalid", 422, "The input is wrong")
INTERNAL = Kind("internal", 500, "Something in the service failed")

OF_ERROR: dict[type[OpsError], Kind] = {
    Unknown: Kind("unknown-caller", 401, "Nobody knows who is calling"),
    Forbidden: Kind("forbidden", 403, "The key does not allow it"),
    NotFound: Kind("not-found", 404, "There is no such thing"),
    Conflict: Kind("conflict", 409, "The present state forbids it"),
    Stale: Kind("stale", 412, "It was edited meanwhile"),
    TooLarge: Kind("too-large", 413, "The body is too large"),
    BadData: INVALID,
    NotEnoughData: Kind("not-enough-data", 422, "There are not enough data"),
    Unseen: Kind("version-missing", 428, "The change must name a version"),
    TooMany: Kind("too-many-requests", 429, "Too many requests"),
    ComputeFailed: Kind("compute-failed", 500, "The computation failed"),
    NotReady: Kind("not-ready", 503, "A part of the service is missing"),
}


def kind_of(error: OpsError) -> Kind:
    """Kind of an error: its own, or that of its nearest ancestor."""
    return next((OF_ERROR[c] for c in type(error).__mro__ if c in OF_ERROR), INTERNAL)


def answer(
    kind: Kind,
    detail: str,
    *,
    errors: Iterable[ProblemField] = (),
    headers: dict[str, str] | None = None,
    correlation_id: str | None = None,
) -> JSONResponse:
    """Write a problem document."""
    document = ProblemDocument(
        type=f"/problems/{kind.name}",
        title=kind.title,
        status=kind.status,
        detail=detail,
        errors=list(errors) or None,
        correlation_id=correlation_id,
    )
    body = document.model_dump(exclude_none=True)
    return JSONResponse(body, kind.status, headers=headers, media_type=MEDIA_TYPE)
