"""Alerts: what is open and how grave it is; one of them with its evidence and its plan."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Query
from fastapi.responses import HTMLResponse
from sqlalchemy.orm import Session

from api.alert_actions import AlertActionDraft
from api.body import MAX_ID, Id
from api.deps import ActorDep, ReadSession
from api.listing import Cursor, page
from api.pages.shell import Visit, VisitDep
from api.render.alert_title import heading
from api.render.forms import fields_of
from ops.db import alert_actions, findings, reaction_plans, runs, sites
from ops.db.findings import FindingFilter, State
from ops.db.models.control import Finding
from ops.db.models.plant import Characteristic
from ops.db.models.work import Run
from ops.values import Scope
from ops.work.advise.about_alert import of_alert

router = APIRouter(prefix="/alerts", include_in_schema=False)
ON_A_PAGE = 50
RANKING = "action-ranking"
SHOWN = 3  # places of a ranking
_STATES: dict[str, State] = {"open": "open", "acknowledged": "acknowledged", "closed": "closed"}


@dataclass(frozen=True, slots=True)
class RankedLine:
    """An action or a part, and the chance that it helps with its interval."""

    name: str
    helps: float
    lower: float
    upper: float


@dataclass(frozen=True, slots=True)
class NewestRanking:
    """The newest ranking for an alert: its run, level of intervals, first places of its list."""

    run: str
    at: datetime
    level: float
    first: tuple[RankedLine, ...]


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
    known = findings.characteristics_of(session, found)
    return visit.show(
        "alerts.html",
        alerts=found,
        titles={row.id: _title(visit, row, known) for row in found},
        following=following,
        characteristics=known,
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
        title=_title(visit, row, known),
        about=of_alert(session, row),
        characteristic=known.get(row.characteristic_id or 0),
        plan=reaction_plans.of_all(session, {row.characteristic_id}).get(
            (row.characteristic_id, row.disposition)
        ),
        instant=datetime.fromisoformat,
        done=alert_actions.entries(session.scalars(alert_actions.listed(row))),
        fields=fields_of(AlertActionDraft.model_json_schema(), {}, without=("outcome_of",)),
        suggestions=_suggestions(session, row),
        ranking=_ranking(session, row, actor.scope),
    )


def _title(visit: Visit, row: Finding, known: Mapping[int, Characteristic]) -> str:
    one = known.get(row.characteristic_id or 0)
    code, name = (one.code, one.title) if one else (None, "")
    return heading(visit.words, row.title, code, row.evidence, name=name)


def _suggestions(session: Session, row: Finding) -> dict[str, tuple[str, ...]]:
    """Names that the site has recorded before, by the field that they are for."""
    used, put_in = alert_actions.suggestions(session, row.site_id)
    return {"/actions": used, "/parts": put_in}


def _ranking(session: Session, row: Finding, scope: Scope) -> NewestRanking | None:
    """Read the newest ranking that was asked for an alert and has succeeded."""
    ours = runs.matching(scope, analysis=RANKING, state="succeeded")
    ours = ours.where(Run.params["alert"].as_integer() == row.id)
    run = session.scalars(ours.order_by(Run.submitted_at.desc(), Run.id).limit(1)).first()
    if run is None or run.result is None:
        return None
    result = run.result
    first = tuple(
        RankedLine(one["name"], one["helps"], one["helps_lower"], one["helps_upper"])
        for one in result["ranked"][:SHOWN]
    )
    return NewestRanking(run.id, run.submitted_at, result["confidence"], first)
