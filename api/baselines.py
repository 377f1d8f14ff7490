"""Baselines: qualified reference windows of a characteristic."""

from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Query, Response
from pydantic import AfterValidator, ConfigDict, Field

from api import etag
from api.body import EVER, MAX_ID, Body, Id, Instant, Note, Optional, Title, View, is_small_json
from api.deps import ActorDep, Engineer, Now, ReadSession, WriteSession
from api.etag import IfMatch
from api.listing import Cursor, Limit, Listing, page
from ops.db import baselines, characteristics
from ops.db.models.plant import Baseline

router = APIRouter(prefix="/v1/baselines", tags=["baselines"])

Where = Annotated[dict[str, list[str]], AfterValidator(is_small_json)]
ReviewDays = Annotated[
    int | None,
    Field(ge=1, le=3650, description="Days from its approval until it is due for review."),
]
OfCharacteristic = Annotated[
    int | None, Query(ge=1, le=MAX_ID, description="Only of this characteristic.")
]


class BaselineDraft(Body):
    """A baseline to be added."""

    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "characteristic_id": 1,
                "name": "qualification 2026-01",
                "start": "2026-01-05T00:00:00Z",
                "end": "2026-01-12T00:00:00Z",
                "where": {"tool": ["WB-07"]},
            }
        }
    )
    characteristic_id: int = Field(ge=1, le=MAX_ID, description="Of which characteristic.")
    name: Title = Field(description="Name, unique for the characteristic.")
    start: Instant = Field(description="Begin of the window, included.")
    end: Instant = Field(description="End of the window, not included.")
    where: Where = Field(default={}, description="Factor to the levels that count.")
    note: Note = Field(default="", description="Why this window.")
    review_days: ReviewDays = None


class BaselineChange(Body):
    """What of a baseline is to be changed."""

    model_config = ConfigDict(json_schema_extra={"example": {"note": "without the pilot lot"}})
    name: Annotated[Title, Optional] = Field(default="", description="Name.")
    start: Annotated[Instant, Optional] = Field(default=EVER, description="Begin.")
    end: Annotated[Instant, Optional] = Field(default=EVER, description="End.")
    where: Annotated[Where, Optional] = Field(default={}, description="Factor to levels.")
    note: Annotated[Note, Optional] = Field(default="", description="Why this window.")
    review_days: ReviewDays = None


class BaselineView(View):
    """A baseline."""

    id: int = Field(description="Number of the baseline.")
    characteristic_id: int = Field(description="Of which characteristic.")
    name: str = Field(description="Name.")
    start: datetime = Field(description="Begin of the window, included.")
    end: datetime = Field(description="End of the window, not included.")
    where: dict[str, list[str]] = Field(description="Factor to the levels that count.")
    note: str = Field(description="Why this window.")
    approved_by: str | None = Field(description="Who approved it.")
    approved_at: datetime | None = Field(description="When it was approved; then it is fixed.")
    review_days: int | None = Field(description="Days from then until it is due for review.")
    review_at: datetime | None = Field(description="When it is due for review; null: never.")
    created_by: str = Field(description="Who added it.")
    created_at: datetime = Field(description="When it was added.")


def _view(row: Baseline, response: Response) -> BaselineView:
    etag.tag(response, row.row_version)
    return BaselineView.model_validate(row)


@router.get("")
def listing(
    session: ReadSession,
    actor: ActorDep,
    characteristic_id: OfCharacteristic = None,
    limit: Limit = 100,
    cursor: Cursor = None,
) -> Listing[BaselineView]:
    """List the baselines of the caller's sites."""
    query = baselines.listed(actor.scope, characteristic_id=characteristic_id)
    rows, following = page(session, query, baselines.KEY, limit=limit, cursor=cursor)
    return Listing(items=[BaselineView.model_validate(r) for r in rows], next=following)


@router.post("", status_code=201)
def create(
    body: BaselineDraft, session: WriteSession, actor: Engineer, now: Now, response: Response
) -> BaselineView:
    """Add a baseline."""
    characteristic = characteristics.get(session, actor.scope, body.characteristic_id)
    fields = body.model_dump(exclude={"characteristic_id"})
    row = baselines.create(session, characteristic, fields, actor=actor, now=now)
    response.headers["Location"] = f"/v1/baselines/{row.id}"
    return _view(row, response)


@router.get("/{baseline_id}")
def read(
    baseline_id: Id, session: ReadSession, actor: ActorDep, response: Response
) -> BaselineView:
    """Read one baseline."""
    return _view(baselines.get(session, actor.scope, baseline_id), response)


@router.patch("/{baseline_id}")
def change(
    baseline_id: Id,
    body: BaselineChange,
    session: WriteSession,
    actor: Engineer,
    now: Now,
    response: Response,
    if_match: IfMatch = None,
) -> BaselineView:
    """Change a baseline that is not approved yet."""
    row = baselines.get(session, actor.scope, baseline_id)
    etag.check(if_match, row.row_version)
    baselines.change(session, row, body.given(), actor=actor, now=now)
    return _view(row, response)


@router.post("/{baseline_id}/approve")
def approve(
    baseline_id: Id, session: WriteSession, actor: Engineer, now: Now, response: Response
) -> BaselineView:
    """Approve a baseline; from then on it is fixed."""
    row = baselines.get(session, actor.scope, baseline_id)
    baselines.approve(session, row, actor=actor, now=now)
    return _view(row, response)


@router.delete("/{baseline_id}", status_code=204)
def delete(
    baseline_id: Id, session: WriteSession, actor: Engineer, now: Now, if_match: IfMatch = None
) -> None:
    """Delete a baseline that is not approved."""
    row = baselines.get(session, actor.scope, baseline_id)
    etag.check(if_match, row.row_version)
    baselines.remove(session, row, actor=actor, now=now)
