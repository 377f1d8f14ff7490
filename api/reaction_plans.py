"""Reaction plans: what is done when a characteristic breaks a rule."""

from datetime import datetime
from typing import Annotated, Literal

from fastapi import APIRouter, Query, Response
from pydantic import ConfigDict, Field

from api import etag
from api.body import MAX_ID, Body, Id, Optional, Title, View
from api.deps import ActorDep, Engineer, Now, ReadSession, WriteSession
from api.etag import IfMatch
from api.listing import Cursor, Limit, Listing, page
from ops.db import characteristics, reaction_plans
from ops.db.models.control import ReactionPlan

router = APIRouter(prefix="/v1/reaction-plans", tags=["reaction-plans"])

A_YEAR = 527_040  # minutes
Step = Annotated[str, Field(min_length=1, max_length=500, pattern=r"^[^\x00]*$")]
Steps = Annotated[list[Step], Field(max_length=50)]
Minutes = Annotated[int, Field(ge=1, le=A_YEAR)]
OfCharacteristic = Annotated[
    int | None, Query(ge=1, le=MAX_ID, description="Only of this characteristic.")
]


class ReactionPlanDraft(Body):
    """A reaction plan to be added."""

    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "characteristic_id": 1,
                "disposition": "hold",
                "title": "Loop height out of control",
                "owner": "process engineer on shift",
                "minutes": 30,
                "steps": ["Hold the lot", "Measure five more units", "Change the capillary"],
            }
        }
    )
    characteristic_id: int = Field(ge=1, le=MAX_ID, description="Of which characteristic.")
    disposition: Literal["warn", "hold"] = Field(description="Of which alerts it is the plan.")
    title: Title = Field(description="Name of the plan.")
    owner: Title = Field(description="Who does it.")
    minutes: Minutes = Field(description="Within what time, in minutes.")
    steps: Steps = Field(description="What is done, step by step.")


class ReactionPlanChange(Body):
    """What of a reaction plan is to be changed."""

    model_config = ConfigDict(json_schema_extra={"example": {"minutes": 20}})
    title: Annotated[Title, Optional] = Field(default="", description="Name of the plan.")
    owner: Annotated[Title, Optional] = Field(default="", description="Who does it.")
    minutes: Annotated[Minutes, Optional] = Field(default=1, description="Within what time.")
    steps: Annotated[Steps, Optional] = Field(default=[], description="What is done.")


class ReactionPlanView(View):
    """A reaction plan."""

    id: int = Field(description="Number of the plan.")
    characteristic_id: int = Field(description="Of which characteristic.")
    disposition: Literal["warn", "hold"] = Field(description="Of which alerts it is the plan.")
    title: str = Field(description="Name of the plan.")
    owner: str = Field(description="Who does it.")
    minutes: int = Field(description="Within what time, in minutes.")
    steps: list[str] = Field(description="What is done, step by step.")
    created_by: str = Field(description="Who added it.")
    created_at: datetime = Field(description="When it was added.")


def _view(row: ReactionPlan, response: Response) -> ReactionPlanView:
    etag.tag(response, row.row_version)
    return ReactionPlanView.model_validate(row)


@router.get("")
def listing(
    session: ReadSession,
    actor: ActorDep,
    characteristic_id: OfCharacteristic = None,
    limit: Limit = 100,
    cursor: Cursor = None,
) -> Listing[ReactionPlanView]:
    """List the reaction plans of the caller's sites."""
    query = reaction_plans.listed(actor.scope, characteristic_id=characteristic_id)
    rows, following = page(session, query, reaction_plans.KEY, limit=limit, cursor=cursor)
    return Listing(items=[ReactionPlanView.model_validate(r) for r in rows], next=following)


@router.post("", status_code=201)
def create(
    body: ReactionPlanDraft, session: WriteSession, actor: Engineer, now: Now, response: Response
) -> ReactionPlanView:
    """Add a reaction plan; a characteristic has one for each disposition."""
    characteristic = characteristics.get(session, actor.scope, body.characteristic_id)
    fields = body.model_dump(exclude={"characteristic_id"})
    row = reaction_plans.create(session, characteristic, fields, actor=actor, now=now)
    response.headers["Location"] = f"/v1/reaction-plans/{row.id}"
    return _view(row, response)


@router.get("/{plan_id}")
def read(
    plan_id: Id, session: ReadSession, actor: ActorDep, response: Response
) -> ReactionPlanView:
    """Read one reaction plan."""
    return _view(reaction_plans.get(session, actor.scope, plan_id), response)


@router.patch("/{plan_id}")
def change(
    plan_id: Id,
    body: ReactionPlanChange,
    session: WriteSession,
    actor: Engineer,
    now: Now,
    response: Response,
    if_match: IfMatch = None,
) -> ReactionPlanView:
    """Change a reaction plan; alerts that are open keep theirs."""
    row = reaction_plans.get(session, actor.scope, plan_id)
    etag.check(if_match, row.row_version)
    reaction_plans.change(session, row, body.given(), actor=actor, now=now)
    return _view(row, response)


@router.delete("/{plan_id}", status_code=204)
def delete(
    plan_id: Id, session: WriteSession, actor: Engineer, now: Now, if_match: IfMatch = None
) -> None:
    """Delete a reaction plan; alerts that are open keep theirs."""
    row = reaction_plans.get(session, actor.scope, plan_id)
    etag.check(if_match, row.row_version)
    reaction_plans.remove(session, row, actor=actor, now=now)
