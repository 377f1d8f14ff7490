"""Reaction plans: the list, the way in for a new one, and one of them to edit."""

from collections.abc import Sequence
from typing import Annotated, Literal

from fastapi import APIRouter, Query
from fastapi.responses import HTMLResponse
from sqlalchemy import select
from sqlalchemy.orm import Session

from api.body import MAX_ID, Id
from api.deps import ActorDep, ReadSession
from api.listing import Cursor, page
from api.pages.shell import VisitDep
from ops.db import characteristics, findings, reaction_plans, sites
from ops.db.findings import FindingFilter
from ops.db.models.control import Finding
from ops.db.models.plant import Characteristic
from ops.values import Scope

router = APIRouter(prefix="/reaction-plans", include_in_schema=False)
ON_A_PAGE = 50
OFFERED = 1000  # characteristics in the choice of the form
CARRYING = 20  # alerts beneath a plan


@router.get("", response_class=HTMLResponse)
def listing(
    visit: VisitDep,
    session: ReadSession,
    actor: ActorDep,
    characteristic_id: Annotated[int | None, Query(ge=1, le=MAX_ID)] = None,
    disposition: Literal["warn", "hold"] = "hold",
    cursor: Cursor = None,
) -> HTMLResponse:
    """List reaction plans, of one characteristic if asked, and the way in for a new one.

    `disposition` is what the form begins with: whoever comes from an alert adds the plan it lacks.
    """
    query = reaction_plans.listed(actor.scope, characteristic_id=characteristic_id)
    found, following = page(session, query, reaction_plans.KEY, limit=ON_A_PAGE, cursor=cursor)
    offered = _offered(session, actor.scope)
    about = characteristic_id and characteristics.get(session, actor.scope, characteristic_id)
    named = {row.characteristic_id for row in found}
    query_of = select(Characteristic).where(Characteristic.id.in_(named))
    return visit.show(
        "reaction_plans.html",
        plans=found,
        following=following,
        of={row.id: row for row in session.scalars(query_of)},
        codes=sites.codes(session),
        offered=offered,
        only=about or None,
        disposition=disposition,
    )


@router.get("/{plan_id}", response_class=HTMLResponse)
def read(plan_id: Id, visit: VisitDep, session: ReadSession, actor: ActorDep) -> HTMLResponse:
    """Show a reaction plan, and the alerts that it is to be followed for."""
    row = reaction_plans.get(session, actor.scope, plan_id)
    wanted = FindingFilter(characteristic_id=row.characteristic_id, disposition=row.disposition)
    of_plan = findings.listed(actor.scope, wanted).where(Finding.state != "closed")
    newest = of_plan.order_by(*(key.desc() for key in findings.KEY)).limit(CARRYING)
    about = characteristics.get(session, actor.scope, row.characteristic_id)
    return visit.show(
        "reaction_plan.html",
        plan=row,
        characteristic=about,
        site=sites.get(session, actor.scope, about.site_id),
        alerts=session.scalars(newest).all(),
    )


def _offered(session: Session, scope: Scope) -> Sequence[Characteristic]:
    """Characteristics that a plan may be of."""
    query = characteristics.listed(scope).order_by(Characteristic.title, Characteristic.id)
    return session.scalars(query.limit(OFFERED)).all()
