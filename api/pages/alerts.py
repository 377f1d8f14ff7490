"""Alerts: what is open and how grave it is; one of them with its evidence and its plan."""

from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Query
from fastapi.responses import HTMLResponse

from api.body import MAX_ID, Id
from api.deps import ActorDep, ReadSession
from api.listing import Cursor, page
from api.pages.shell import VisitDep
from ops.db import alert_actions, findings, sites
from ops.db.findings import FindingFilter, State

router = APIRouter(prefix="/alerts", include_in_schema=False)
ON_A_PAGE = 50
_STATES: dict[str, State] = {"open": "open", "acknowledged": "acknowledged", "closed": "closed"}


@router.get("", response_class=HTMLResponse)
def listing(
    visit: VisitDep,
    session: ReadSession,
    actor: ActorDep,
    state: Annotated[str, Query(pattern="^(|open|acknowledged|closed)$")] = "",
    disposition: Annotated[str, Query(pattern="^(|warn|hold)$")] = "",
    characteristic_id: Annotated[int | None, Query(ge=1, le=MAX_ID)] = None,
    site: str = "",
    cursor: Cursor = None,
) -> HTMLResponse:
    """List alerts, those with the newest point first."""
    wanted = FindingFilter(
        state=_STATES.get(state),
        disposition=disposition or None,
        characteristic_id=characteristic_id,
        site_id=sites.id_of(session, actor.scope, site or None),
    )
    query = findings.listed(actor.scope, wanted)
    found, following = page(
        session, query, findings.KEY, limit=ON_A_PAGE, cursor=cursor, descending=True
    )
    return visit.show(
        "alerts.html",
        alerts=found,
        following=following,
        characteristics=findings.characteristics_of(session, found),
        sites=list(session.scalars(sites.listed(actor.scope))),
        chosen={
            "state": state,
            "disposition": disposition,
            "characteristic_id": characteristic_id or "",
            "site": site,
        },
    )


@router.get("/{alert_id}", response_class=HTMLResponse)
def read(alert_id: Id, visit: VisitDep, session: ReadSession, actor: ActorDep) -> HTMLResponse:
    """Show an alert: its evidence, its plan, and what can be done with it."""
    row = findings.get(session, actor.scope, alert_id)
    known = findings.characteristics_of(session, [row])
    return visit.show(
        "alert.html",
        alert=row,
        characteristic=known.get(row.characteristic_id or 0),
        instant=datetime.fromisoformat,
        done=list(session.scalars(alert_actions.listed(row))),
    )
