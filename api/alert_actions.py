"""What was done about an alert: actions, spare parts, and whether it helped."""

from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Response
from pydantic import ConfigDict, Field

from api.body import MAX_ID, Body, Id, Instant, Note, Title, View
from api.deps import ActorDep, Engineer, Now, ReadSession, WriteSession
from ops.db import alert_actions, findings
from ops.db.alert_actions import Done, helped_of, names_of
from ops.db.models.plant import Event
from ops.work.learn import learn_from_alert

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
    parts: Names = Field(
        default=[], title="Spare parts", description="Spare parts that were put in."
    )
    helped: bool | None = Field(
        default=None, title="Did it help?", description="Whether it helped; empty: not known yet."
    )
    at: Instant | None = Field(
        default=None, title="Time", description="When it was done; empty: now."
    )
    module: Annotated[str, Field(max_length=100, pattern=r"^[^\x00-\x1f]*$")] = Field(
        default="", description="Part of the tool that it was done to."
    )
    note: Note = Field(default="", description="What else is to be said.")
    outcome_of: int | None = Field(
        default=None,
        ge=1,
        le=MAX_ID,
        description="Event of what was done earlier, if only its outcome is told.",
    )

    def done(self, now: datetime) -> Done:
        """Return what is to be recorded; what has no time was done now."""
        return Done(
            at=self.at or now,
            actions=tuple(self.actions),
            parts=tuple(self.parts),
            helped=self.helped,
            module=self.module,
            note=self.note,
            outcome_of=self.outcome_of,
        )


class AlertActionView(View):
    """What was done about an alert, as its event keeps it."""

    event: int = Field(description="Number of the event that keeps it.")
    actions: list[str] = Field(description="What was done.")
    parts: list[str] = Field(description="Spare parts that were put in.")
    helped: bool | None = Field(description="Whether it helped, if somebody said so.")
    at: datetime = Field(description="When it was done.")
    module: str = Field(description="Part of the tool that it was done to.")
    note: str = Field(description="What else was said.")
    outcome_of: int | None = Field(
        description="Event of what was done earlier, if only its outcome is told."
    )
    created_by: str = Field(description="Who entered it.")
    created_at: datetime = Field(description="When it was entered.")


class AlertActions(View):
    """All that was done about an alert."""

    items: list[AlertActionView] = Field(description="The oldest first.")


@router.get("/{alert_id}/actions")
def actions(alert_id: Id, session: ReadSession, actor: ActorDep) -> AlertActions:
    """List what was done about an alert."""
    row = findings.get(session, actor.scope, alert_id)
    items = [action_view(event) for event in session.scalars(alert_actions.listed(row))]
    return AlertActions(items=items)


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
    event = alert_actions.record(session, row, body.done(now), actor=actor, now=now)
    learn_from_alert(session, row, actor=actor, now=now)
    response.headers["Location"] = f"/v1/events/{event.id}"
    return action_view(event)


def action_view(event: Event) -> AlertActionView:
    """Show an event as what was done about its alert."""
    about = event.detail.get("outcome_of")
    return AlertActionView(
        event=event.id,
        actions=list(names_of(event, "actions", "action")),
        parts=list(names_of(event, "parts", "part")),
        helped=helped_of(event),
        at=event.ts,
        module=str(event.detail.get("module") or ""),
        note=str(event.detail.get("note") or ""),
        outcome_of=about if isinstance(about, int) else None,
        created_by=event.created_by,
        created_at=event.created_at,
    )
