"""Retention: how long what is kept, and the clean-up."""

from datetime import datetime

from fastapi import APIRouter
from pydantic import Field

from api.body import View
from api.deps import Admin, Now, ReadSession, SettingsDep, Steward, WriteSession
from ops.db import sweeps
from ops.db.models.people import Audit
from ops.timing.cron import next_fires, parse

router = APIRouter(prefix="/v1/retention", tags=["retention"])


class SweepView(View):
    """A clean-up that was done."""

    id: str = Field(description="Its `resource_id` in the audit.")
    at: datetime = Field(description="When it began.")
    actor: str = Field(description="Who did it; `retention` is a worker.")
    deleted: dict[str, int] = Field(description="How many rows of each kind went.")


class RetentionView(View):
    """For how long things are kept; set through LONGRUN_KEEP_... and LONGRUN_RETENTION_CRON."""

    keep_runs_days: int = Field(description="Finished runs, and rejected rows of ingests.")
    keep_artifacts_days: int = Field(description="Artifacts of runs.")
    keep_audit_days: int = Field(description="Audit records.")
    keep_idempotency_days: int = Field(description="Answers kept for `Idempotency-Key`.")
    keep_advice_days: int = Field(
        description="Answers of the advisor, and memories from the moment that they end."
    )
    keep_engine_days: int = Field(description="Finished rows of the job engine.")
    retention_cron: str = Field(description="When the clean-up runs, UTC.")
    next_at: datetime = Field(description="When it runs next.")
    last: SweepView | None = Field(description="The last one that was done.")


class SweepAsked(View):
    """A clean-up that a worker will begin within seconds."""

    id: str = Field(description="Its `resource_id` in the audit, which tells when it is done.")


@router.get("")
def read(session: ReadSession, actor: Admin, settings: SettingsDep, now: Now) -> RetentionView:
    """Read for how long things are kept, and what the last clean-up deleted."""
    del actor
    cron = parse(settings.retention_cron, "UTC")
    kept = {
        name: getattr(settings, name)
        for name in RetentionView.model_fields
        if name.startswith(("keep_", "retention_"))
    }
    next_at = next_fires(cron, now, 1)[0].at
    return RetentionView(**kept, next_at=next_at, last=_last(sweeps.last(session)))


@router.post("/sweep", status_code=202)
def sweep(session: WriteSession, actor: Steward, now: Now) -> SweepAsked:
    """Ask for a clean-up now; a worker does it, a few rows at a time."""
    return SweepAsked(id=sweeps.ask(session, actor, now))


def _last(done: Audit | None) -> SweepView | None:
    if done is None:
        return None
    return SweepView(id=done.resource_id, at=done.at, actor=done.actor, deleted=done.after or {})
