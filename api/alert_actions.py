"""What was done about an alert: actions, spare parts, and whether it helped."""

from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Response
from pydantic import ConfigDict, Field

from api.body import Body, Id, Instant, Title, View
from api.deps import ActorDep, Engineer, Now, ReadSession, WriteSession
from ops.db import alert_actions, findings
from ops.db.alert_actions import Done, names_of
from ops.db.models.plant import Event

router = APIRouter(prefix="/v1/alerts", tags=["alerts"])

Names = Annotated[list[Title], Field(max_length=20)]


class AlertActionDraft(Body):
    """What was done about an alert."""

    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "actions": ["Clean the clamp"],
                "parts": ["Clamp insert 4 mm"],
                "helped": True,
            }
        }
    )
    actions: Names = Field(default=[], description="What was done, each by its name.")
    parts: Names = Field(default=[], description="Spare parts that were put in.")
    helped: bool | None = Field(default=None, description="Whether it helped; null: not known yet.")
    at: Instant | None = Field(default=None, description="When it was done; null: now.")
    module: Annotated[str, Field(max_length=100, pattern=r"^[^\x00-\x1f]*$")] = Field(
        default="", description="Part of the tool that it was done to."
    )


class AlertActionView(View):
    """What was done about an alert, as its event keeps it."""

    event: int = Field(description="Number of the event that keeps it.")
    actions: list[str] = Field(description="What was done.")
    parts: list[str] = Field(description="Spare parts that were put in.")
    helped: bool | None = Field(description="Whether it helped, if somebody said so.")
    at: datetime = Field(description="When it was done.")
    module: str = Field(description="Part of the tool that it was done to.")
    created_by: str = Field(description="Who entered it.")
    created_at: datetime = Field(description="When it was entered.")


class AlertActions(View):
    """All that was done about an alert."""

    items: list[AlertActionView] = Field(description="The oldest first.")


@router.get("/{alert_id}/actions")
def actions(alert_id: Id, session: ReadSession, actor: ActorDep) -> AlertActions:
    """List what was done about an alert."""
    row = findings.get(session, actor.scope, alert_id)
    return AlertActions(items=[_view(e) for e in session.scalars(alert_actions.listed(row))])


@router.post("/{alert_id}/actions", status_code=201)
def record_action(
    alert_id: Id,
    body: AlertActionDraft,
    session: WriteSession,
    actor: Engineer,
    now: Now,
    response: Response,
) -> AlertActionView:
    """Say what was done about an alert, or later whether it helped: the ranking learns from it."""
    row = findings.get(session, actor.scope, alert_id)
    done = Done(
        at=body.at or now,
        actions=tuple(body.actions),
        parts=tuple(body.parts),
        helped=body.helped,
        module=body.module,
    )
    event = alert_actions.record(session, row, done, actor=actor, now=now)
    response.headers["Location"] = f"/v1/events/{event.id}"
    return _view(event)


def _view(event: Event) -> AlertActionView:
    helped = event.detail.get("helped")
    return AlertActionView(
        event=event.id,
        actions=list(names_of(event, "actions", "action")),
        parts=list(names_of(event, "parts", "part")),
        helped=helped if isinstance(helped, bool) else None,
        at=event.ts,
        module=str(event.detail.get("module") or ""),
        created_by=event.created_by,
        created_at=event.created_at,
    )
