"""Scenarios: their rows, by code within a site; the documents are in `ops.db.scenario_revisions`.

A scenario without a site is seen only by who sees all sites, as a run without one is. Nothing
deletes a scenario: runs refer to its revisions, and a run can always be repeated. It is archived.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import Session

from ops.db import edits
from ops.db.models.network import StoredScenario
from ops.db.models.plant import Site
from ops.db.models.work import Run
from ops.db.sites import within
from ops.errors import BadData, Conflict, NotFound, Problem
from ops.values import Actor, Scope

KEY = (StoredScenario.id,)
PLANNING = "network-plan"  # the analysis whose runs are plans


def listed(
    scope: Scope, *, site_id: int | None = None, archived: bool | None = False
) -> Select[StoredScenario]:
    """Select the scenarios of a scope; `archived` None means with those that are."""
    query = select(StoredScenario)
    if scope.sites is not None:
        query = query.where(
            StoredScenario.site_id.is_not(None), within(StoredScenario.site_id, scope)
        )
    if site_id is not None:
        query = query.where(StoredScenario.site_id == site_id)
    if archived is None:
        return query
    gone = StoredScenario.archived_at
    return query.where(gone.is_not(None) if archived else gone.is_(None))


def find(
    session: Session, scope: Scope, code: str, *, site: str | None = None, shared: bool = False
) -> StoredScenario:
    """Scenario of a code, also an archived one.

    Parameters
    ----------
    site
        Code of its site; None: whichever site has the only one.
    shared
        Whether the one without a site stands in where `site` has none.

    Raises
    ------
    NotFound
        If there is none within `scope`.
    Conflict
        If several sites have one of this code and `site` names none.
    """
    query = listed(scope, archived=None).where(StoredScenario.code == code)
    if site is not None:
        of_site = select(Site.id).where(Site.code == site).scalar_subquery()
        place = StoredScenario.site_id
        wanted = or_(place == of_site, place.is_(None)) if shared else place == of_site
        query = query.where(wanted).order_by(place.is_(None))
    found = session.scalars(query.limit(2)).all()
    if not found:
        raise NotFound(f"there is no scenario {code!r}; `GET /v1/scenarios` lists yours")
    if len(found) > 1 and site is None:
        raise Conflict(f"several sites have a scenario {code!r}; name one with `site`")
    return found[0]


def create(
    session: Session,
    fields: Mapping[str, Any],
    *,
    actor: Actor,
    now: datetime,
) -> StoredScenario:
    """Add a scenario; its first revision has to be added in the same transaction.

    Raises
    ------
    Conflict
        If its site has a scenario of this code, archived or not.
    """
    row = StoredScenario(**fields, created_by=actor.name, created_at=now, updated_at=now)
    _refuse_second(session, row)
    taken = f"there is a scenario {row.code!r} already; choose another code"
    edits.add(session, row, actor=actor, now=now, site_id=row.site_id, taken=taken)
    return row


def change(
    session: Session,
    row: StoredScenario,
    changes: Mapping[str, Any],
    *,
    actor: Actor,
    now: datetime,
    action: str = "update",
) -> None:
    """Edit what is not part of the document."""
    fields = {**changes, "updated_at": now}
    edits.change(session, row, fields, actor=actor, now=now, site_id=row.site_id, action=action)


def archive(session: Session, row: StoredScenario, *, actor: Actor, now: datetime) -> None:
    """Take a scenario out of the lists and refuse new runs of it; what there is stays."""
    if row.archived_at is None:
        change(session, row, {"archived_at": now}, actor=actor, now=now, action="archive")


def restore(session: Session, row: StoredScenario, *, actor: Actor, now: datetime) -> None:
    """Bring an archived scenario back."""
    if row.archived_at is not None:
        change(session, row, {"archived_at": None}, actor=actor, now=now, action="restore")


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


def refuse_archived(row: StoredScenario) -> None:
    """Refuse to change an archived scenario.

    Raises
    ------
    Conflict
        If it is archived.
    """
    if row.archived_at is not None:
        raise Conflict(
            f"the scenario {row.code!r} is archived; send a PATCH with archived false first"
        )


def _unfit(row: StoredScenario, run: Run) -> str | None:
    if run.analysis != PLANNING:
        return f"is a {run.analysis}; name a run of {PLANNING}"
    if run.params.get("scenario") != row.code:
        other = run.params.get("scenario")
        return f"plans the scenario {other!r}; name a run that plans {row.code!r}"
    if run.state != "succeeded":
        return f"is {run.state}; name one that has succeeded"
    return None


def _refuse_second(session: Session, row: StoredScenario) -> None:
    # asked beforehand: a refused insert would end the transaction of the request
    same = select(StoredScenario.id).where(
        StoredScenario.code == row.code, StoredScenario.site_id.is_not_distinct_from(row.site_id)
    )
    if session.scalar(same) is not None:
        raise Conflict(f"there is a scenario {row.code!r} already; choose another code")
