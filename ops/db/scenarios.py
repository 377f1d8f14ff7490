"""Scenarios, by code within a site; the documents are in `ops.db.scenario_revisions`."""

from datetime import datetime

from sqlalchemy.orm import Session

from ops.db.coded import Shelf
from ops.db.models.network import StoredScenario
from ops.db.models.work import Run
from ops.errors import BadData, Problem
from ops.values import Actor

SHELF = Shelf(StoredScenario, "scenario", "/v1/scenarios")
KEY = (StoredScenario.id,)
PLANNING = "network-plan"  # the analysis whose runs are plans

listed, find, create, change = SHELF.listed, SHELF.find, SHELF.create, SHELF.change
archive, restore, refuse_archived = SHELF.archive, SHELF.restore, SHELF.refuse_archived


def approve(
    session: Session, row: StoredScenario, run: Run, *, actor: Actor, now: datetime
) -> None:
    """Make a succeeded plan of this scenario the one that is in force.

    Raises
    ------
    BadData
        If `run` is not a succeeded plan of this scenario.
    """
    reason = _unfit(row, run)
    if reason is not None:
        raise BadData(f"run {run.id} {reason}", (Problem("/run", reason),))
    changes = {"approved_run": run.id, "approved_by": actor.name, "approved_at": now}
    change(session, row, changes, actor=actor, now=now, action="approve")


def _unfit(row: StoredScenario, run: Run) -> str | None:
    if run.analysis != PLANNING:
        return f"is a {run.analysis}; name a run of {PLANNING}"
    if run.params.get("scenario") != row.code:
        other = run.params.get("scenario")
        return f"plans the scenario {other!r}; name a run that plans {row.code!r}"
    if run.state != "succeeded":
        return f"is {run.state}; name one that has succeeded"
    return None
