"""Approved lives: which run of a life test somebody stands for, and why; only ever added."""

from datetime import datetime

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from ops.db import audit
from ops.db.models.life import LifeApprovalRow, LifeTest
from ops.db.models.work import Run
from ops.errors import BadData, Problem
from ops.values import Actor

KEY = (LifeApprovalRow.id,)


def listed(row: LifeTest, *, until: datetime | None = None) -> Select[LifeApprovalRow]:
    """Select the approvals of a life test, those given up to an instant."""
    query = select(LifeApprovalRow).where(LifeApprovalRow.life_test_id == row.id)
    return query if until is None else query.where(LifeApprovalRow.approved_at <= until)


def approve(
    session: Session,
    row: LifeTest,
    run: Run,
    words: tuple[str, str],
    *,
    actor: Actor,
    now: datetime,
) -> LifeApprovalRow:
    """Approve the life that a run reports; `words` are the rationale and the waiver.

    Raises
    ------
    BadData
        If `run` is not a succeeded run of this life test, or no rationale is given.
    """
    reason = _unfit(row, run)
    if reason is not None:
        raise BadData(f"run {run.id} {reason}", (Problem("/run", reason),))
    if not words[0].strip():
        wanted = "say in words why this life"
        raise BadData(f"the rationale is blank; {wanted}", (Problem("/rationale", wanted),))
    approval = LifeApprovalRow(
        life_test_id=row.id,
        run_id=run.id,
        rationale=words[0],
        waiver=words[1],
        approved_by=actor.name,
        approved_at=now,
    )
    session.add(approval)
    session.flush()
    after = {"run": run.id, "rationale": words[0], "waiver": words[1]}
    resource = (LifeTest.__tablename__, row.id)
    audit.record(session, actor, "approve", resource, now=now, after=after, site_id=row.site_id)
    return approval


def _unfit(row: LifeTest, run: Run) -> str | None:
    if run.params.get("life_test") != row.code:
        other = run.params.get("life_test")
        said = f"is of the life test {other!r}" if other else f"is a {run.analysis} of no life test"
        return f"{said}; name a run of {row.code!r}"
    if row.site_id is not None and run.site_id not in (None, row.site_id):
        return "is of a life test of another site; name a run of this one"
    if run.state != "succeeded":
        return f"is {run.state}; name one that has succeeded"
    return None
