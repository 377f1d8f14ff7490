"""Specification limits of a characteristic: versions by effective date."""

from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Query, Response
from pydantic import ConfigDict, Field

from api.body import Body, Id, Instant, Note, View
from api.deps import ActorDep, Engineer, Now, ReadSession, WriteSession
from api.listing import Cursor, Limit, Listing, page
from ops.db import characteristics, limits

router = APIRouter(prefix="/v1/characteristics/{characteristic_id}/limits", tags=["limits"])

At = Annotated[Instant | None, Query(description="Only the version in force at this instant.")]


class LimitsDraft(Body):
    """A new version of specification limits; at least one side is given."""

    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "effective_from": "2026-01-01T00:00:00Z",
                "lower": 180,
                "upper": 220,
                "target": 200,
                "reason": "drawing 4711 rev B",
            }
        }
    )
    effective_from: Instant = Field(title="Holds from", description="From when on it holds.")
    lower: float | None = Field(default=None, description="Lower limit, in the unit.")
    upper: float | None = Field(default=None, description="Upper limit, in the unit.")
    target: float | None = Field(default=None, description="Target, within the limits.")
    reason: Note = Field(default="", description="Why: drawing, change number ...")


class LimitsView(View):
    """One version of specification limits."""

    id: int = Field(description="Number of the version.")
    characteristic_id: int = Field(description="Whose limits they are.")
    effective_from: datetime = Field(description="From when on it holds, until the next.")
    lower: float | None = Field(description="Lower limit.")
    upper: float | None = Field(description="Upper limit.")
    target: float | None = Field(description="Target.")
    reason: str = Field(description="Why.")
    created_by: str = Field(description="Who added it.")
    created_at: datetime = Field(description="When it was added.")


@router.get("")
def listing(
    characteristic_id: Id,
    session: ReadSession,
    actor: ActorDep,
    at: At = None,
    limit: Limit = 100,
    cursor: Cursor = None,
) -> Listing[LimitsView]:
    """List the versions, oldest first; with `at` the one in force then, if any."""
    characteristic = characteristics.get(session, actor.scope, characteristic_id)
    query = limits.listed(characteristic.id, at=at)
    rows, following = page(session, query, limits.KEY, limit=limit, cursor=cursor)
    return Listing(items=[LimitsView.model_validate(r) for r in rows], next=following)


@router.post("", status_code=201)
def create(
    characteristic_id: Id,
    body: LimitsDraft,
    session: WriteSession,
    actor: Engineer,
    now: Now,
    response: Response,
) -> LimitsView:
    """Add a version; versions are never edited."""
    characteristic = characteristics.get(session, actor.scope, characteristic_id)
    row = limits.add(session, characteristic, body.model_dump(), actor=actor, now=now)
    at = row.effective_from.isoformat().replace("+00:00", "Z")
    response.headers["Location"] = f"/v1/characteristics/{characteristic.id}/limits?at={at}"
    return LimitsView.model_validate(row)
