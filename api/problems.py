"""The kinds of problem documents (RFC 9457) that the API answers with; each `type` is a page."""

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

    type: str = Field(description="The kind, an address that explains it: `/problems/not-found`.")
    title: str = Field(description="The kind in words.")
    status: int = Field(description="The HTTP status.")
    detail: str = Field(description="What happened, with the value, and how to mend it.")
    errors: list[ProblemField] | None = Field(default=None, description="The wrong fields.")
    correlation_id: str | None = Field(default=None, description="To find it in the logs.")


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of problem: its name, status and title, and what to do about it."""

    name: str
    status: int
    title: str
    mend: str


UNREADABLE = Kind(
    "unreadable",
    400,
    "The request cannot be read",
    "Send the body as what its Content-Type says: whole JSON, whole CSV.",
)
WRONG_SITE = Kind(
    "wrong-site",
    403,
    "A page of another site sent the change",
    "Open the page of this service and change it there; a program sends no Origin.",
)
NO_SUCH_PATH = Kind(
    "no-such-path",
    404,
    "There is nothing at this path",
    "Look the path up in the API documentation at /docs.",
)
NO_SUCH_METHOD = Kind(
    "no-such-method",
    405,
    "The method is not allowed here",
    "Look up which methods the path knows; the header Allow lists them.",
)
WRONG_HOST = Kind(
    "wrong-host",
    421,
    "The host is none of the names of this service",
    "Use the name that the service prints at its start, or add yours to LONGRUN_ALLOWED_HOSTS.",
)
INVALID = Kind(
    "invalid",
    422,
    "The input is wrong",
    "Mend the fields that `errors` names, each by its JSON pointer.",
)
INTERNAL = Kind(
    "internal",
    500,
    "Something in the service failed",
    "Look into the log under the correlation id, and report it.",
)

OF_ERROR: dict[type[OpsError], Kind] = {
    Unknown: Kind(
        "unknown-caller",
        401,
        "Nobody knows who is calling",
        "Send a key as `Authorization: Bearer lr_...`; `longrun keys create` makes one.",
    ),
    Forbidden: Kind(
        "forbidden",
        403,
        "The key does not allow it",
        "Ask an administrator for a key of the role, or of the site, that the detail names.",
    ),
    NotFound: Kind(
        "not-found",
        404,
        "There is no such thing",
        "Check the name or number; it may be of a site that the key does not see.",
    ),
    Conflict: Kind(
        "conflict",
        409,
        "The present state forbids it",
        "Read it again and decide anew; the detail says which state is in the way.",
    ),
    Stale: Kind(
        "stale",
        412,
        "It was edited meanwhile",
        "Read it again, look at what changed, and send the change with the new ETag.",
    ),
    TooLarge: Kind(
        "too-large",
        413,
        "The body is too large",
        "Send less at once; the detail names the limit and its setting.",
    ),
    BadData: INVALID,
    NotEnoughData: Kind(
        "not-enough-data",
        422,
        "There are not enough data",
        "Widen the window, or check the codes, the site and the filter.",
    ),
    Unseen: Kind(
        "version-missing",
        428,
        "The change must name a version",
        "Send the ETag that was read as If-Match.",
    ),
    TooMany: Kind(
        "too-many-requests",
        429,
        "Too many requests",
        "Wait as long as Retry-After says.",
    ),
    ComputeFailed: Kind(
        "compute-failed",
        500,
        "The computation failed",
        "Read the reason in the run: more memory or time, or a smaller window, then retry.",
    ),
    NotReady: Kind(
        "not-ready",
        503,
        "A part of the service is missing",
        "Ask `longrun doctor` or /readyz what is missing and how to mend it.",
    ),
}
KINDS: dict[str, Kind] = {
    kind.name: kind
    for kind in sorted(
        {UNREADABLE, WRONG_SITE, NO_SUCH_PATH, NO_SUCH_METHOD, WRONG_HOST, INVALID, INTERNAL}
        | set(OF_ERROR.values()),
        key=lambda kind: (kind.status, kind.name),
    )
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
